"""One lead from the request to what it is afterwards, and what was paid for it."""

from decimal import Decimal

import pytest

from persistence.models.experiment import Experiment
from tests.factories.designs import design
from tests.integration.api.leads.crm import campaign, drift, experiment
from tests.integration.jobs.enrichment.stand import Enrichers


async def test_a_lead_is_found_out_about_kept_and_moved(stand: Enrichers) -> None:
    path = await stand.campaign()
    lead_id = await stand.lead(path, 1)
    job = await stand.enrich(lead_id, "full")

    assert (job["status"], job["progress"], job["totalSteps"]) == ("completed", 100, 3), job
    assert job["jobType"] == "lead_enrichment"
    lead = await stand.read(lead_id)
    assert lead["status"] == "enriched"
    assert lead["jobTitle"]
    assert lead["company"]
    data = lead["enrichmentData"]
    assert (data["provider"], data["level"]) == ("wiza", "full")
    assert data["company"]["name"] == lead["company"]
    assert data["company"]["employees"] > 0
    moves = (await stand.client.get(f"{path}/activities")).json()["data"]
    assert [move["title"].partition(" is ")[2] for move in moves[:2]] == ["enriched", "being enriched"]
    assert await drift(stand.api, stand.team) == []
    assert await stand.credits() == (0, await stand.charged())


async def test_what_the_company_fields_tell_is_a_signal_with_its_source(stand: Enrichers) -> None:
    path = await stand.campaign()
    ids = [await stand.lead(path, number) for number in range(6)]
    await stand.finish(await stand.start(f"{path}/leads/enrich", {"leadIds": ids}))

    told = [(await stand.client.get(f"/leads/{id_}/signals")).json()["data"] for id_ in ids]
    datas = [(await stand.read(id_))["enrichmentData"] for id_ in ids]
    assert any(told)
    for signals, data in zip(told, datas, strict=True):
        assert bool(signals) == bool(data["company"].get("funding"))
        for signal in signals:
            (citation,) = signal["citations"]
            assert citation["source"] == "wiza:company.funding"
            assert citation["quote"] == data["company"]["funding"]


async def test_a_lead_is_scored_against_its_experiment(stand: Enrichers) -> None:
    path = await campaign(stand.team, await designed_experiment(stand))
    lead_id = await stand.lead(path, 3)
    await stand.enrich(lead_id)

    lead = await stand.read(lead_id)
    assert lead["relevanceScore"] is not None
    assert [reason.partition(":")[0] for reason in lead["relevanceReasons"]] == [
        *("persona", "firmographic", "situation", "trigger", "channel")
    ]


async def test_only_a_valid_address_becomes_the_leads(stand: Enrichers) -> None:
    path = await stand.campaign()
    ids = [await stand.lead(path, number) for number in range(20)]
    await stand.finish(await stand.start(f"{path}/leads/enrich", {"all": True}))

    leads = [await stand.read(id_) for id_ in ids]
    statuses = {lead["enrichmentData"].get("emailStatus") for lead in leads}
    assert statuses == {"valid", "risky", "unfound"}
    for lead in leads:
        valid = lead["enrichmentData"].get("emailStatus") == "valid"
        assert lead["email"] == (lead["enrichmentData"]["email"] if valid else None)


async def test_what_somebody_wrote_stays(stand: Enrichers) -> None:
    lead_id = await stand.lead(await stand.campaign(), 2, jobTitle="Counsel", company="Own Words Ltd")
    await stand.enrich(lead_id)

    lead = await stand.read(lead_id)
    assert (lead["jobTitle"], lead["company"]) == ("Counsel", "Own Words Ltd")
    assert lead["enrichmentData"]["company"]["name"] != "Own Words Ltd"


async def test_nobody_found_is_told_and_costs_nothing(stand: Enrichers) -> None:
    path = await stand.campaign()
    lead_id = await stand.lead(path, 0, linkedinUrl="https://www.linkedin.com/in/nobody-at-all")
    job = await stand.enrich(lead_id)

    assert (job["status"], job["failures"][0]["code"]) == ("failed", "person_not_found")
    assert (await stand.read(lead_id))["status"] == "found"
    error = (await stand.row(lead_id)).last_error
    assert error is not None
    assert error["code"] == "person_not_found"
    assert await stand.credits() == (0, 0)


@pytest.mark.parametrize(
    ("first", "second", "most"),
    [("full", "partial", Decimal(0)), ("partial", "full", Decimal(5)), ("phone", "full", Decimal(2))],
)
async def test_a_level_that_is_there_is_copied_and_of_another_only_the_rest_is_bought(
    stand: Enrichers, first: str, second: str, most: Decimal
) -> None:
    path = await stand.campaign()
    lead_id = await stand.lead(path, stand.sure(0))
    await stand.enrich(lead_id, first)
    before = await stand.charged()
    await stand.enrich(lead_id, second)

    data = (await stand.read(lead_id))["enrichmentData"]
    assert data["level"] == "full"
    assert data["email"]
    assert data["phone"]
    assert await stand.charged() - before <= most
    assert max((await stand.charges()).values()) == 1
    assert await stand.credits() == (0, await stand.charged())


async def designed_experiment(stand: Enrichers) -> int:
    made = await experiment(stand.team)
    async with stand.services.database.unit_of_work() as uow:
        row = await uow.session.get_one(Experiment, made)
        row.design = design().model_dump(mode="json")
    return made
