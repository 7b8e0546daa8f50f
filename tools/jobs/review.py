"""What a person decides about an item that could not go on by itself: again, or not at all."""

from collections.abc import Awaitable, Callable, Mapping
from enum import StrEnum
from typing import Any
from uuid import UUID

from pydantic import ConfigDict, Field
from sqlalchemy import func

from persistence.models.job import AsyncJobType, Job, JobItem, JobItemState, JobStatus
from persistence.models.workspace import ProjectRole
from persistence.repositories import Repository
from persistence.session import UnitOfWork
from tools.access import Caller
from tools.audit import service as audit
from tools.errors import Conflict, NotFound
from tools.jobs.closing import close_if_finished, lock_job
from tools.jobs.service import job_of
from tools.jobs.settings import WorkerSettings
from tools.jobs.steps import KINDS, STATUS_TEXTS
from tools.queue import Queue
from tools.schemas import WireModel

DROPPED = ("dropped", "It was given up after a review.")


class Decision(StrEnum):
    """`retry`: do it again, though it may cost twice. `drop`: leave it."""

    RETRY = "retry"
    DROP = "drop"


class ItemResolve(WireModel):
    """What is to become of an item that waits for a person."""

    model_config = ConfigDict(json_schema_extra={"example": {"action": "retry"}})

    action: Decision = Field(
        description="`retry`: do it again, though it may cost credits twice. `drop`: leave it; it counts as failed."
    )


Decide = Callable[[UnitOfWork, Job, JobItem, Decision], Awaitable[None]]
"""Carries a decision out where the doubt is: in the ledger of paid calls."""


async def resolve_item(
    uow: UnitOfWork,
    caller: Caller,
    job_id: UUID,
    item_id: int,
    decision: Decision,
    *,
    settings: WorkerSettings,
    deciders: Mapping[AsyncJobType, Decide],
    queue: Queue,
) -> Job:
    """Do what somebody decided about an item. For members and above; noted in the audit log.

    Raises NotFound, Forbidden, and Conflict for an item that is not in doubt and for a retry in a cancelled job.
    """
    job = await job_of(uow, caller, job_id, ProjectRole.MEMBER, settings)
    if (locked := await lock_job(uow, job.id)) is None:
        raise NotFound("There is no such job.")
    item = await Repository(uow.session, JobItem).get(JobItem.id == item_id, JobItem.job_id == job.id)
    if item is None:
        raise NotFound("There is no such item in the job.")
    if item.state is not JobItemState.NEEDS_REVIEW:
        raise Conflict("The item does not wait for a review.", code="not_in_review")
    if decision is Decision.RETRY and locked.cancel_requested_at is not None:
        raise Conflict("The job was cancelled: start another.", code="job_over")
    if decide := deciders.get(job.type):
        await decide(uow, locked, item, decision)
    await (_again if decision is Decision.RETRY else _drop)(uow, locked, item, queue)
    await audit.record(
        uow, caller, job.workspace_id, entity="job_item", entity_id=item.id, action=decision.value
    )
    return await _fresh(uow, job)


async def _again(uow: UnitOfWork, job: Job, item: JobItem, queue: Queue) -> None:
    """Make the item due, and its job go on."""
    values: dict[str, Any] = {
        "state": JobItemState.PENDING,
        "run_after": func.now(),
        "dispatched_at": func.now(),
        "attempt": 0,
        "waiting_since": None,
        "error_code": None,
        "error_message": None,
        "finished_at": None,
    }
    await Repository(uow.session, JobItem).update(values, JobItem.id == item.id)
    await _reopen(uow, job, JobStatus.QUEUED)
    await queue.later(uow, KINDS[job.type].task, job_id=str(job.id))


async def _drop(uow: UnitOfWork, job: Job, item: JobItem, _queue: Queue) -> None:
    """End the item as failed, and count its job anew."""
    code, message = DROPPED
    values = {"state": JobItemState.FAILED, "error_code": code, "error_message": message}
    await Repository(uow.session, JobItem).update(values, JobItem.id == item.id)
    await _reopen(uow, job, JobStatus.PROCESSING)
    await close_if_finished(uow, job.id)


async def _reopen(uow: UnitOfWork, job: Job, status: JobStatus) -> None:
    values = {
        "status": status,
        "current_step": STATUS_TEXTS[status],
        "completed_at": None,
        "output": None,
        "error_code": None,
        "error_message": None,
    }
    await Repository(uow.session, Job).update(values, Job.id == job.id)
    await lock_job(uow, job.id)


async def _fresh(uow: UnitOfWork, job: Job) -> Job:
    fresh = await lock_job(uow, job.id)
    assert fresh is not None
    return fresh
