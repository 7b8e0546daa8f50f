"""When a job is over: all its items have come to an end."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select

from persistence.models.job import AsyncJobType, Job, JobItem, JobItemState, JobStatus
from persistence.repositories import Repository
from persistence.session import UnitOfWork
from persistence.types import JobID
from tools.jobs.metrics import note_ended
from tools.jobs.steps import FINAL, KINDS, STATUS_TEXTS

OPEN = (JobItemState.PENDING, JobItemState.LEASED)
GONE_WRONG = (JobItemState.FAILED, JobItemState.NEEDS_REVIEW)

Counts = dict[JobItemState, int]


def ends_with_its_items(job_type: AsyncJobType) -> bool:
    """Whether a job of this kind is one item with steps, or parts of one thing; else many items, each by itself."""
    return bool(KINDS[job_type].steps) or KINDS[job_type].whole


async def lock_job(uow: UnitOfWork, job_id: JobID) -> Job | None:
    """The job's row, locked and fresh: changes of a job and its items take turns.

    What refers to the job may still be written: who settles a call holds the budget and names the job, who decides about an
    item holds the job and needs the budget.
    """
    locked = select(Job).where(Job.id == job_id).with_for_update(key_share=True)
    statement = locked.execution_options(populate_existing=True)
    return (await uow.session.execute(statement)).scalar_one_or_none()


async def close_if_finished(uow: UnitOfWork, job_id: JobID) -> bool:
    """Give the job its final status when none of its items is open; whether it is over. Lock the job before."""
    counts = await item_counts(uow, job_id)
    if any(counts.get(state, 0) for state in OPEN):
        return False
    job = await Repository(uow.session, Job).get(Job.id == job_id)
    if job is None or job.status in FINAL:
        return True
    status = _final_status(job, counts)
    values: dict[str, Any] = {
        "status": status,
        "current_step": STATUS_TEXTS[status],
        "completed_at": func.now(),
    }
    if status is JobStatus.COMPLETED and KINDS[job.type].steps:
        values["completed_steps"] = job.total_steps
    values |= await _result(uow, job, counts)
    await Repository(uow.session, Job).update(values, Job.id == job_id)
    note_ended(job.type, status, job.started_at)
    return True


async def item_counts(uow: UnitOfWork, job_id: JobID) -> Counts:
    """How many of a job's items stand how."""
    return (await counts_by_job(uow, [job_id])).get(job_id, {})


async def counts_by_job(uow: UnitOfWork, job_ids: Sequence[JobID]) -> dict[JobID, Counts]:
    """How many items of several jobs stand how."""
    statement = (
        select(JobItem.job_id, JobItem.state, func.count())
        .where(JobItem.job_id.in_(job_ids))
        .group_by(JobItem.job_id, JobItem.state)
    )
    counts: dict[JobID, Counts] = {}
    for job_id, state, count in (await uow.session.execute(statement)).all():
        counts.setdefault(job_id, {})[state] = count
    return counts


def _final_status(job: Job, counts: Counts) -> JobStatus:
    """Cancelled when anything was; failed when nothing was done, or not all of what is one thing; completed else."""
    if job.cancel_requested_at is not None and counts.get(JobItemState.CANCELLED, 0):
        return JobStatus.CANCELLED
    needed = KINDS[job.type].whole or not counts.get(JobItemState.DONE, 0)
    if needed and any(counts.get(state, 0) for state in GONE_WRONG):
        return JobStatus.FAILED
    return JobStatus.COMPLETED


async def _result(uow: UnitOfWork, job: Job, counts: Counts) -> dict[str, Any]:
    """Output and error: of its one item, or the counts of many."""
    if KINDS[job.type].steps:
        item = await Repository(uow.session, JobItem).get(JobItem.job_id == job.id)
        if item is None:
            return {}
        return {"output": item.output, "error_code": item.error_code, "error_message": item.error_message}
    failed = sum(counts.get(state, 0) for state in GONE_WRONG)
    result: dict[str, Any] = {"output": {"done": counts.get(JobItemState.DONE, 0), "failed": failed}}
    if failed and KINDS[job.type].whole:
        result |= await _first_failure(uow, job)
    elif failed and not counts.get(JobItemState.DONE, 0):
        result |= {"error_code": "all_failed", "error_message": "None of the items succeeded."}
    return result


async def _first_failure(uow: UnitOfWork, job: Job) -> dict[str, Any]:
    """What the first item that went wrong says."""
    where = (JobItem.job_id == job.id, JobItem.state.in_(GONE_WRONG))
    items = await Repository(uow.session, JobItem).get_all(*where, order_by=[JobItem.id.asc()], limit=1)
    return {"error_code": items[0].error_code, "error_message": items[0].error_message}
