"""Faults of the model provider: refusals before the answer, and answers made worse."""

import asyncio
import json
import random
from typing import Any

from tests.sandbox.behaviour import Rule
from tests.sandbox.openai.answer import Answer, tokens
from tests.sandbox.openai.request import ChatRequest, Refused
from tests.sandbox.openai.stream import Pace

LONG_TEXT = "Word after word the answer goes on, so that a stream of any length can be had. "
NONSENSE = "lorem banana 17 qux; the the the {[ of of marmalade ]} ~~ undefined NaN"


async def refuse(chosen: dict[str, Rule]) -> tuple[Refused, dict[str, str]] | None:
    """The refusal that the behaviours of this call ask for, with its headers; hangs when told so."""
    if "hang" in chosen:
        await asyncio.sleep(float(chosen["hang"].options.get("delay", 3600)))
    if rule := chosen.get("rate_limited"):
        after = str(rule.options.get("retryAfter", 1))
        limited = Refused(429, "Rate limit reached for requests", kind="requests", code="rate_limit_exceeded")
        return limited, {"Retry-After": after}
    if "insufficient_quota" in chosen:
        text = "You exceeded your current quota, please check your plan and billing details."
        return Refused(429, text, kind="insufficient_quota", code="insufficient_quota"), {}
    if "server_error" in chosen:
        return Refused(500, "The server had an error while processing your request.", kind="server_error"), {}
    if "overloaded" in chosen:
        return Refused(
            503, "The engine is currently overloaded, please try again later.", kind="server_error"
        ), {}
    return None


def worsen(answer: Answer, request: ChatRequest, chosen: dict[str, Rule]) -> Answer:
    """The answer as the behaviours leave it."""
    if "refusal" in chosen:
        return Answer(None, refusal="I'm sorry, I can't help with that request.")
    if (rule := chosen.get("long")) and request.kind == "text":
        answer = Answer(long_text(int(rule.options.get("tokens", 1500))))
    if rule := chosen.get("garbage"):
        variant = garbage_variant(rule, request)
        if variant == "schema":
            answer = Answer(json.dumps({"unexpected": [1, None, {"shape": True}]}))
        elif variant == "text":
            answer = Answer(NONSENSE)
        elif variant == "broken":
            answer = Answer((answer.text or NONSENSE)[: max(5, len(answer.text or "") // 2)])
    for mode in ("length", "content_filter"):
        if mode in chosen:
            keep = int(chosen[mode].options.get("tokens", 0)) or max(1, tokens(answer.spoken()) // 2)
            answer = _cut(answer, keep, mode)
    if request.max_tokens is not None and tokens(answer.spoken()) > request.max_tokens:
        answer = _cut(answer, request.max_tokens, "length")
    return answer


def pace(chosen: dict[str, Rule], request: ChatRequest, answer: Answer, between: float) -> Pace:
    """How the stream of this call runs."""
    result = Pace(between=between)
    if rule := chosen.get("slow"):
        result.before = float(rule.options.get("delay", 2.0))
        result.between = float(rule.options.get("tokenDelay", between))
    if rule := chosen.get("cut"):
        result.cut_after = int(rule.options.get("after", max(2, tokens(answer.spoken()) // 4)))
    if (rule := chosen.get("garbage")) and garbage_variant(rule, request) == "chunk":
        result.break_after = int(rule.options.get("after", 3))
    result.finish = "no_finish" not in chosen
    return result


def garbage_variant(rule: Rule, request: ChatRequest) -> str:
    """chunk, schema, text or broken: as chosen, else by the rule's seed and how often it applied."""
    options: list[str] = ["schema", "text", "broken"] if request.kind != "text" else ["text", "broken"]
    if request.stream:
        options.append("chunk")
    wanted: Any = rule.options.get("variant")
    return str(wanted) if wanted in options else random.Random(f"{rule.seed}:{rule.applied}").choice(options)


def long_text(pieces: int) -> str:
    """A text that is streamed in this many pieces."""
    words = LONG_TEXT.split(" ")[:-1]
    return " ".join(words[number % len(words)] for number in range(pieces))


def _cut(answer: Answer, keep: int, reason: str) -> Answer:
    text = answer.text[: keep * 4] if answer.text is not None else None
    for call in answer.tool_calls:
        call.arguments = call.arguments[: keep * 4]
    return Answer(text, answer.tool_calls, reason)
