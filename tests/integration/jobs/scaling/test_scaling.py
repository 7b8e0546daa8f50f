"""Scaling a campaign: leads are found, enriched and written to, once each, wherever the work is begun again."""

from typing import Any

import pytest

from persistence.models.job import AsyncJobType, JobStatus
from tests.integration.jobs.scaling.stand import Scalers
from tools.jobs.children import child_of


async def test_a_campaign_gets_the_leads_it_lacks_each_enriched_and_with_a_draft(stand: Scalers) -> None:
    path = await stand.campaign()
    await stand.team.owner.put(path, json={"status": "paused"})
    job = await stand.finish(await stand.start(path, targetLeadCount=6))

    assert (job["status"], job["progress"], job["totalSteps"]) == ("completed", 100, 6), job
    output = job["output"]
    assert (output["before"], output["targetLeadCount"], output["found"]) == (0, 6, 6)
    assert output["drafted"] == 6
    leads = await stand.leads(path)
    assert len({lead["linkedinUrl"] for lead in leads}) == 6
    assert {lead["status"] for lead in leads} <= {"enriched", "drafted", "found"}
    assert set((await stand.sandbox.wiza())["charges"].values()) == {1}
    assert await stand.reserved() == 0
    told = (await stand.team.owner.get(path)).json()["data"]
    assert (told["status"], told["totalLeads"]) == ("active", 6)
    assert told["lastDiscoveryRun"] is not None
    kinds = [
        activity["activityType"]
        for activity in (await stand.team.owner.get(f"{path}/activities?limit=200")).json()["data"]
    ]
    assert {"discovery_started", "discovery_completed", "campaign_resumed", "leads_found"} <= set(kinds)


async def test_a_scaling_begun_again_at_every_step_starts_nothing_twice(stand: Scalers) -> None:
    """Each message comes twice, as after a worker's death, and progress never falls."""
    path = await stand.campaign()
    job = await stand.start(path, targetLeadCount=4)
    seen = []
    for _ in range(12):
        seen += [await stand.scale_on(job), await stand.scale_on(job)]
        if seen[-1]["completedAt"]:
            break
        await stand.do_children(job)

    assert seen[-1]["status"] == "completed", seen[-1]
    progress = [state["progress"] for state in seen]
    assert progress == sorted(progress)
    assert len(await stand.leads(path)) == 4
    assert set((await stand.sandbox.wiza())["charges"].values()) == {1}


async def test_cancelling_a_scaling_cancels_what_it_has_started(stand: Scalers) -> None:
    path = await stand.campaign()
    job = await stand.start(path, targetLeadCount=4)
    await stand.scale_on(job)
    assert (await stand.team.owner.post(f"/jobs/{job}/cancel")).status_code == 200
    await stand.do_children(job)

    search = await stand.child(job, AsyncJobType.WIZA_SEARCH)
    assert ((await stand.read(job))["status"], search["status"]) == ("cancelled", "cancelled")
    assert (await stand.sandbox.wiza())["charges"] == {}
    assert await stand.leads(path) == []


async def test_a_scaling_ends_with_its_search(stand: Scalers) -> None:
    path = await stand.campaign()
    job = await stand.start(path, targetLeadCount=4)
    await stand.scale_on(job)
    search = child_of(job, AsyncJobType.WIZA_SEARCH)
    assert (await stand.team.owner.post(f"/jobs/{search}/cancel")).status_code == 200
    state = await stand.scale_on(job)
    assert (state["status"], state["failures"][0]["code"]) == ("failed", "part_cancelled")


@pytest.mark.full
async def test_a_campaign_that_has_enough_costs_nothing(stand: Scalers) -> None:
    path = await stand.campaign()
    first = await stand.finish(await stand.start(path, targetLeadCount=3))
    again = await stand.finish(await stand.start(path, targetLeadCount=3))
    assert (first["output"]["found"], again["status"], again["output"]["found"]) == (3, "completed", 0)
    assert again["output"]["search"] is None


@pytest.mark.full
async def test_a_budget_bounds_the_whole_of_it(stand: Scalers) -> None:
    path = await stand.campaign()
    job = await stand.finish(await stand.start(path, targetLeadCount=100, budget=8))
    assert job["status"] == JobStatus.COMPLETED
    assert job["output"]["affordable"] == 2
    assert len(await stand.leads(path)) == 2
    assert sum((await stand.sandbox.wiza())["charged"].values()) <= 8


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"targetLeadCount": 0}, 422, "/targetLeadCount"),
        ({"budget": 0}, 422, "/budget"),
        ({"leads": 5}, 422, "/leads"),
    ],
)
async def test_a_scaling_that_means_nothing_is_refused_with_the_field(
    stand: Scalers, body: dict[str, Any], status: int, code: str
) -> None:
    answer = await stand.team.owner.post(f"{await stand.campaign()}/scale", json=body)
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (status, code), answer.text


async def test_what_can_not_be_scaled_says_why(stand: Scalers) -> None:
    owner = stand.team.owner
    over, poor = await stand.campaign(), await stand.campaign()
    await owner.put(over, json={"status": "completed"})
    assert (await owner.post(f"{over}/scale", json={})).json()["code"] == "campaign_over"
    await owner.put(f"{stand.team.path}/budget", json={"creditsPerMonth": 1})
    answer = await owner.post(f"{poor}/scale", json={})
    assert (answer.status_code, answer.json()["code"]) == (429, "budget_exceeded")
