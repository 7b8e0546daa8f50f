"""Faults of the model provider: refusals before the answer, and answers made worse."""

import json
import random
from typing import Any

from tests.sandbox.behaviour import Rule
from tests.sandbox.openai.answer import Answer, tokens
from tests.sandbox.openai.request import ChatRequest, Refused
from tests.sandbox.streaming import Fault, Pace

LONG_TEXT = "Word after word the answer goes on, so that a stream of any length can be had. "
REFUSALS: dict[str, tuple[int, str, str, str | None]] = {
    "rate_limited": (429, "Rate limit reached for requests", "requests", "rate_limit_exceeded"),
    "insufficient_quota": (
        429,
        "You exceeded your current quota, please check your plan and billing details.",
        "insufficient_quota",
        "insufficient_quota",
    ),
    "server_error": (500, "The server had an error while processing your request.", "server_error", None),
    "overloaded": (
        503,
        "The engine is currently overloaded, please try again later.",
        "server_error",
        None,
    ),
    "bad_request": (400, "Invalid request.", "invalid_request_error", None),
    "unauthorized": (401, "Incorrect API key provided.", "invalid_request_error", "invalid_api_key"),
}
"""Status, message, type and code of each mode that refuses a call."""
NONSENSE = "lorem banana 17 qux; the the the {[ of of marmalade ]} ~~ undefined NaN"


def refuse(chosen: dict[str, Rule]) -> tuple[Refused, dict[str, str]] | None:
    """The refusal that the behaviours of this call ask for, with its headers."""
    mode = next((mode for mode in REFUSALS if mode in chosen), None)
    if mode is None:
        return None
    after = chosen[mode].options.get("retryAfter", 1 if mode == "rate_limited" else None)
    return refusal(mode), {} if after is None else {"Retry-After": str(after)}


def refusal(mode: str) -> Refused:
    """What OpenAI says then."""
    status, text, kind, code = REFUSALS[mode]
    return Refused(status, text, kind=kind, code=code)


def worsen(answer: Answer, request: ChatRequest, chosen: dict[str, Rule], call_id: int) -> Answer:
    """The answer to a call as the behaviours leave it."""
    if "refusal" in chosen:
        return Answer(None, refusal="I'm sorry, I can't help with that request.")
    if request.kind == "text":
        answer = _replaced(answer, chosen, call_id)
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
            keep = int(chosen[mode].options.get("tokens", max(1, tokens(answer.spoken()) // 2)))
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
        _fails(result, "cut", rule, max(2, tokens(answer.spoken()) // 4))
    if (rule := chosen.get("garbage")) and garbage_variant(rule, request) == "chunk":
        _fails(result, "garbage", rule, 3)
    if rule := chosen.get("error_event"):
        _fails(result, "error", rule, 3)
    if rule := chosen.get("stall"):
        _fails(result, "stall", rule, 3)
        result.stall = float(rule.options.get("delay", result.stall))
        result.released = rule.removed
    if rule := chosen.get("no_finish"):
        _fails(result, "end", rule, None)
    return result


def _fails(pace: Pace, fault: Fault, rule: Rule, after: int | None) -> None:
    wanted = rule.options.get("after", after)
    pace.fault, pace.after = fault, None if wanted is None else int(wanted)


def garbage_variant(rule: Rule, request: ChatRequest) -> str:
    """chunk, schema, text or broken: as chosen, else by the rule's seed and how often it applied."""
    options: list[str] = ["schema", "text", "broken"] if request.kind != "text" else ["text", "broken"]
    if request.stream:
        options.append("chunk")
    wanted: Any = rule.options.get("variant")
    return str(wanted) if wanted in options else random.Random(f"{rule.seed}:{rule.applied}").choice(options)


def long_text(pieces: int, text: str = LONG_TEXT) -> str:
    """The words of this text, again and again, as a text that is streamed in this many pieces."""
    words = text.split()
    return " ".join(words[number % len(words)] for number in range(pieces))


def _replaced(answer: Answer, chosen: dict[str, Rule], call_id: int) -> Answer:
    """A text answer, or the text of a given length that stands in its place."""
    if rule := chosen.get("long"):
        words = str(rule.options.get("words", LONG_TEXT))
        return Answer(long_text(int(rule.options.get("tokens", 1500)), words))
    if rule := chosen.get("counted"):
        return Answer(counted_text(int(rule.options.get("tokens", 24)), call_id))
    return answer


def counted_text(pieces: int, call_id: int) -> str:
    """A text of so many words that tells of each word which call's it is, and which of that call's."""
    return " ".join(f"{call_id}.{number}" for number in range(1, pieces + 1))


def _cut(answer: Answer, keep: int, reason: str) -> Answer:
    text = answer.text[: keep * 4] if answer.text is not None else None
    for call in answer.tool_calls:
        call.arguments = call.arguments[: keep * 4]
    return Answer(text, answer.tool_calls, reason)
