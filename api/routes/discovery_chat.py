"""The discovery talk: start a turn, come back to it, stop it, answer what it asks. Answers are streams or one JSON object."""

from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends, Header, Path, Query, Request, Response
from fastapi.responses import JSONResponse
from pydantic import ConfigDict, Field, SkipValidation, StringConstraints

from agents.runner import TurnHandle
from api.bootstrap import Services
from api.deps import CallerDep, PathIDOf, ServicesDep
from api.envelope import ok
from api.hot.chat import plain_chat
from api.routes.discovery import SessionPath
from api.routes.research.scrape import PreferHeader, wants_job
from api.routing import api_router, route_options
from api.streaming.answer import ChatAnswer, all_events, chat_answer
from api.streaming.cursor import Cursor
from api.streaming.turn_stream import Form, turn_stream
from persistence.types import WorkspaceID
from tools.access import Caller
from tools.generation.messages import start_talking
from tools.jobs.schemas import JobStarted
from tools.schemas import Envelope, WireModel
from tools.sessions import service
from tools.sessions.lookup import parse_reference
from tools.turns.bodies import (
    AiSdkBody,
    ApprovalBody,
    ChatRequest,
    MessageBody,
    PlainBody,
    Protocol,
    parse_chat,
)
from tools.turns.requests import ApprovalAnswer, ApprovalRequest, MessageRequest

router = api_router("discovery")

FormQuery = Annotated[
    Form | None, Query(description="The form of the stream; left out: what suits the body that was sent.")
]
ProtocolQuery = Annotated[
    Protocol,
    Query(description="Version of the AI SDK's chunks: `ai-7` for clients with version 7 of the package."),
]


@dataclass(frozen=True)
class Wire:
    """How a stream is wanted, where no body says it."""

    form: Form
    protocol: Protocol


def wire_of(
    stream_form: Annotated[FormQuery, Query(alias="format")] = None, protocol: ProtocolQuery = "ai-6"
) -> Wire:
    """The form and the protocol that a query names."""
    return Wire(stream_form or "ai-sdk", protocol)


ChatBody = Annotated[MessageBody | AiSdkBody | PlainBody, SkipValidation]
Key = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        min_length=1,
        max_length=200,
        description="Names the turn: again, it is joined.",
    ),
]
STREAMED: dict[int | str, dict[str, Any]] = {
    200: {"description": "The turn, streamed, or as one object.", "content": {"text/event-stream": {}}}
}


QUEUED = "A job runs the turn; ask for it at /jobs."


class StopBody(WireModel):
    """Which turn to stop."""

    turn_id: UUID | None = Field(None, description="Only this turn; left out: whichever runs.")
    message_id: Annotated[str, StringConstraints(min_length=1, max_length=200)] | None = Field(
        None,
        description="Only the turn of the message with this id of the client's; one that has not come yet is stopped when it does.",
    )


class Stopped(WireModel):
    """What was stopped."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"stopped": True, "turnId": "7e4d379f-10cf-4861-8df6-8cb4e646d3c3"}}
    )

    stopped: bool = Field(description="Whether a turn was running.")
    turn_id: UUID | None = Field(description="The turn that was stopped.")


@router.post(
    "/workspaces/{workspace_id}/discovery/chat",
    response_model=Envelope[ChatAnswer],
    responses={**STREAMED, 202: {"model": Envelope[JobStarted], "description": QUEUED}},
)
@route_options(body="chat", idempotent=False, asks_itself=True, plain=plain_chat)
async def chat(
    workspace_id: PathIDOf[WorkspaceID],
    body: ChatBody,
    request: Request,
    caller: CallerDep,
    services: ServicesDep,
    stream_form: Annotated[FormQuery, Query(alias="format")] = None,
    idempotency_key: Key = None,
    prefer: PreferHeader = None,
) -> Envelope[ChatAnswer] | Response:
    """Say something to the discovery agent; its answer is streamed in the AI SDK's form unless asked otherwise.

    With `Prefer: respond-async` a job runs the turn, and its output holds the answer; approvals and another answer to the
    same message are streamed nevertheless.
    """
    asked = parse_chat(body, _name(idempotency_key))
    if wants_job(prefer) and isinstance(asked.wanted, MessageRequest) and not asked.wanted.regenerate:
        return await _queue(services, caller, workspace_id, asked.wanted)
    turn = await _start(services, caller, workspace_id, asked)
    return await _answer(services, request, turn, stream_form or "ai-sdk", asked.protocol)


@router.post(
    "/workspaces/{workspace_id}/discovery/chat/stream",
    response_model=Envelope[ChatAnswer],
    responses=STREAMED,
)
@route_options(body="chat", idempotent=False, asks_itself=True)
async def stream_chat(
    workspace_id: PathIDOf[WorkspaceID],
    body: ChatBody,
    request: Request,
    caller: CallerDep,
    services: ServicesDep,
    stream_form: Annotated[FormQuery, Query(alias="format")] = None,
    idempotency_key: Key = None,
) -> Envelope[ChatAnswer] | Response:
    """The same, in the plain form unless the body is the AI SDK's."""
    asked = parse_chat(body, _name(idempotency_key))
    turn = await _start(services, caller, workspace_id, asked)
    suits: Form = "ai-sdk" if asked.form == "ai-sdk" else "plain"
    return await _answer(services, request, turn, stream_form or suits, asked.protocol)


