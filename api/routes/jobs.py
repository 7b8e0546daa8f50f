"""Jobs: how they stand, and cancelling them."""

from typing import Annotated
from uuid import UUID

from fastapi import Query

from api.deps import CallerDep, PageDep, PathIDOf, ServicesDep, UnitOfWorkDep
from api.envelope import listed, ok
from api.routing import api_router
from persistence.models.job import AsyncJobType, JobStatus
from persistence.types import WorkspaceID
from tools.jobs import reading, service
from tools.jobs.schemas import JobRead
from tools.schemas import Envelope, PageEnvelope

router = api_router("jobs")

JobTypeQuery = Annotated[
    AsyncJobType | None,
    Query(alias="jobType", description="Taken for older clients; the id alone is enough."),
]
StatusQuery = Annotated[JobStatus | None, Query(description="Only jobs that stand so.")]


@router.get("/jobs/{job_id}")
async def get_job(
    job_id: UUID, caller: CallerDep, uow: UnitOfWorkDep, services: ServicesDep, job_type: JobTypeQuery = None
) -> Envelope[JobRead]:
    """How a job stands. A finished job can be read for a day, a failed one for a week."""
    settings = services.settings.worker
    job = await service.read_job(uow, caller, job_id, settings)
    return ok(await reading.show(uow, job, services.progress, settings))


@router.get("/jobs/workspace/{workspace_id}")
async def list_workspace_jobs(
    workspace_id: PathIDOf[WorkspaceID],
    caller: CallerDep,
    uow: UnitOfWorkDep,
    services: ServicesDep,
    page: PageDep,
    status: StatusQuery = None,
) -> PageEnvelope[JobRead]:
    """The workspace's jobs, newest first."""
    settings = services.settings.worker
    found = await service.list_jobs(uow, caller, workspace_id, page, settings, status=status)
    return listed(await reading.show_many(uow, found.items), found)


@router.post("/jobs/{job_id}/cancel")
async def cancel_job(
    job_id: UUID, caller: CallerDep, uow: UnitOfWorkDep, services: ServicesDep, job_type: JobTypeQuery = None
) -> Envelope[bool]:
    """Cancel a job: what has not begun never will, what is under way stops within a second. 409 when it is over."""
    await service.cancel_job(uow, caller, job_id, services.settings.worker)
    return ok(True, "The job is cancelled.")
