"""Plain answers, read without the openai package's and LangChain's objects: whole ones, and events that end a stream.

They say text, finish reason and usage, and nothing else; anything else is for the stock classes, and None here. A contract
test compares what is read here with what LangChain's message says.
"""

from types import NoneType
from typing import Any

import orjson

from tools.providers.models.openai.events import says_other
from tools.providers.models.openai.said import Said
from tools.providers.models.provider import TokenCount

ODD = (ValueError, KeyError, TypeError, AttributeError)
"""What looking at something else raises."""
COUNTS = ("prompt_tokens", "completion_tokens", "total_tokens")
WHOLE = frozenset({int})
WHOLE_OR_NONE = frozenset({int, NoneType})
TEXT_OR_NONE = frozenset({str, NoneType})
OTHER_TIERS = ("priority", "flex")
"""What these read from the cache LangChain tells under names of their own, which nobody reads."""


def plain_answer(answer: Any) -> Said | None:
    """What a whole answer says."""
    try:
        [choice] = answer["choices"]
        message = choice["message"]
        return _said(answer, choice, message) if message["role"] == "assistant" else None
    except ODD:
        return None


def plain_end(event: bytes) -> Said | None:
    """What an event of a stream says, most likely one of its last."""
    if b"\n" in event or not event.startswith(b"data:"):
        return None
    try:
        chunk = orjson.loads(event[5:])
        choices = chunk["choices"]
        if choices == []:
            return None if "chunk" in chunk else _said(chunk, {}, {})
        [choice] = choices
        return _said(chunk, choice, choice["delta"])
    except ODD:
        return None


def _said(whole: dict[str, Any], choice: dict[str, Any], part: dict[str, Any]) -> Said:
    """What this part of an answer says. Raises one of ODD when that is more than text, finish reason and usage."""
    text, reason = part.get("content"), choice.get("finish_reason")
    texts = (text, reason, part.get("id"), part.get("name"))
    if not TEXT_OR_NONE.issuperset(map(type, texts)) or reason == "" or choice.get("logprobs") is not None:
        raise ValueError
    if says_other(whole, part):
        raise ValueError
    usage = whole.get("usage")
    return Said(text or "", reason, None if usage is None else _counted(usage, whole.get("service_tier")))


def _counted(usage: dict[str, Any], tier: Any) -> TokenCount:
    """Raises one of ODD unless all that is counted is counted in whole numbers."""
    read, written = usage.get("prompt_tokens_details"), usage.get("completion_tokens_details")
    if type(tier) not in TEXT_OR_NONE or not WHOLE.issuperset(map(type, map(usage.get, COUNTS))):
        raise ValueError
    for details in (read, written):
        if details is not None and not WHOLE_OR_NONE.issuperset(map(type, details.values())):
            raise ValueError
    cached = read.get("cached_tokens") if read and tier not in OTHER_TIERS else None
    return TokenCount(usage["prompt_tokens"], usage["completion_tokens"], cached or 0)
