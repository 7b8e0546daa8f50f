"""OpenAI's endpoints under /openai/v1."""

import asyncio
import json
import time
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from tests.sandbox.behaviour import Rule
from tests.sandbox.calls import Call, fingerprint
from tests.sandbox.language import model
from tests.sandbox.openai import faults
from tests.sandbox.openai.answer import Answer, Envelope, ToolCall, tokens
from tests.sandbox.openai.request import ChatRequest, Refused, parse
from tests.sandbox.openai.stream import AnswerStream
from tests.sandbox.state import Sandbox

PREFIX = "/openai/v1"


def routes(sandbox: Sandbox) -> list[Route]:
    """The routes of the stand-in for OpenAI."""
    service = ChatService(sandbox)
    return [
        Route(f"{PREFIX}/chat/completions", service.complete, methods=["POST"]),
        Route(f"{PREFIX}/models", service.models, methods=["GET"]),
        Route(f"{PREFIX}/models/{{name}}", service.model, methods=["GET"]),
    ]


class ChatService:
    """The endpoints over one sandbox's state."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox

    async def complete(self, request: Request) -> Response:
        """POST /chat/completions."""
        try:
            return await self._complete(request)
        except Refused as refused:
            return refused.response()

    async def models(self, request: Request) -> Response:
        """GET /models."""
        self.sandbox.calls.record("openai", "models", request.url.path)
        if refused := _without_key(request):
            return refused.response()
        chosen = self.sandbox.behaviours.choose("openai", "models")
        if failing := await faults.refuse(chosen):
            return failing[0].response(**failing[1])
        return JSONResponse({"object": "list", "data": [_card(name) for name in self.sandbox.model_list()]})

    async def model(self, request: Request) -> Response:
        """GET /models/{name}."""
        self.sandbox.calls.record("openai", "models", request.url.path)
        name = request.path_params["name"]
        if refused := _without_key(request) or (
            None if name in self.sandbox.model_list() else _unknown(name)
        ):
            return refused.response()
        return JSONResponse(_card(name))

    async def _complete(self, request: Request) -> Response:
        if refused := _without_key(request):
            self.sandbox.calls.record("openai", "refused", request.url.path, status=401)
            raise refused
        try:
            body = await request.json()
            asked = parse(body)
        except (ValueError, Refused) as error:
            call = self.sandbox.calls.record("openai", "refused", request.url.path, status=400)
            if isinstance(error, Refused):
                raise
            call.body = (await request.body())[:2000].decode(errors="replace")
            raise Refused(
                400, "We could not parse the JSON body of your request.", kind="invalid_request_error"
            ) from error
        call = self._record(request, asked, body)
        chosen = self.sandbox.behaviours.choose("openai", asked.kind, asked.model)
        call.behaviour = list(chosen)
        if failing := await faults.refuse(chosen):
            call.status, call.ended_at = failing[0].status, time.time()
            return failing[0].response(**failing[1])
        if self.sandbox.models is not None and asked.model not in self.sandbox.models:
            call.status, call.ended_at = 404, time.time()
            raise _unknown(asked.model)
        return await self._answer(asked, chosen, call)

    async def _answer(self, asked: ChatRequest, chosen: dict[str, Rule], call: Call) -> Response:
        said = model.reply(
            asked.messages,
            schema=asked.schema,
            tools=asked.tools,
            tool_choice=asked.tool_choice,
            traits=set(chosen),
        )
        answer = Answer(
            said.text,
            [ToolCall(name, json.dumps(arguments, ensure_ascii=False)) for name, arguments in said.calls],
        )
        answer.finish_reason = "tool_calls" if answer.tool_calls else "stop"
        answer = faults.worsen(answer, asked, chosen)
        call.input_tokens, call.output_tokens = tokens(_text(asked.messages)), tokens(answer.spoken())
        envelope = Envelope(
            asked.model, f"{call.messages_hash}:{asked.schema is None}", call.input_tokens, call.output_tokens
        )
        pace = faults.pace(chosen, asked, answer, self.sandbox.token_delay)
        if asked.stream:
            return AsgiResponse(AnswerStream(answer, envelope, call, pace, usage=asked.include_usage))
        await asyncio.sleep(pace.before)
        call.first_token_at = call.ended_at = time.time()
        if pace.cut_after is not None:
            return AsgiResponse(_dropped)
        return JSONResponse(envelope.whole(answer))

    def _record(self, request: Request, asked: ChatRequest, body: dict[str, Any]) -> Call:
        if asked.model not in self.sandbox.models_seen:
            self.sandbox.models_seen.append(asked.model)
        return self.sandbox.calls.record(
            "openai",
            asked.kind,
            request.url.path,
            model=asked.model,
            stream=asked.stream,
            messages_hash=fingerprint(asked.messages),
            body=body,
        )


class AsgiResponse(Response):
    """A response that is an ASGI application of its own."""

    def __init__(self, application: Any) -> None:
        super().__init__()
        self.application = application

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Run it."""
        await self.application(scope, receive, send)


async def _dropped(_scope: Scope, _receive: Receive, send: Send) -> None:
    """Begin an answer and drop the connection."""
    headers = [(b"content-type", b"application/json"), (b"content-length", b"4096")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": b'{"id": "chatcmpl-', "more_body": True})


def _without_key(request: Request) -> Refused | None:
    scheme, _, key = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer" and key.strip():
        return None
    return Refused(
        401, "You didn't provide an API key.", kind="invalid_request_error", code="invalid_api_key"
    )


def _unknown(name: str) -> Refused:
    text = f"The model `{name}` does not exist or you do not have access to it."
    return Refused(404, text, kind="invalid_request_error", code="model_not_found")


def _card(name: str) -> dict[str, Any]:
    return {"id": name, "object": "model", "created": 1735689600, "owned_by": "system"}


def _text(messages: list[dict[str, Any]]) -> str:
    return json.dumps(messages, ensure_ascii=False)
