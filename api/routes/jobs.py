"""Jobs: how they stand, and cancelling them."""

import asyncio
from typing import Annotated
from uuid import UUID

from fastapi import Query, Response

from api.deps import CallerDep, PageDep, PathIDOf, ServicesDep, UnitOfWorkDep
from api.envelope import listed, ok
from api.routes.job_states import job_states, read_state
from api.routing import api_router
from api.streaming.response import EventStreamResponse
from persistence.models.job import AsyncJobType, JobStatus
from persistence.types import WorkspaceID
from tools.enrichment import doubts
from tools.enrichment.letting_go import BATCH, let_go
from tools.jobs import reading, service
from tools.jobs.review import Decision, ItemResolve, resolve_item
from tools.jobs.schemas import JobRead
from tools.prospecting import starting as searches
from tools.schemas import Envelope, PageEnvelope

router = api_router("jobs")

DECIDERS = {
    AsyncJobType.LEAD_ENRICHMENT: doubts.decide,
    AsyncJobType.BULK_LEAD_ENRICHMENT: doubts.decide,
    AsyncJobType.WIZA_SEARCH: searches.decide,
}
"""Who carries out a decision about an item, by what its job does."""

STREAMED = {
    "schema": {"type": "string"},
    "example": 'data: {"jobId": "…", "status": "processing"}\n\ndata: [DONE]\n\n',
}

JobTypeQuery = Annotated[
    AsyncJobType | None,
    Query(alias="jobType", description="Taken for older clients; the id alone is enough."),
]
SecondsQuery = Annotated[
    int, Query(ge=1, le=3_600, description="The most seconds to follow it; whoever wants more asks again.")
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


@router.get(
    "/jobs/{job_id}/events",
    response_class=Response,
    responses={200: {"description": "The states, streamed.", "content": {"text/event-stream": STREAMED}}},
)
async def follow_job(
    job_id: UUID, caller: CallerDep, services: ServicesDep, seconds: SecondsQuery = 900
) -> Response:
    """How a job stands, each time it changes, until it is over: server-sent events, each a state as `GET /jobs/{jobId}` tells it."""
    first = await read_state(services, caller, job_id)
    over = asyncio.Event()
    states = job_states(services, caller, job_id, first, over, seconds=seconds)
    return EventStreamResponse(states, on_shutdown=over.set, grace=1)


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
    async with services.transactions.open() as first:
        # Seen by the workers at once: to cancel each of many items takes longer.
        await service.ask_to_stop(first, caller, job_id, services.settings.worker)
    job = await service.cancel_job(uow, caller, job_id, services.settings.worker)
    while await let_go(uow, [job.id]) == BATCH:
        pass
    return ok(True, "The job is cancelled.")


@router.post("/jobs/{job_id}/items/{item_id}/resolve")
async def resolve_job_item(
    job_id: UUID,
    item_id: PathIDOf[int],
    body: ItemResolve,
    caller: CallerDep,
    uow: UnitOfWorkDep,
    services: ServicesDep,
) -> Envelope[JobRead]:
    """Decide about an item that needs review: nobody knows whether it cost credits already. For members and above.

    `retry` does it again, and the job goes on; `drop` leaves it. 409 when the item does not wait for a review.
    """
    settings = services.settings.worker
    job = await resolve_item(
        uow,
        caller,
        job_id,
        item_id,
        body.action,
        settings=settings,
        deciders=DECIDERS,
        queue=services.queue,
    )
    (snapshot,) = await reading.take_snapshots(uow, [job])
    return ok(snapshot.read, "It is done again." if body.action is Decision.RETRY else "It is left.")
