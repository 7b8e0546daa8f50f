"""Gemini's endpoints under /gemini/v1beta."""

import json
import time
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.sandbox.behaviour import Rule
from tests.sandbox.calls import Call, fingerprint
from tests.sandbox.gemini import faults, refused
from tests.sandbox.gemini.answer import THOUGHTS, Envelope, SeenPrompts, wire
from tests.sandbox.gemini.refused import Refused
from tests.sandbox.gemini.request import parse, thinks
from tests.sandbox.language import model
from tests.sandbox.openai.answer import Answer, ToolCall, tokens
from tests.sandbox.openai.faults import pace, worsen
from tests.sandbox.openai.request import ChatRequest
from tests.sandbox.state import Sandbox
from tests.sandbox.streaming import AnswerStream, DroppedAnswer, silence

PREFIX = "/gemini/v1beta"
PROVIDER = "gemini"


def routes(sandbox: Sandbox) -> list[Route]:
    """The routes of the stand-in for Gemini."""
    service = GeminiService(sandbox)
    return [
        Route(f"{PREFIX}/models", service.models, methods=["GET"]),
        Route(f"{PREFIX}/models/{{name}}:{{method}}", service.generate, methods=["POST"]),
        Route(f"{PREFIX}/models/{{name}}", service.model, methods=["GET"]),
    ]


class GeminiService:
    """The endpoints over one sandbox's state."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox
        self.prompts = SeenPrompts()

    async def generate(self, request: Request) -> Response:
        """POST /models/{name}:generateContent and :streamGenerateContent."""
        try:
            return await self._generate(request)
        except Refused as refusal:
            return refusal.response()

    async def models(self, request: Request) -> Response:
        """GET /models?pageSize=&pageToken=."""
        self.sandbox.calls.record(PROVIDER, "models", request.url.path)
        if not _key(request):
            return refused.without_key().response()
        chosen = self.sandbox.behaviours.choose(PROVIDER, "models")
        if rule := chosen.get("hang"):
            await silence(request.receive, float(rule.options.get("delay", 3600)))
        if failing := faults.refuse(chosen, "-"):
            return failing.response()
        names = self.sandbox.model_list(PROVIDER)
        try:
            size = min(int(request.query_params.get("pageSize") or 50), 1000)
            start = int(request.query_params.get("pageToken") or 0)
        except ValueError:
            return refused.invalid("Invalid page token or size.").response()
        page: dict[str, Any] = {"models": [_card(name) for name in names[start : start + size]]}
        if start + size < len(names):
            page["nextPageToken"] = str(start + size)
        return JSONResponse(page)

    async def model(self, request: Request) -> Response:
        """GET /models/{name}."""
        self.sandbox.calls.record(PROVIDER, "models", request.url.path)
        name = request.path_params["name"]
        if not _key(request):
            return refused.without_key().response()
        if name not in self.sandbox.model_list(PROVIDER):
            return refused.unknown_model(name).response()
        return JSONResponse(_card(name))

    async def _generate(self, request: Request) -> Response:
        name, method = request.path_params["name"], request.path_params["method"]
        try:
            _check(request, method)
            body = await _json(request)
            asked = parse(name, body, stream=method == "streamGenerateContent")
        except Refused as refusal:
            call = self.sandbox.calls.record(PROVIDER, "refused", request.url.path, status=refusal.code)
            call.body = (await request.body())[:2000].decode(errors="replace")
            raise
        call = self._record(request, asked, body)
        chosen = self.sandbox.behaviours.choose(PROVIDER, asked.kind, name)
        call.behaviour = list(chosen)
        with self.sandbox.calls.answering(call):
            if rule := chosen.get("hang"):
                hung = await silence(request.receive, float(rule.options.get("delay", 3600)))
                call.closed_by_client = hung
            failing = faults.refuse(chosen, name)
            if not failing and not self.sandbox.has_model(PROVIDER, name):
                failing = refused.unknown_model(name)
            if failing:
                call.status = failing.code
                raise failing
            return await self._answer(request, asked, chosen, call)

    async def _answer(
        self, request: Request, asked: ChatRequest, chosen: dict[str, Rule], call: Call
    ) -> Response:
        answer = faults.worsen(worsen(_said(asked, chosen, call), asked, chosen, call.id), chosen)
        envelope = self._envelope(answer, asked, call)
        speed = pace(chosen, asked, answer, self.sandbox.token_delay)
        if asked.stream and request.query_params.get("alt") == "sse":
            rule = chosen.get("error_event")
            error = faults.refusal(
                str(rule.options.get("error", "server_error")) if rule else "server_error", asked.model
            )
            return AnswerStream(wire(answer, envelope, error), call, self.sandbox.calls, speed)
        call.closed_by_client = await silence(request.receive, speed.before)
        call.first_token_at = time.time()
        if speed.fault == "cut":
            return DroppedAnswer()
        if asked.stream:
            return JSONResponse([*envelope.pieces(answer), envelope.last(answer)])
        return JSONResponse(envelope.whole(answer))

    def _envelope(self, answer: Answer, asked: ChatRequest, call: Call) -> Envelope:
        prompt = json.dumps(asked.messages, ensure_ascii=False).removesuffix("]")
        call.input_tokens, call.output_tokens = tokens(prompt), tokens(answer.spoken())
        return Envelope(
            asked.model,
            f"{call.messages_hash}:{asked.schema is None}",
            call.input_tokens,
            call.output_tokens,
            cached_tokens=self.prompts.cached_tokens(prompt),
            thought_tokens=THOUGHTS if thinks(call.body) else 0,
        )

    def _record(self, request: Request, asked: ChatRequest, body: dict[str, Any]) -> Call:
        self.sandbox.saw_model(PROVIDER, asked.model)
        return self.sandbox.calls.record(
            PROVIDER,
            asked.kind,
            request.url.path,
            model=asked.model,
            stream=asked.stream,
            messages_hash=fingerprint(asked.messages),
            body=body,
        )


def _said(asked: ChatRequest, chosen: dict[str, Rule], call: Call) -> Answer:
    """What the sandbox's language model answers."""
    said = model.reply(
        asked.messages,
        schema=asked.schema,
        tools=asked.tools,
        tool_choice=asked.tool_choice,
        traits=set(chosen),
    )
    call.invented = said.invented
    calls = [ToolCall(name, json.dumps(arguments, ensure_ascii=False)) for name, arguments in said.calls]
    return Answer(said.text, calls, "tool_calls" if calls else "stop")


def _check(request: Request, method: str) -> None:
    """Raises Refused without a key, or for a method that the stand-in doesn't have."""
    if not _key(request):
        raise refused.without_key()
    if method not in {"generateContent", "streamGenerateContent"}:
        raise Refused(404, f"Unknown method {method}.")


async def _json(request: Request) -> Any:
    try:
        return await request.json()
    except ValueError as error:
        raise refused.invalid("Invalid JSON payload received. Unexpected token.") from error


def _key(request: Request) -> bool:
    return bool((request.headers.get("x-goog-api-key") or request.query_params.get("key") or "").strip())


def _card(name: str) -> dict[str, Any]:
    return {
        "name": f"models/{name}",
        "version": "001",
        "displayName": name.replace("-", " ").title(),
        "inputTokenLimit": 1048576,
        "outputTokenLimit": 65536,
        "supportedGenerationMethods": ["generateContent", "countTokens"],
        "temperature": 1,
        "topP": 0.95,
        "topK": 64,
        "thinking": True,
    }
