"""OpenAI's endpoints under /openai/v1."""

import json
import time
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.sandbox.behaviour import Rule
from tests.sandbox.calls import Call, fingerprint
from tests.sandbox.language import model
from tests.sandbox.openai import faults
from tests.sandbox.openai.answer import Answer, Envelope, ToolCall, tokens
from tests.sandbox.openai.request import ChatRequest, Refused, parse
from tests.sandbox.openai.stream import wire
from tests.sandbox.state import Sandbox
from tests.sandbox.streaming import AnswerStream, DroppedAnswer, silence

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
        if rule := chosen.get("hang"):
            await silence(request.receive, float(rule.options.get("delay", 3600)))
        if failing := faults.refuse(chosen):
            return failing[0].response(**failing[1])
        return JSONResponse(
            {"object": "list", "data": [_card(name) for name in self.sandbox.model_list("openai")]}
        )

    async def model(self, request: Request) -> Response:
        """GET /models/{name}."""
        self.sandbox.calls.record("openai", "models", request.url.path)
        name = request.path_params["name"]
        if refused := _without_key(request) or (
            None if name in self.sandbox.model_list("openai") else _unknown(name)
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
        with self.sandbox.calls.answering(call):
            if rule := chosen.get("hang"):
                hung = await silence(request.receive, float(rule.options.get("delay", 3600)))
                call.closed_by_client = hung
            if failing := faults.refuse(chosen):
                call.status = failing[0].status
                return failing[0].response(**failing[1])
            if not self.sandbox.has_model("openai", asked.model):
                call.status = 404
                raise _unknown(asked.model)
            return await self._answer(request, asked, chosen, call)

    async def _answer(
        self, request: Request, asked: ChatRequest, chosen: dict[str, Rule], call: Call
    ) -> Response:
        said = model.reply(
            asked.messages,
            schema=asked.schema,
            tools=asked.tools,
            tool_choice=asked.tool_choice,
            traits=set(chosen),
        )
        call.invented = said.invented
        answer = Answer(
            said.text,
            [ToolCall(name, json.dumps(arguments, ensure_ascii=False)) for name, arguments in said.calls],
        )
        answer.finish_reason = "tool_calls" if answer.tool_calls else "stop"
        answer = faults.worsen(answer, asked, chosen, call.id)
        call.input_tokens, call.output_tokens = tokens(_text(asked.messages)), tokens(answer.spoken())
        envelope = Envelope(
            asked.model, f"{call.messages_hash}:{asked.schema is None}", call.input_tokens, call.output_tokens
        )
        pace = faults.pace(chosen, asked, answer, self.sandbox.token_delay)
        if asked.stream:
            error = faults.refusal(_error_mode(chosen))
            events = wire(answer, envelope, error, usage=asked.include_usage)
            return AnswerStream(events, call, self.sandbox.calls, pace)
        call.closed_by_client = await silence(request.receive, pace.before)
        call.first_token_at = time.time()
        if pace.fault == "cut":
            return DroppedAnswer()
        return JSONResponse(envelope.whole(answer))

    def _record(self, request: Request, asked: ChatRequest, body: dict[str, Any]) -> Call:
        self.sandbox.saw_model("openai", asked.model)
        return self.sandbox.calls.record(
            "openai",
            asked.kind,
            request.url.path,
            model=asked.model,
            stream=asked.stream,
            messages_hash=fingerprint(asked.messages),
            body=body,
        )


def _error_mode(chosen: dict[str, Rule]) -> str:
    """What the error in the stream is about: any mode that refuses."""
    rule = chosen.get("error_event")
    return str(rule.options.get("error", "server_error")) if rule else "server_error"


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
