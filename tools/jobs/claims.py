"""Working on items: claim, advance, finish. Every write names the claim's fence, so a worker that lost its lease writes nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import orjson
from sqlalchemy import ColumnElement, and_, func, or_, select, update

from persistence.models.entity import JsonObject
from persistence.models.job import AsyncJobType, Job, JobItem, JobItemState, JobStatus
from persistence.repositories import Repository
from persistence.session import UnitOfWork
from persistence.types import JobID, LeadID, UserID, WorkspaceID
from tools.errors import QuiverError
from tools.jobs.closing import close_if_finished, ends_with_its_items, lock_job
from tools.jobs.fairness import free_places
from tools.jobs.metrics import note_begun, note_items
from tools.jobs.settings import WorkerSettings
from tools.jobs.steps import FINAL, KINDS
from tools.read_models import InTransaction

WAITED = (func.now() - JobItem.waiting_since).label("waited")
CLAIMED = (
    JobItem.id,
    JobItem.lead_id,
    JobItem.position,
    JobItem.input,
    JobItem.fence,
    JobItem.attempt,
    WAITED,
)
SUSPECT = 2
"""Attempts after which an item whose process died is begun by itself."""
CHUNK = 1_000
"""Items written in one statement."""
POISON = ("poison", "It was given up after repeated failures.")
REVIEW = "needs_review"


FINISH = """
UPDATE "JobItems" i SET "State" = 'done', "Output" = told.output, "FinishedAt" = now(), "LeaseUntil" = NULL
FROM jsonb_to_recordset($1::jsonb) AS told (item bigint, fence bigint, output jsonb)
WHERE i."JobItemID" = told.item AND i."Fence" = told.fence AND i."State" = 'leased' RETURNING i."JobItemID"
"""
PUT_BACK = """
UPDATE "JobItems" i SET "State" = 'pending', "RunAfter" = now(), "DispatchedAt" = NULL, "LeaseUntil" = NULL,
  "Attempt" = i."Attempt" - 1, "WaitingSince" = coalesce(i."WaitingSince", now())
FROM unnest($1::bigint[], $2::bigint[]) AS mine (item, fence)
WHERE i."JobItemID" = mine.item AND i."Fence" = mine.fence AND i."State" = 'leased' RETURNING i."JobItemID"
"""
CANCEL = """
UPDATE "JobItems" i SET "State" = 'cancelled', "FinishedAt" = now(), "LeaseUntil" = NULL
FROM unnest($1::bigint[], $2::bigint[]) AS mine (item, fence)
WHERE i."JobItemID" = mine.item AND i."Fence" = mine.fence AND i."State" = 'leased' RETURNING i."JobItemID"
"""


class LeaseLost(Exception):  # noqa: N818 — a fact
    """The item belongs to somebody else by now, or is done: whatever was being done must not be stored."""


class JobCancelled(Exception):  # noqa: N818
    """Somebody cancelled the job: stop before the next step."""


class ComeBack(Exception):  # noqa: N818
    """Nothing is wrong, it only takes longer: put the item back for so many seconds, not counted as an attempt."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"in {seconds} s")
        self.seconds = seconds


class NeedsReview(Exception):  # noqa: N818
    """Only a person can tell how the item goes on: going on by itself might cost twice."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


@dataclass(frozen=True)
class ClaimedItem:
    """An item that is ours until its lease ends."""

    id: int
    job_id: JobID
    type: AsyncJobType
    workspace_id: WorkspaceID
    user_id: UserID | None
    lead_id: LeadID | None
    input: JsonObject
    fence: int
    attempt: int
    waited: timedelta | None = None
    """How long ago, by Postgres' clock, it was first put back to wait for something that had been begun."""


async def claim(
    uow: UnitOfWork, job_id: JobID, settings: WorkerSettings, *, limit: int = 1, alone: bool = True
) -> list[ClaimedItem]:
    """Up to `limit` due items of a job, now leased to us. None when they are taken, done or cancelled, or when the
    workspace has as many items under way as one may have.

    An item that was begun too often already ends here as `poison`. Who was begun with others and never ended (a process
    died, but not because of all of them) is a suspect: it is claimed by itself, and only when nothing else is under way
    (`alone`). So one that kills its process is given up, and those beside it are not.
    """
    limit = min(limit, await free_places(uow, job_id, settings))
    if limit <= 0:
        return []
    unsuspected = or_(JobItem.state == JobItemState.PENDING, JobItem.attempt < SUSPECT)
    items = await _lease(uow, job_id, settings, limit, unsuspected)
    if not items and alone:
        items = await _lease(uow, job_id, settings, 1)
    job = await Repository(uow.session, Job).get(Job.id == job_id) if items else None
    if job is None:
        return []
    await _begin(uow, job)
    claimed = [_claimed(job, item) for item in sorted(items, key=lambda item: item.position)]
    for item in claimed:
        if item.attempt > settings.max_attempts:
            await fail(uow, item, *POISON)
    return [item for item in claimed if item.attempt <= settings.max_attempts]


