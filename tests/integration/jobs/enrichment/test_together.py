"""Many leads of one job are written together, as each by itself would be: with its own end, paid once, undone when it is not sent."""

import asyncio
from contextlib import AsyncExitStack

import pytest
from sqlalchemy import func, select

from persistence.models.job import JobItem, JobItemState
from persistence.models.paid_call import PaidCall, PaidCallState
from tests.integration.api.leads.crm import drift
from tests.integration.api.team import created
from tests.integration.jobs.enrichment.stand import Enrichers, with_wiza


async def calls(stand: Enrichers) -> dict[str, int]:
    """How many calls of the team stand how."""
    async with stand.services.database.unit_of_work() as uow:
        where = PaidCall.workspace_id == stand.team.workspace_id
        counted = select(PaidCall.state, func.count()).where(where).group_by(PaidCall.state)
        return {state.value: count for state, count in await uow.session.execute(counted)}


async def put_back(stand: Enrichers, job_id: str) -> int:
    """How many items of a job were put back without having failed."""
    async with stand.services.database.unit_of_work() as uow:
        where = (JobItem.job_id == job_id, JobItem.waiting_since.is_not(None), JobItem.attempt == 1)
        return int((await uow.session.execute(select(func.count()).where(*where))).scalar_one())


async def leased(stand: Enrichers, job_id: str) -> int:
    """How many items of a job somebody still holds."""
    async with stand.services.database.unit_of_work() as uow:
        where = (JobItem.job_id == job_id, JobItem.state == JobItemState.LEASED)
        return int((await uow.session.execute(select(func.count()).where(*where))).scalar_one())


@pytest.mark.full
async def test_plain_and_odd_leads_of_one_job_each_get_what_they_would_alone(stand: Enrichers) -> None:
    path = await stand.campaign()
    plain = [await stand.lead(path, stand.sure(number)) for number in range(4)]
    address = (await stand.read(plain[0]))["linkedinUrl"]
    nobody = await stand.lead(path, 0, linkedinUrl="https://www.linkedin.com/in/nobody-here")
    anonymous = int((await created(stand.team.owner, f"{path}/leads", {"fullName": "Just Me"}))["id"])
    taken = await stand.lead(path, stand.sure(4))
    await stand.enrich(taken)
    job = await stand.finish(await stand.start(f"{path}/leads/enrich", {"all": True}))

    assert job["output"] == {"done": 5, "failed": 2}
    assert {each["leadId"]: each["code"] for each in job["failures"]} == {
        nobody: "person_not_found",
        anonymous: "no_identity",
    }
    lead = await stand.read(plain[0])
    assert (lead["status"], lead["linkedinUrl"]) == ("enriched", address)
    assert lead["email"]
    assert lead["enrichmentData"]["level"] == "partial"
    assert lead["enrichmentData"]["company"]["name"] == lead["company"]
    row = await stand.row(plain[0])
    assert row.email_key == lead["email"].lower()
    assert row.company_key == lead["companyDomain"]
    feed = (await stand.client.get(f"{path}/activities?limit=200")).json()["data"]
    steps = [each["metadata"]["to"] for each in reversed(feed) if each.get("leadId") == plain[0]]
    assert [step for step in steps if step in {"enriching", "enriched"}] == ["enriching", "enriched"]
    assert set((await stand.charges()).values()) == {1}
    assert await stand.credits() == (0, await stand.charged())
    assert await drift(stand.api, stand.team) == []


async def test_what_another_workspace_bought_meanwhile_is_copied_and_not_bought_again(
    stand: Enrichers,
) -> None:
    first, second = await stand.campaign(), await stand.campaign()
    for number in range(3):
        await stand.lead(first, stand.sure(number))
    await stand.finish(await stand.start(f"{first}/leads/enrich", {"all": True}))
    bought = await stand.charges()
    again = await stand.finish(await stand.start(f"{first}/leads/enrich", {"all": True, "level": "partial"}))
    assert again["output"] == {"done": 3, "failed": 0}
    assert await stand.charges() == bought
    assert (await stand.client.get(f"{second}/leads")).json()["data"] == []


