"""Looking for leads: each person is paid for once, whatever breaks, and is nobody's lead twice."""

from contextlib import AsyncExitStack
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from api.jobs.searches import open_search
from persistence.models.company_assignment import CompanyAssignment
from persistence.models.experiment import Experiment
from persistence.repositories import Repository
from tests.factories.designs import design
from tests.integration.api.leads.crm import campaign, experiment
from tests.integration.jobs.enrichment.stand import Enrichers

pytestmark = pytest.mark.full
"""`make test-full PART=jobs`: together they take a minute."""

FILTERS = {"job_role": ["finance"], "company_size": ["51-200"]}


@pytest.fixture
async def looker(stand: Enrichers) -> Any:
    """The stand whose worker looks for leads."""
    async with AsyncExitStack() as stack:
        yield replace(stand, work=open_search(stand.services, stack))


async def look(looker: Enrichers, path: str, **wanted: Any) -> dict[str, Any]:
    """A search to the end; the job."""
    body = {"filters": FILTERS, "limit": 40, "budget": 100} | wanted
    return await looker.finish(await looker.start(f"{path}/leads/search", body))


async def names(looker: Enrichers, path: str) -> list[str]:
    leads = (await looker.client.get(f"{path}/leads?limit=1000")).json()["data"]
    return sorted(lead["linkedinUrl"] for lead in leads)


async def test_people_who_match_become_leads_page_by_page(looker: Enrichers) -> None:
    path = await looker.campaign()
    job = await look(looker, path)

    assert (job["status"], job["totalSteps"], job["progress"]) == ("completed", 5, 100), job
    output = job["output"]
    assert (output["added"], output["endedBy"], output["duplicates"]) == (40, "limit", 0)
    assert (output["lookedAt"], Decimal(output["credits"])) == (40, 20)
    assert output["matching"] >= 40
    assert len(set(await names(looker, path))) == 40
    assert await looker.credits() == (0, await looker.charged())
    feed = (await looker.client.get(f"{path}/activities")).json()["data"]
    assert (feed[0]["activityType"], feed[0]["title"]) == ("leads_found", "40 leads added")


async def test_the_same_search_again_goes_on_behind_what_was_bought(looker: Enrichers) -> None:
    first, second = await looker.campaign(), await looker.campaign()
    await look(looker, first, limit=20)
    output = (await look(looker, second, limit=10))["output"]

    assert (output["added"], output["duplicates"], Decimal(output["credits"])) == (10, 20, 5)
    assert not set(await names(looker, first)) & set(await names(looker, second))
    assert set((await looker.charges()).values()) == {1}


@pytest.mark.parametrize(("budget", "added"), [(3, 6), (0.5, 1)])
async def test_a_search_ends_within_its_budget(looker: Enrichers, budget: float, added: int) -> None:
    output = (await look(looker, await looker.campaign(), budget=budget))["output"]
    assert (output["added"], output["endedBy"], Decimal(output["credits"])) == (
        added,
        "budget",
        Decimal(str(budget)),
    )


async def test_a_page_that_got_lost_waits_for_a_person_and_what_was_bought_stays(looker: Enrichers) -> None:
    path = await looker.campaign()
    await looker.sandbox.behave("cut", provider="wiza", kind="search", count=1, skip=1)
    job = await look(looker, path, limit=45)
    assert (job["status"], job["failures"][0]["code"]) == ("failed", "needs_review")
    assert await names(looker, path) == []

    resolve = f"/jobs/{job['jobId']}/items/{job['failures'][0]['itemId']}/resolve"
    assert (await looker.client.post(resolve, json={"action": "retry"})).status_code == 200
    job = await looker.finish(job["jobId"])
    assert (job["status"], job["output"]["added"]) == ("completed", 45)
    assert sorted((await looker.charges()).values()) == [1, 2], "the lost page alone, on a person's word"


async def test_arms_that_look_for_the_same_companies_share_them_at_random(looker: Enrichers) -> None:
    """Two arms that differ in the persona: whoever looks first does not take all."""
    arms = await set_of_arms(looker)
    paths = [await campaign(looker.team, arm) for arm in arms[:2]]
    first = (await look(looker, paths[0], filters=None, limit=30))["output"]
    second = (await look(looker, paths[1], filters=None, limit=30))["output"]

    assert first["otherArm"] > 0
    assert second["otherArm"] > 0
    async with looker.services.database.unit_of_work() as uow:
        mine = CompanyAssignment.workspace_id == looker.team.workspace_id
        rows = await Repository(uow.session, CompanyAssignment).get_all(mine)
    held = {row.company_key: row.experiment_id for row in rows}
    for arm, path in zip(arms, paths, strict=False):
        leads = (await looker.client.get(f"{path}/leads?limit=1000")).json()["data"]
        assert leads
        assert all(held[lead["companyDomain"]] == arm for lead in leads if lead["companyDomain"])


async def set_of_arms(looker: Enrichers) -> list[int]:
    """Five experiments as one set: the first two look for the same companies."""
    kinds = ["bullseye", "variable_a", "variable_b", "contrarian", "long_shot"]
    arms = [await experiment(looker.team) for _ in kinds]
    async with looker.services.database.unit_of_work() as uow:
        rows = [await uow.session.get_one(Experiment, arm) for arm in arms]
        for number, (row, kind) in enumerate(zip(rows, kinds, strict=True)):
            row.type, row.created_at, row.design = kind, rows[0].created_at, design().model_dump(mode="json")  # type: ignore[assignment]
            size = "51-200" if number < 2 else "11-50"
            role = "finance" if number != 1 else "sales"
            row.wiza_filters = {"job_role": [role], "company_size": [size]}
    return arms


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"limit": 5, "budget": 5}, "/filters"),
        ({"filters": {}, "limit": 5, "budget": 5}, "/filters"),
        ({"filters": {"job_role": ["lawyers"]}, "limit": 5, "budget": 5}, "/filters/job_role/0"),
        ({"filters": FILTERS, "limit": 5}, "/budget"),
        ({"filters": FILTERS, "limit": 0, "budget": 5}, "/limit"),
        ({"filters": FILTERS, "limit": 1_000_000, "budget": 5}, "/limit"),
        ({"filters": FILTERS, "limit": 5, "budget": -1}, "/budget"),
    ],
)
async def test_a_search_that_means_nothing_is_refused_with_the_field(
    looker: Enrichers, body: dict[str, Any], pointer: str
) -> None:
    path = await looker.campaign()
    answer = await looker.client.post(f"{path}/leads/search", json=body)
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, pointer), answer.text