async def _lease(
    uow: UnitOfWork, job_id: JobID, settings: WorkerSettings, limit: int, *where: ColumnElement[bool]
) -> Sequence[Any]:
    """Take due items, the first ones first: rows of CLAIMED."""
    due = (
        select(JobItem.id)
        .join(Job, Job.id == JobItem.job_id)
        .where(JobItem.job_id == job_id, Job.cancel_requested_at.is_(None), Job.status.not_in(FINAL))
        .where(is_due(), *where)
        .order_by(JobItem.id)
        .limit(limit)
        .with_for_update(of=JobItem, skip_locked=True)
    )
    taken = (
        update(JobItem)
        .where(JobItem.id.in_(due))
        .values(
            state=JobItemState.LEASED,
            lease_until=func.now() + timedelta(seconds=settings.lease),
            fence=JobItem.fence + 1,
            attempt=JobItem.attempt + 1,
        )
        .returning(*CLAIMED)
        .execution_options(synchronize_session=False)
    )
    return (await uow.session.execute(taken)).all()


def is_due() -> Any:
    """Items somebody should work on now."""
    return or_(
        and_(JobItem.state == JobItemState.PENDING, JobItem.run_after <= func.now()),
        and_(JobItem.state == JobItemState.LEASED, JobItem.lease_until < func.now()),
    )


async def advance(uow: UnitOfWork, item: ClaimedItem, step: int) -> None:
    """Note that a step (counted from 0) begins. Raises LeaseLost, or JobCancelled when somebody asked to stop."""
    job = await _held(uow, item)
    if job.cancel_requested_at is not None:
        raise JobCancelled
    values = {"completed_steps": step, "current_step": KINDS[item.type].steps[step]}
    await Repository(uow.session, Job).update(values, Job.id == item.job_id)


async def add_items(uow: UnitOfWork, item: ClaimedItem, inputs: Sequence[JsonObject]) -> None:
    """More items for the job of an item that is ours: what there is to do was not known before.

    Raises LeaseLost, or JobCancelled when somebody asked to stop.
    """
    job = await _held(uow, item)
    if job.cancel_requested_at is not None:
        raise JobCancelled
    items = Repository(uow.session, JobItem)
    newest = select(func.max(JobItem.position)).where(JobItem.job_id == item.job_id)
    after = (await uow.session.execute(newest)).scalar_one() + 1
    rows = [
        JobItem(job_id=item.job_id, position=after + number, input=input_, dispatched_at=func.now())
        for number, input_ in enumerate(inputs)
    ]
    for start in range(0, len(rows), CHUNK):
        await items.create(*rows[start : start + CHUNK])
    total = {"total_steps": job.total_steps + len(rows)}
    await Repository(uow.session, Job).update(total, Job.id == item.job_id)


async def finish(uow: UnitOfWork, item: ClaimedItem, output: JsonObject) -> None:
    """The item is done, in the transaction that keeps its result. Raises LeaseLost, and then nothing may be kept."""
    await _end(uow, item, {"state": JobItemState.DONE, "output": output})


async def finish_many(uow: UnitOfWork, done: Sequence[tuple[ClaimedItem, JsonObject]]) -> None:
    """The same for items of a job of many, which the transaction has locked: their job is closed by who works on it.

    Raises LeaseLost for all of them when one is not ours any more.
    """
    told = [{"item": item.id, "fence": item.fence, "output": output} for item, output in done]
    rows = await InTransaction(uow).rows(FINISH, orjson.dumps(told).decode())
    if len(rows) != len(done):
        raise LeaseLost
    if done:
        note_items(done[0][0].type, JobItemState.DONE, count=len(done))


async def fail(uow: UnitOfWork, item: ClaimedItem, code: str, message: str) -> None:
    """The item will not succeed. Raises LeaseLost."""
    await _end(uow, item, {"state": JobItemState.FAILED, "error_code": code[:64], "error_message": message})


async def cancel_item(uow: UnitOfWork, item: ClaimedItem) -> None:
    """The item was stopped because its job was cancelled. Raises LeaseLost."""
    await _end(uow, item, {"state": JobItemState.CANCELLED})


