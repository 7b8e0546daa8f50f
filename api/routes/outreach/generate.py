"""Writing a message to one lead: at once, streamed, or as a job."""

from typing import Annotated, Any

from fastapi import Body, Header, Response
from fastapi.responses import JSONResponse

from api.bootstrap import Services
from api.deps import CallerDep, PathIDOf, ServicesDep
from api.envelope import ok
from api.routes.research.scrape import PreferHeader, wants_job
from api.routing import api_router, route_options
from api.streaming.drafts import GRACE_SECONDS
from api.streaming.response import EventStreamResponse
from persistence.types import LeadID
from tools.access import Caller
from tools.jobs.schemas import JobStarted
from tools.messages.asking import read_outcome, start_drafting, wish_for
from tools.messages.generation import REQUEST_EXAMPLE, GeneratedOutreach, GenerateOutreach
from tools.outreach.drafter import Heard, Wish
from tools.schemas import Envelope

router = api_router("outreach")

RequestKey = Annotated[
    str | None,
    Header(alias="Idempotency-Key", include_in_schema=False, max_length=255),
]
"""Names the work itself too: under one key a message is written once, whatever becomes of the answer."""
AcceptHeader = Annotated[
    str | None, Header(description="`text/event-stream`: the draft is streamed as it is written.")
]
STREAM_EXAMPLE = """data: {"type":"subject","content":"planners for the night desk"}

data: {"type":"token","content":"Hi Jonna, "}

data: {"type":"reset"}

data: {"type":"message","content":{"message":{},"declined":null}}

data: {"type":"done"}

data: [DONE]

"""
ANSWERS: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The draft or the reason why there is none; as a stream: `token` and `subject` as they are written, "
        "`reset` (forget the text so far) when it is revised, `message` with the same as the JSON answer, `done`; "
        "or `error` {content, code, retryable}.",
        "content": {"text/event-stream": {"schema": {"type": "string"}, "example": STREAM_EXAMPLE}},
    },
    202: {"model": Envelope[JobStarted], "description": "A job writes it; ask for it at /jobs."},
}


@router.post(
    "/leads/{lead_id}/generate-outreach", response_model=Envelope[GeneratedOutreach], responses=ANSWERS
)
@route_options(limit="scrape")
async def generate_outreach(
    lead_id: PathIDOf[LeadID],
    caller: CallerDep,
    services: ServicesDep,
    body: Annotated[GenerateOutreach | None, Body(examples=[REQUEST_EXAMPLE])] = None,
    prefer: PreferHeader = None,
    accept: AcceptHeader = None,
    request_key: RequestKey = None,
) -> Envelope[GeneratedOutreach] | Response:
    """Write a message from what is stored about the lead, check it by code, and keep it as a draft; or say why not.

    Every sentence that names somebody, a number, a date or an event rests on evidence, or the message is declined.
    With `Prefer: respond-async` a job writes it. For members and above. The same while it is being written: 409.
    """
    async with services.transactions.open() as uow:
        wish = await wish_for(uow, caller, lead_id, body or GenerateOutreach(), request_id=request_key)
    if wants_job(prefer):
        return await _start(services, caller, wish)
    if "text/event-stream" in (accept or ""):
        return await _streamed(services, caller, wish)
    return ok(await _written(services, caller, wish, None), "The outreach was generated.")


async def _written(services: Services, caller: Caller, wish: Wish, heard: Heard | None) -> GeneratedOutreach:
    outcome = await services.drafter.draft(caller, wish, heard=heard)
    async with services.transactions.open() as uow:
        return await read_outcome(uow, outcome)


async def _streamed(services: Services, caller: Caller, wish: Wish) -> Response:
    """What keeps the draft from beginning is still an ordinary problem document."""
    draft = await services.drafts.start(lambda heard: _written(services, caller, wish, heard))
    return EventStreamResponse(draft.content, on_shutdown=draft.end_soon, grace=GRACE_SECONDS + 2)


async def _start(services: Services, caller: Caller, wish: Wish) -> JSONResponse:
    async with services.transactions.open() as uow:
        job = await start_drafting(uow, caller, wish, queue=services.queue)
    answer = ok(JobStarted(job_id=job.id, job_type=job.type), "The outreach is being written.")
    headers = {"Preference-Applied": "respond-async"}
    return JSONResponse(answer.model_dump(mode="json", by_alias=True), 202, headers)