async def test_a_cancelled_job_holds_nothing_back_for_what_it_began_and_did_not_send(
    stand: Enrichers,
) -> None:
    path = await stand.campaign()
    for number in range(8):
        await stand.lead(path, number)
    await stand.sandbox.behave("slow", provider="wiza", kind="reveal", count=8, delay=1.5)
    async with AsyncExitStack() as stack:
        slow = await with_wiza(stand, stack, reveals_at_once=2)
        job_id = await slow.start(f"{path}/leads/enrich", {"all": True})
        working = asyncio.ensure_future(_work(slow, job_id))
        for _ in range(300):
            if (await calls(slow)).get("intent", 0) == 8:
                break
            await asyncio.sleep(0.02)
        assert (await slow.client.post(f"/jobs/{job_id}/cancel")).status_code == 200
        await asyncio.wait_for(working, 15)
        found = await calls(slow)

    assert (await stand.job(job_id))["status"] == "cancelled"
    sent = len((await stand.sandbox.wiza())["starts"])
    assert 0 < sent <= 2
    assert found["rejected"] == 8 - sent
    assert found.get(PaidCallState.INTENT.value, 0) + found.get(PaidCallState.SUCCEEDED.value, 0) == sent
    held, _ = await stand.credits()
    assert held == 3 * found.get("intent", 0)


async def test_an_intent_that_waited_too_long_for_its_turn_is_not_sent(stand: Enrichers) -> None:
    path = await stand.campaign()
    for number in range(4):
        await stand.lead(path, number)
    await stand.sandbox.behave("slow", provider="wiza", kind="reveal", count=1, delay=0.6)
    async with AsyncExitStack() as stack:
        hasty = await with_wiza(stand, stack, reveals_at_once=1, total_timeout=0.5)
        job_id = await hasty.start(f"{path}/leads/enrich", {"all": True})
        for _ in range(5):  # more than once on a machine so busy that the message gives way
            await hasty.work(job_id=job_id)
            if "rejected" not in (found := await calls(hasty)):
                break

    assert found == {"unknown": 1, "succeeded": 3}, (
        "one was cut off while it was sent, the others came a second time"
    )
    assert await put_back(stand, job_id) >= 1
    job = await stand.finish(job_id)
    assert [each["code"] for each in job["failures"]] == ["needs_review"]
    assert set((await stand.charges()).values()) <= {1}


@pytest.mark.full
async def test_a_message_is_over_before_its_process_would_be_killed_however_slow_wiza_is(
    stand: Enrichers,
) -> None:
    path = await stand.campaign()
    for number in range(4):
        await stand.lead(path, number)
    await stand.sandbox.behave("slow", provider="wiza", kind="reveal", count=4, delay=3.8)
    stand.services.settings.worker.time_limit = 6
    async with AsyncExitStack() as stack:
        slow = await with_wiza(stand, stack, reveals_at_once=1, total_timeout=4.0)
        job_id = await slow.start(f"{path}/leads/enrich", {"all": True})
        async with asyncio.timeout(6):
            await slow.work(job_id=job_id)

    assert len((await stand.sandbox.wiza())["starts"]) == 1
    found = await calls(stand)
    assert found.pop("rejected") == 3
    assert sum(found.values()) == 1, "what was not sent any more is undone"
    assert await leased(stand, job_id) == 0, "and due for the next message"


async def test_the_limit_of_calls_a_minute_holds_back_only_what_it_does_not_take(stand: Enrichers) -> None:
    path = await stand.campaign()
    for number in range(5):
        await stand.lead(path, stand.sure(number))
    await stand.services.redis.flushdb()
    async with AsyncExitStack() as stack:
        limited = await with_wiza(stand, stack, reveals_per_minute=3)
        job_id = await limited.start(f"{path}/leads/enrich", {"all": True})
        await limited.work(job_id=job_id)

    assert await calls(stand) == {"succeeded": 3, "rejected": 2}
    assert await stand.credits() == (0, await stand.charged())
    job = await stand.job(job_id)
    assert (job["status"], job["completedSteps"]) == ("processing", 3)


async def _work(stand: Enrichers, job_id: str) -> None:
    await stand.work(job_id=job_id)