async def postpone(uow: UnitOfWork, item: ClaimedItem, *, seconds: float, counted: bool = True) -> None:
    """Put the item back for later; the sweep sends for it again. Raises LeaseLost.

    Not `counted`, it was no failed attempt: it waits for something that was begun.
    """
    values: dict[str, Any] = {
        "state": JobItemState.PENDING,
        "run_after": func.now() + timedelta(seconds=seconds),
        "dispatched_at": None,
        "lease_until": None,
    }
    if not counted:
        values["attempt"] = JobItem.attempt - 1
        values["waiting_since"] = func.coalesce(JobItem.waiting_since, func.now())
    await _write(uow, item, values)


async def interrupt_many(uow: UnitOfWork, items: Sequence[ClaimedItem], *, cancelled: bool) -> None:
    """Items of a job of many that were cut short: cancelled with their job, else due again, not counted as an attempt.

    One statement, because there may be little time. What is not ours any more is left alone.
    """
    statement = CANCEL if cancelled else PUT_BACK
    told = ([item.id for item in items], [item.fence for item in items])
    rows = await InTransaction(uow).rows(statement, *told)
    if cancelled and rows:
        note_items(items[0].type, JobItemState.CANCELLED, count=len(rows))


async def put_to_review(uow: UnitOfWork, item: ClaimedItem, message: str) -> None:
    """The item waits for a person's word. Raises LeaseLost."""
    values = {"state": JobItemState.NEEDS_REVIEW, "error_code": REVIEW, "error_message": message}
    await _end(uow, item, values)


async def require_going(uow: UnitOfWork, item: ClaimedItem) -> None:
    """To be asked before what can't be undone. Raises LeaseLost, or JobCancelled when somebody asked to stop."""
    statement = (
        select(Job.cancel_requested_at)
        .join(JobItem, JobItem.job_id == Job.id)
        .where(*_ours(item), JobItem.lease_until > func.now())
    )
    found = (await uow.session.execute(statement)).one_or_none()
    if found is None:
        raise LeaseLost
    if found.cancel_requested_at is not None:
        raise JobCancelled


async def is_cancelled(uow: UnitOfWork, job_ids: Sequence[JobID]) -> bool:
    """Whether any of the jobs was cancelled."""
    where = (Job.id.in_(job_ids), Job.cancel_requested_at.is_not(None))
    return await Repository(uow.session, Job).count(*where) > 0


async def _begin(uow: UnitOfWork, job: Job) -> None:
    if job.status is JobStatus.PROCESSING and job.started_at is not None:
        return
    if job.started_at is None:
        note_begun(job.type, job.created_at)
    values = {"status": JobStatus.PROCESSING, "started_at": func.coalesce(Job.started_at, func.now())}
    await Repository(uow.session, Job).update(values, Job.id == job.id, Job.status != JobStatus.PROCESSING)


async def _held(uow: UnitOfWork, item: ClaimedItem) -> Job:
    """The item's job, locked; no other claim can come in between. Raises LeaseLost."""
    job = await lock_job(uow, item.job_id)
    held = await Repository(uow.session, JobItem).count(*_ours(item))
    if job is None or held != 1:
        raise LeaseLost
    return job


async def _end(uow: UnitOfWork, item: ClaimedItem, values: dict[str, Any]) -> None:
    """End an item; a job of one item, or of parts of one thing, ends with it.

    A job of many items is closed by who works on it (`api/jobs/together.py`): its items would wait for each other.
    """
    together = ends_with_its_items(item.type)
    if together:
        await lock_job(uow, item.job_id)
    await _write(uow, item, {**values, "finished_at": func.now(), "lease_until": None})
    note_items(item.type, values["state"], values.get("error_code"))
    if together:
        await close_if_finished(uow, item.job_id)


async def _write(uow: UnitOfWork, item: ClaimedItem, values: dict[str, Any]) -> None:
    if await Repository(uow.session, JobItem).update(values, *_ours(item)) != 1:
        raise LeaseLost


def _ours(item: ClaimedItem) -> tuple[Any, ...]:
    """The row, as long as our claim is the newest."""
    return (JobItem.id == item.id, JobItem.fence == item.fence, JobItem.state == JobItemState.LEASED)


def _claimed(job: Job, item: Any) -> ClaimedItem:
    """An item of a row of CLAIMED."""
    return ClaimedItem(
        id=item.id,
        job_id=job.id,
        type=job.type,
        workspace_id=job.workspace_id,
        user_id=job.user_id,
        lead_id=item.lead_id,
        input={**job.input, **(item.input or {})},
        fence=item.fence,
        attempt=item.attempt,
        waited=item.waited,
    )


def error_of(error: QuiverError) -> tuple[str, str]:
    """An expected failure as an item's code and message."""
    return error.error_code, error.message