@router.get(
    "/workspaces/{workspace_id}/discovery/chat/{sid}/stream",
    response_class=Response,
    responses={**STREAMED, 204: {"description": "No turn runs, and nothing of the last is unread."}},
)
@route_options(ticket=True)
async def resume_chat_stream(
    workspace_id: PathIDOf[WorkspaceID],
    sid: SessionPath,
    caller: CallerDep,
    services: ServicesDep,
    wire: Annotated[Wire, Depends(wire_of)],
    last_event_id: Annotated[
        str | None,
        Header(max_length=100, description="The last `id` that was received: only what follows is sent."),
    ] = None,
) -> Response:
    """Come back to the running turn: all of it from its start, or what follows `Last-Event-ID`."""
    cursor = Cursor.parse(last_event_id)
    after = None if cursor is None else cursor.whole_entry
    turn = await services.runner.find(caller, workspace_id, parse_reference(sid), after=after)
    if turn is None:
        return Response(status_code=204)
    return turn_stream(services.runner, turn, wire.form, wire.protocol, cursor)


@router.post("/workspaces/{workspace_id}/discovery/chat/{sid}/stop")
@route_options(idempotent=False)
async def stop_chat(
    workspace_id: PathIDOf[WorkspaceID],
    sid: SessionPath,
    caller: CallerDep,
    services: ServicesDep,
    body: StopBody | None = None,
) -> Envelope[Stopped]:
    """Stop the running turn and keep its text. Harmless when nothing runs."""
    wanted = body or StopBody()
    stopped = await services.runner.stop(
        caller, workspace_id, parse_reference(sid), turn_id=wanted.turn_id, message_id=wanted.message_id
    )
    return ok(
        Stopped(stopped=stopped is not None, turn_id=stopped), "Stopped." if stopped else "Nothing to stop."
    )


@router.post(
    "/workspaces/{workspace_id}/discovery/chat/{sid}/approvals/{approval_id}",
    response_model=Envelope[ChatAnswer],
    responses=STREAMED,
)
@route_options(idempotent=False, asks_itself=True)
async def answer_approval(
    workspace_id: PathIDOf[WorkspaceID],
    sid: SessionPath,
    approval_id: Annotated[str, Path(min_length=1, max_length=200, description="As the stream named it.")],
    body: ApprovalBody,
    request: Request,
    caller: CallerDep,
    services: ServicesDep,
    wire: Annotated[Wire, Depends(wire_of)],
) -> Envelope[ChatAnswer] | Response:
    """Say yes or no to what the agent wants to do; the turn that goes on is the answer."""
    answers = (ApprovalAnswer(approval_id, body.approved, body.reason),)
    wanted = ApprovalRequest(parse_reference(sid), answers)
    turn = await services.runner.answer(caller, workspace_id, wanted)
    return await _answer(services, request, turn, wire.form, wire.protocol)


def _name(idempotency_key: str | None) -> str | None:
    """The name of a turn that was given by header: apart from those that clients give to messages."""
    return None if idempotency_key is None else f"key:{idempotency_key}"


async def _queue(
    services: Services, caller: Caller, workspace_id: WorkspaceID, wanted: MessageRequest
) -> JSONResponse:
    async with services.transactions.open() as uow:
        job = await start_talking(
            uow, caller, workspace_id, wanted, settings=services.settings.turns, queue=services.queue
        )
        started = JobStarted(job_id=job.id, job_type=job.type)
    answer = ok(started, "Your message is being answered.")
    headers = {"Preference-Applied": "respond-async"}
    return JSONResponse(answer.model_dump(mode="json", by_alias=True), 202, headers)


async def _start(
    services: Services, caller: Caller, workspace_id: WorkspaceID, asked: ChatRequest
) -> TurnHandle:
    if isinstance(asked.wanted, ApprovalRequest):
        return await services.runner.answer(caller, workspace_id, asked.wanted)
    return await services.runner.start(caller, workspace_id, asked.wanted)


async def _answer(
    services: Services, request: Request, turn: TurnHandle, form: Form, protocol: Protocol
) -> Envelope[ChatAnswer] | Response:
    """The turn as a stream, or at its end as one object when the client takes only JSON."""
    accept = request.headers.get("accept", "")
    if "application/json" not in accept or "text/event-stream" in accept:
        return turn_stream(services.runner, turn, form, protocol)
    events = await all_events(services.runner.follow(turn.turn_id))
    async with services.transactions.open() as uow:
        count = await service.turn_count(uow, turn.session_id)
    return ok(chat_answer(events, session_id=turn.session_id, turn_id=str(turn.turn_id), turn_count=count))
