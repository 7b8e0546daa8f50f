"""Items belong to one worker at a time, and end once."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from persistence.models.budget import UsageRecord
from persistence.models.job import AsyncJobType, Job, JobItem, JobItemState, JobStatus
from persistence.session import Database, UnitOfWork
from persistence.types import JobID, utc_now
from tests.factories.jobs import make_job
from tests.factories.workspaces import make_workspace
from tools.jobs import claims, sweep
from tools.jobs.claims import ClaimedItem, JobCancelled, LeaseLost
from tools.jobs.closing import close_if_finished, lock_job
from tools.jobs.settings import WorkerSettings

SETTINGS = WorkerSettings()


async def new_job(database: Database, **values: Any) -> JobID:
    async with database.unit_of_work() as uow:
        return (await make_job(uow, await make_workspace(uow), **values)).id


async def claimed(database: Database, job_id: JobID, limit: int = 1) -> list[ClaimedItem]:
    async with database.unit_of_work() as uow:
        return await claims.claim(uow, job_id, SETTINGS, limit=limit)


async def job_now(database: Database, job_id: JobID) -> Job:
    async with database.unit_of_work() as uow:
        return (await uow.session.execute(select(Job).where(Job.id == job_id))).scalar_one()


async def items_now(database: Database, job_id: JobID) -> list[JobItem]:
    async with database.unit_of_work() as uow:
        statement = select(JobItem).where(JobItem.job_id == job_id).order_by(JobItem.position)
        return list((await uow.session.execute(statement)).scalars())


async def expire_leases(database: Database, job_id: JobID) -> None:
    async with database.unit_of_work() as uow:
        past = {"lease_until": utc_now() - timedelta(seconds=1)}
        await uow.session.execute(update(JobItem).where(JobItem.job_id == job_id).values(**past))


async def test_a_message_delivered_many_times_is_claimed_once(database: Database) -> None:
    job_id = await new_job(database)
    found = await asyncio.gather(*(claimed(database, job_id) for _ in range(5)))
    assert sorted(len(items) for items in found) == [0, 0, 0, 0, 1]
    job = await job_now(database, job_id)
    assert job.status is JobStatus.PROCESSING
    assert job.started_at is not None


async def test_workers_share_a_jobs_items_without_overlap(database: Database) -> None:
    job_id = await new_job(database, type=AsyncJobType.BULK_LEAD_ENRICHMENT, items=10)
    found = await asyncio.gather(*(claimed(database, job_id, 4) for _ in range(3)))
    ids = [item.id for items in found for item in items]
    assert len(ids) == len(set(ids)) == 10


async def test_finishing_the_last_item_completes_the_job(database: Database) -> None:
    job_id = await new_job(database)
    (item,) = await claimed(database, job_id)
    async with database.unit_of_work() as uow:
        await claims.finish(uow, item, {"url": "https://acme.example"})
    job = await job_now(database, job_id)
    assert job.status is JobStatus.COMPLETED
    assert job.output == {"url": "https://acme.example"}
    assert (job.completed_steps, job.current_step) == (4, "Completed")
    assert job.completed_at is not None


async def test_steps_are_noted_and_only_by_the_holder(database: Database) -> None:
    job_id = await new_job(database)
    (first,) = await claimed(database, job_id)
    async with database.unit_of_work() as uow:
        await claims.advance(uow, first, 2)
    job = await job_now(database, job_id)
    assert (job.completed_steps, job.current_step) == (2, "AI cleanup & summarization")
    await expire_leases(database, job_id)
    (second,) = await claimed(database, job_id)
    assert (second.attempt, second.fence) == (2, first.fence + 1)
    for write in (
        lambda uow: claims.advance(uow, first, 3),
        lambda uow: claims.finish(uow, first, {}),
        lambda uow: claims.fail(uow, first, "x", "y"),
        lambda uow: claims.postpone(uow, first, seconds=1),
    ):
        with pytest.raises(LeaseLost):
            async with database.unit_of_work() as uow:
                await write(uow)
    async with database.unit_of_work() as uow:
        await claims.finish(uow, second, {"by": "second"})
    assert (await job_now(database, job_id)).output == {"by": "second"}


async def test_what_is_stored_with_a_lost_lease_is_rolled_back(database: Database) -> None:
    job_id = await new_job(database)
    (zombie,) = await claimed(database, job_id)
    await expire_leases(database, job_id)
    (heir,) = await claimed(database, job_id)
    with pytest.raises(LeaseLost):
        async with database.unit_of_work() as uow:
            values = update(Job).where(Job.id == job_id).values(error_message="written by a zombie")
            await uow.session.execute(values)
            await claims.finish(uow, zombie, {})
    assert (await job_now(database, job_id)).error_message is None
    async with database.unit_of_work() as uow:
        await claims.finish(uow, heir, {})


async def test_an_item_that_kills_its_worker_every_time_is_given_up(database: Database) -> None:
    job_id = await new_job(database)
    for attempt in range(1, SETTINGS.max_attempts + 1):
        (item,) = await claimed(database, job_id)
        assert item.attempt == attempt
        await expire_leases(database, job_id)
    assert await claimed(database, job_id) == []
    job = await job_now(database, job_id)
    assert (job.status, job.error_code) == (JobStatus.FAILED, "poison")


async def test_some_failed_items_do_not_fail_the_job_but_all_do(database: Database) -> None:
    for failures, wanted in ((1, JobStatus.COMPLETED), (2, JobStatus.FAILED)):
        job_id = await new_job(database, type=AsyncJobType.BULK_LEAD_ENRICHMENT, items=2)
        for number, item in enumerate(await claimed(database, job_id, 2)):
            async with database.unit_of_work() as uow:
                if number < failures:
                    await claims.fail(uow, item, "not_found", "There is no such profile.")
                else:
                    await claims.finish(uow, item, {})
        assert (await job_now(database, job_id)).status is JobStatus.PROCESSING, "its worker closes it"
        async with database.unit_of_work() as uow:
            await lock_job(uow, job_id)
            assert await close_if_finished(uow, job_id)
        job = await job_now(database, job_id)
        assert job.status is wanted
        assert job.output == {"done": 2 - failures, "failed": failures}


async def test_a_put_back_item_waits_for_its_time_and_is_then_sent_for(database: Database) -> None:
    job_id = await new_job(database)
    (item,) = await claimed(database, job_id)
    async with database.unit_of_work() as uow:
        await claims.postpone(uow, item, seconds=100)
    assert await claimed(database, job_id) == []
    async with database.unit_of_work() as uow:
        assert not _of(job_id, await sweep.due_hints(uow, SETTINGS))
    async with database.unit_of_work() as uow:
        past = {"run_after": utc_now() - timedelta(seconds=1)}
        await uow.session.execute(update(JobItem).where(JobItem.job_id == job_id).values(**past))
    async with database.unit_of_work() as uow:
        assert len(_of(job_id, await sweep.due_hints(uow, SETTINGS))) == 1
    async with database.unit_of_work() as uow:
        assert not _of(job_id, await sweep.due_hints(uow, SETTINGS)), "sent for twice in a moment"


async def test_lost_messages_are_sent_again_only_after_a_while(database: Database) -> None:
    job_id = await new_job(database, item={"dispatched_at": utc_now()})
    async with database.unit_of_work() as uow:
        assert not _of(job_id, await sweep.due_hints(uow, SETTINGS))
    async with database.unit_of_work() as uow:
        past = {"dispatched_at": utc_now() - timedelta(seconds=31)}
        await uow.session.execute(update(JobItem).where(JobItem.job_id == job_id).values(**past))
    async with database.unit_of_work() as uow:
        (hint,) = _of(job_id, await sweep.due_hints(uow, SETTINGS))
    assert (hint.task, hint.arguments) == ("scrape-website", {"job_id": str(job_id)})


async def _close_what_others_left(database: Database) -> None:
    """So that a sweep, which takes only so many at a time, comes to the job of this test."""
    async with database.unit_of_work() as uow:
        while over := await sweep.jobs_over(uow):
            assert all([await ended(uow, job_id) for job_id in over])


async def ended(uow: UnitOfWork, job_id: JobID) -> bool:
    """What a sweep does with a job that is over; False when somebody else is at it."""
    return await sweep.end_dead(uow, job_id) and await close_if_finished(uow, job_id)


async def test_a_cancelled_job_stops_before_the_next_step_and_is_never_claimed(database: Database) -> None:
    await _close_what_others_left(database)
    job_id = await new_job(database)
    (item,) = await claimed(database, job_id)
    async with database.unit_of_work() as uow:
        await uow.session.execute(update(Job).where(Job.id == job_id).values(cancel_requested_at=utc_now()))
    with pytest.raises(JobCancelled):
        async with database.unit_of_work() as uow:
            await claims.advance(uow, item, 1)
    await expire_leases(database, job_id)
    assert await claimed(database, job_id) == []
    async with database.unit_of_work() as uow:
        assert job_id in await sweep.jobs_over(uow)
        assert await ended(uow, job_id)
    assert (await job_now(database, job_id)).status is JobStatus.CANCELLED
    assert [item.state for item in await items_now(database, job_id)] == [JobItemState.CANCELLED]


async def test_what_is_put_back_after_its_job_was_cancelled_ends_with_it(database: Database) -> None:
    await _close_what_others_left(database)
    job_id = await new_job(database)
    (item,) = await claimed(database, job_id)
    async with database.unit_of_work() as uow:
        await uow.session.execute(update(Job).where(Job.id == job_id).values(cancel_requested_at=utc_now()))
    async with database.unit_of_work() as uow:
        await claims.postpone(uow, item, seconds=60)
    async with database.unit_of_work() as uow:
        assert job_id in await sweep.jobs_over(uow)
        assert await ended(uow, job_id)
    assert (await job_now(database, job_id)).status is JobStatus.CANCELLED


async def test_a_job_that_somebody_is_at_holds_up_no_sweep(database: Database) -> None:
    busy, over = await new_job(database), await new_job(database)
    for job_id in (busy, over):
        async with database.unit_of_work() as uow:
            await uow.session.execute(
                update(JobItem).where(JobItem.job_id == job_id).values(state=JobItemState.DONE)
            )
    async with database.unit_of_work() as holder:
        await lock_job(holder, busy)
        async with asyncio.timeout(3):
            async with database.unit_of_work() as uow:
                assert not await ended(uow, busy)
            async with database.unit_of_work() as uow:
                assert await ended(uow, over)
    assert (await job_now(database, over)).status is JobStatus.COMPLETED
    async with database.unit_of_work() as uow:
        assert await ended(uow, busy), "the next sweep finds it again"


async def test_what_a_job_cost_is_noted_while_somebody_decides_about_the_job(database: Database) -> None:
    """Else they wait for each other: who settles a call holds the budget, and who decides about an item needs it."""
    job_id = await new_job(database)
    async with database.unit_of_work() as decider:
        job = await lock_job(decider, job_id)
        assert job is not None
        async with asyncio.timeout(3), database.unit_of_work() as uow:
            uow.session.add(UsageRecord(workspace_id=job.workspace_id, job_id=job_id, credits=1))


async def test_a_job_that_is_worked_on_is_sent_for_only_when_its_worker_died(database: Database) -> None:
    job_id = await new_job(
        database, type=AsyncJobType.BULK_LEAD_ENRICHMENT, items=3, item={"dispatched_at": None}
    )
    await claimed(database, job_id, 1)
    async with database.unit_of_work() as uow:
        assert not _of(job_id, await sweep.due_hints(uow, SETTINGS)), "who works on it takes the others too"
    await expire_leases(database, job_id)
    async with database.unit_of_work() as uow:
        assert len(_of(job_id, await sweep.due_hints(uow, SETTINGS))) == 1


async def test_who_died_with_others_is_begun_by_itself_so_that_only_the_guilty_is_given_up(
    database: Database,
) -> None:
    job_id = await new_job(database, type=AsyncJobType.BULK_LEAD_ENRICHMENT, items=4)
    for _ in range(claims.SUSPECT):
        assert len(await claimed(database, job_id, 4)) == 4
        await expire_leases(database, job_id)
    async with database.unit_of_work() as uow:
        assert await claims.claim(uow, job_id, SETTINGS, limit=4, alone=False) == []
    (guilty,) = await claimed(database, job_id, 4)
    while True:
        await expire_leases(database, job_id)
        if not (again := await claimed(database, job_id, 4)) or again[0].id != guilty.id:
            break
    states = {item.id: (item.state, item.attempt) for item in await items_now(database, job_id)}
    assert states.pop(guilty.id)[0] is JobItemState.FAILED
    assert {state for state, _ in states.values()} <= {JobItemState.PENDING, JobItemState.LEASED}
    assert max(attempt for _, attempt in states.values()) <= claims.SUSPECT + 1


async def test_one_sweep_leads_at_a_time(database: Database) -> None:
    async with database.unit_of_work() as one, database.unit_of_work() as other:
        assert await sweep.lead_sweep(one)
        assert not await sweep.lead_sweep(other)
    async with database.unit_of_work() as next_one:
        assert await sweep.lead_sweep(next_one)


def _of(job_id: JobID, hints: list[Any]) -> list[Any]:
    return [hint for hint in hints if hint.arguments["job_id"] == str(job_id)]
