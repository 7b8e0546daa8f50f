"""Outreach in the shape of the plan's AI service: texts of a first message, a note and a follow-up."""

from typing import Any

from fastapi import Response
from fastapi.responses import JSONResponse

from api.deps import CallerDep, ServicesDep
from api.envelope import ok
from api.routes.outreach.generate import RequestKey
from api.routing import api_router, route_options
from tools.jobs.schemas import JobStarted
from tools.messages.bulk import start_batch
from tools.messages.composing import Composer
from tools.messages.generation import (
    MAX_BATCH,
    AiBatchItem,
    AiBatchRequest,
    AiOutreachRead,
    AiOutreachRequest,
)
from tools.schemas import Envelope

router = api_router("outreach")

JOB_STARTED: dict[int | str, dict[str, Any]] = {
    202: {"model": Envelope[JobStarted], "description": "A job writes them; ask for it at /jobs."}
}


@router.post("/ai/outreach/generate", response_model=Envelope[AiOutreachRead])
@route_options(limit="scrape")
async def compose_outreach(
    body: AiOutreachRequest, caller: CallerDep, services: ServicesDep, request_key: RequestKey = None
) -> Envelope[AiOutreachRead] | Response:
    """Write a first message to a lead, and a connection request and a follow-up when wanted; each is kept as a draft.

    Each is checked as `/leads/{id}/generate-outreach` says. For members and above.
    """
    composer = Composer(services.transactions.open, services.drafter)
    written = await composer.compose(caller, body, request_id=request_key)
    return ok(written, "The outreach was generated.")


@router.post("/ai/outreach/generate/batch", response_model=Envelope[list[AiBatchItem]], responses=JOB_STARTED)
@route_options(limit="scrape", body="batch")
async def compose_outreach_batch(
    body: AiBatchRequest, caller: CallerDep, services: ServicesDep, request_key: RequestKey = None
) -> Envelope[list[AiBatchItem]] | Response:
    """Write first messages to many leads. What fails for one lead is told of that lead; the rest is written.

    More than 20 leads, all of one campaign, are written to by a job.
    """
    if len(set(body.lead_ids)) > MAX_BATCH:
        async with services.transactions.open() as uow:
            job = await start_batch(uow, caller, body, queue=services.queue)
        answer = ok(JobStarted(job_id=job.id, job_type=job.type), "The outreach is being written.")
        return JSONResponse(answer.model_dump(mode="json", by_alias=True), 202)
    composer = Composer(services.transactions.open, services.drafter)
    items = await composer.compose_many(caller, body.lead_ids, body.tone, request_id=request_key)
    return ok(items, "The outreach was generated.")
