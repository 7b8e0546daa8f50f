"""Jobs for people: start, look, list, cancel."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID, uuid4

from sqlalchemy import func, select

from persistence.models.entity import JsonObject
from persistence.models.job import AsyncJobType, Job, JobItem, JobItemState, JobStatus
from persistence.models.workspace import ProjectRole
from persistence.repositories import Repository
from persistence.session import UnitOfWork
from persistence.types import CampaignID, JobID, LeadID, WorkspaceID, utc_now
from tools.access import Caller, require_role
from tools.errors import Conflict, NotFound
from tools.jobs.children import children_of
from tools.jobs.claims import CHUNK
from tools.jobs.closing import close_if_finished, lock_job
from tools.jobs.lifetimes import readable
from tools.jobs.settings import WorkerSettings
from tools.jobs.steps import FINAL, KINDS, STATUS_TEXTS
from tools.paging import Page, PageRequest, page_of
from tools.queue import Queue


@dataclass(frozen=True)
class NewItem:
    """One piece of work of a new job."""

    input: JsonObject
    lead_id: LeadID | None = None


async def submit(  # noqa: PLR0913 — the one way in of all jobs
    uow: UnitOfWork,
    caller: Caller,
    workspace_id: WorkspaceID,
    job_type: AsyncJobType,
    items: Sequence[NewItem],
    *,
    queue: Queue,
    campaign_id: CampaignID | None = None,
    input_: JsonObject | None = None,
    job_id: JobID | None = None,
) -> Job:
    """Make a job and its items; the workers hear of it once `uow` is committed. All ids in `items` were checked before.

    `input_` is what all items are told. `job_id`: its id, where another job asks for it (`children.py`). Raises NotFound or Forbidden when the caller may not start work in the workspace.
    """
    await require_role(uow, caller, workspace_id, ProjectRole.MEMBER)
    kind = KINDS[job_type]
    job = Job(
        id=job_id or JobID(uuid4()),
        workspace_id=workspace_id,
        user_id=caller.user_id,
        campaign_id=campaign_id,
        input=input_ or {},
        type=job_type,
        status=JobStatus.QUEUED,
        total_steps=len(kind.steps) or len(items),
        current_step=STATUS_TEXTS[JobStatus.QUEUED],
    )
    await Repository(uow.session, Job).create(job)
    rows = [
        JobItem(
            job_id=job.id, position=position, lead_id=item.lead_id, input=item.input, dispatched_at=func.now()
        )
        for position, item in enumerate(items)
    ]
    for start in range(0, len(rows), CHUNK):
        await Repository(uow.session, JobItem).create(*rows[start : start + CHUNK])
    await queue.later(uow, kind.task, job_id=str(job.id))
    return job


async def read_job(uow: UnitOfWork, caller: Caller, job_id: UUID, settings: WorkerSettings) -> Job:
    """A job of one of the caller's workspaces. Raises NotFound when there is none, or no longer."""
    return await job_of(uow, caller, job_id, ProjectRole.VIEWER, settings)


async def list_jobs(
    uow: UnitOfWork,
    caller: Caller,
    workspace_id: WorkspaceID,
    page: PageRequest,
    settings: WorkerSettings,
    *,
    status: JobStatus | None = None,
) -> Page[Job]:
    """The workspace's jobs, newest first."""
    await require_role(uow, caller, workspace_id)
    statement = select(Job).where(Job.workspace_id == workspace_id, readable(settings))
    if status is not None:
        statement = statement.where(Job.status == status)
    return await page_of(uow, statement, (Job.created_at, Job.id), page, descending=True)


async def ask_to_stop(uow: UnitOfWork, caller: Caller, job_id: UUID, settings: WorkerSettings) -> None:
    """Let whoever works on a job, or on one that it started, begin nothing more. Raises NotFound, Forbidden."""
    job = await job_of(uow, caller, job_id, ProjectRole.MEMBER, settings)
    ids = [job.id, *children_of(job.id, job.type)]
    asked = {"cancel_requested_at": func.coalesce(Job.cancel_requested_at, func.now())}
    await Repository(uow.session, Job).update(asked, Job.id.in_(ids), Job.status.not_in(FINAL))


async def cancel_job(uow: UnitOfWork, caller: Caller, job_id: UUID, settings: WorkerSettings) -> Job:
    """Cancel what has not begun, in the jobs it started too; what is under way stops before its next step.

    Asking again changes nothing. Raises Conflict when the job is over.
    """
    job = await job_of(uow, caller, job_id, ProjectRole.MEMBER, settings)
    locked = await lock_job(uow, job.id)
    if locked is None:
        raise NotFound("There is no such job.")
    if locked.status in FINAL:
        if locked.status is JobStatus.CANCELLED:
            return locked
        raise Conflict(f"The job is {locked.status.value} already.", code="job_over")
    await _stop(uow, job.id)
    for child in children_of(job.id, job.type):
        started = await lock_job(uow, child)
        if started is not None and started.status not in FINAL:
            await _stop(uow, child)
    fresh = await lock_job(uow, job.id)
    assert fresh is not None
    return fresh


async def _stop(uow: UnitOfWork, job_id: JobID) -> None:
    """Cancel what of a locked job has not begun, and ask the rest to stop."""
    jobs, items = Repository(uow.session, Job), Repository(uow.session, JobItem)
    await jobs.update(
        {"cancel_requested_at": func.coalesce(Job.cancel_requested_at, func.now())}, Job.id == job_id
    )
    pending = (JobItem.job_id == job_id, JobItem.state == JobItemState.PENDING)
    await items.update({"state": JobItemState.CANCELLED, "finished_at": utc_now()}, *pending)
    await close_if_finished(uow, job_id)


async def job_of(
    uow: UnitOfWork, caller: Caller, job_id: UUID, minimum: ProjectRole, settings: WorkerSettings
) -> Job:
    """The one way to a job's row: through its reader's membership. Raises NotFound and Forbidden."""
    job = await Repository(uow.session, Job).get(Job.id == job_id, readable(settings))
    if job is None:
        raise NotFound("There is no such job.")
    try:
        await require_role(uow, caller, job.workspace_id, minimum)
    except NotFound as missing:
        raise NotFound("There is no such job.") from missing
    return job
