"""Many leads in one job: each for itself, fairly, within the budget, and stopped when told."""

import asyncio
from typing import Any

import httpx
import pytest

from api.jobs.process import Handler
from tests.integration.api.leads.crm import drift
from tests.integration.api.team import created
from tests.integration.jobs.enrichment.stand import Enrichers

pytestmark = pytest.mark.full
"""`make test-full PART=jobs`: together they take a minute."""


async def many(stand: Enrichers, path: str, count: int) -> list[int]:
    """So many leads of a campaign, the first of the sandbox's people."""
    return [await stand.lead(path, number) for number in range(count)]


async def statuses(stand: Enrichers, path: str) -> list[str]:
    leads = (await stand.client.get(f"{path}/leads?limit=200")).json()["data"]
    return sorted(lead["status"] for lead in leads)


async def test_all_leads_of_a_campaign_are_enriched_and_one_that_fails_holds_up_nobody(
    stand: Enrichers,
) -> None:
    path = await stand.campaign()
    await many(stand, path, 11)
    nobody = await stand.lead(path, 0, linkedinUrl="https://www.linkedin.com/in/nobody-here")
    job = await stand.finish(
        await stand.start(f"{path}/leads/enrich", {"all": True, "filter": {"status": ["found"]}})
    )

    assert (job["status"], job["jobType"]) == ("completed", "bulk_lead_enrichment")
    assert (job["totalSteps"], job["completedSteps"], job["progress"]) == (12, 12, 100)
    assert job["output"] == {"done": 11, "failed": 1}
    assert [(each["leadId"], each["code"]) for each in job["failures"]] == [(nobody, "person_not_found")]
    assert await statuses(stand, path) == ["enriched"] * 11 + ["found"]
    assert await stand.credits() == (0, await stand.charged())
    assert set((await stand.charges()).values()) == {1}
    assert await drift(stand.api, stand.team) == []


async def test_what_the_budget_does_not_hold_is_told_lead_by_lead(stand: Enrichers) -> None:
    path = await stand.campaign()
    ids = [await stand.lead(path, stand.sure(number)) for number in range(6)]
    await stand.budget(8)
    job = await stand.finish(await stand.start(f"{path}/leads/enrich", {"leadIds": ids}))

    assert {each["code"] for each in job["failures"]} == {"budget_exceeded"}
    reserved, spent = await stand.credits()
    assert (reserved, spent) == (0, await stand.charged())
    assert 2 <= spent <= 8
    assert set(await statuses(stand, path)) == {"enriched", "found"}


async def test_a_campaign_that_is_deleted_meanwhile_costs_nothing_more(stand: Enrichers) -> None:
    path = await stand.campaign()
    ids = await many(stand, path, 3)
    job_id = await stand.start(f"{path}/leads/enrich", {"leadIds": ids})
    assert (await stand.team.owner.delete(path)).status_code == 200
    job = await stand.finish(job_id)

    assert job["status"] == "failed"
    assert [each["code"] for each in job["failures"]] == ["campaign_deleted"] * 3
    assert await stand.charges() == {}


async def test_after_a_cancellation_nothing_more_is_bought_and_leads_are_whole(stand: Enrichers) -> None:
    path = await stand.campaign()
    ids = await many(stand, path, 8)
    await stand.sandbox.wiza(delay=20)
    job_id = await stand.start(f"{path}/leads/enrich", {"leadIds": ids})
    working = asyncio.ensure_future(_work(stand.work, job_id))
    for _ in range(200):
        if (await stand.sandbox.wiza())["starts"]:
            break
        await asyncio.sleep(0.05)
    assert (await stand.client.post(f"/jobs/{job_id}/cancel")).status_code == 200
    await asyncio.sleep(1)
    begun = (await stand.sandbox.wiza())["starts"]
    await asyncio.wait_for(working, 15)

    assert begun
    assert (await stand.sandbox.wiza())["starts"] == begun
    assert (await stand.job(job_id))["status"] == "cancelled"
    assert await statuses(stand, path) == ["found"] * 8
    await stand.sandbox.wiza(delay=0.05)


async def _work(work: Handler, job_id: str) -> None:
    await work(job_id=job_id)


async def test_one_workspace_has_only_so_many_items_under_way(stand: Enrichers) -> None:
    path = await stand.campaign()
    ids = await many(stand, path, 6)
    await stand.sandbox.wiza(delay=0.4)
    settings = stand.services.settings.worker
    settings.workspace_items = 2
    jobs = [await stand.start(f"{path}/leads/enrich", {"leadIds": part}) for part in (ids[:3], ids[3:])]
    most = 0

    async def watch() -> None:
        nonlocal most
        while True:
            most = max(most, len((await stand.sandbox.wiza())["starts"]))
            await asyncio.sleep(0.05)

    watching = asyncio.ensure_future(watch())
    await asyncio.sleep(0)
    works = [asyncio.ensure_future(_work(stand.work, job)) for job in jobs]
    await asyncio.sleep(0.35)
    under_way = most
    await asyncio.gather(*works)
    watching.cancel()
    for job in jobs:
        assert (await stand.finish(job))["status"] == "completed"
    assert under_way <= 2
    await stand.sandbox.wiza(delay=0.05)


@pytest.mark.parametrize(
    ("body", "status", "pointer"),
    [
        ({}, 422, "/leadIds"),
        ({"leadIds": []}, 422, "/leadIds"),
        ({"leadIds": [1], "all": True}, 422, "/leadIds"),
        ({"leadIds": [1], "filter": {}}, 422, "/filter"),
        ({"leadIds": list(range(1, 1_002))}, 422, "/leadIds"),
        ({"all": False}, 422, "/all"),
        ({"all": True, "level": "everything"}, 422, "/level"),
        ({"all": True}, 422, "/all"),
        ({"all": True, "filter": {"minScore": 101}}, 422, "/filter/minScore"),
    ],
)
async def test_requests_that_mean_nothing_are_refused_with_the_field(
    stand: Enrichers, body: dict[str, Any], status: int, pointer: str
) -> None:
    path = await stand.campaign()
    answer = await stand.client.post(f"{path}/leads/enrich", json=body)
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (status, pointer)


async def test_a_million_ids_are_refused_before_they_are_read(stand: Enrichers) -> None:
    path = await stand.campaign()
    answer = await stand.client.post(f"{path}/leads/enrich", json={"leadIds": list(range(1, 1_000_001))})
    assert answer.status_code == 413


async def test_a_foreign_lead_among_own_starts_nothing(stand: Enrichers) -> None:
    path = await stand.campaign()
    own = await stand.lead(path, 1)
    theirs = await _foreign_lead(stand.team.stranger)
    elsewhere = await stand.lead(await stand.campaign(), 2)
    for other in (theirs, elsewhere):
        answer = await stand.client.post(f"{path}/leads/enrich", json={"leadIds": [own, other]})
        assert answer.status_code == 404
    assert (await stand.client.post(f"/leads/{theirs}/enrich")).status_code == 404
    jobs = (await stand.client.get(f"/jobs/workspace/{stand.team.workspace_id}")).json()["data"]
    assert jobs == []


async def _foreign_lead(stranger: httpx.AsyncClient) -> int:
    workspace = (await stranger.get("/workspaces")).json()["data"][0]["id"]
    path = f"/campaigns/{(await created(stranger, f'/workspaces/{workspace}/campaigns', {'name': 'Theirs'}))['id']}"
    return int((await created(stranger, f"{path}/leads", {"fullName": "Somebody"}))["id"])
