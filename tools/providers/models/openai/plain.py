"""Events that end a stream, read without the openai package's classes: their only news are text, finish reason and usage.

langchain-openai reads the JSON of such an event as it reads what those classes make of it. A contract test compares both.
"""

from typing import Any

import orjson

from tools.providers.models.openai.events import says_other

COUNTS = ("prompt_tokens", "completion_tokens", "total_tokens")
DETAILS = ("prompt_tokens_details", "completion_tokens_details")


def plain_chunk(event: bytes) -> dict[str, Any] | None:
    """The chunk in such an event; None when the stock classes have to look at it, for anything else at all."""
    if b"\n" in event or not event.startswith(b"data:"):
        return None
    try:
        chunk = orjson.loads(event[5:])
        choices, usage = chunk["choices"], chunk.get("usage")
        plain = _are_plain(chunk, choices) and (usage is None or _counts(usage))
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
    return chunk if plain else None


def _are_plain(chunk: dict[str, Any], choices: Any) -> bool:
    if choices == []:
        return not says_other(chunk, {})
    [choice] = choices
    delta = choice["delta"]
    return (
        isinstance(delta.get("content"), str | None)
        and isinstance(choice.get("finish_reason"), str | None)
        and choice.get("logprobs") is None
        and not says_other(chunk, delta)
    )


def _counts(usage: dict[str, Any]) -> bool:
    """Whether all that is counted is counted in whole numbers."""
    details = [usage.get(name) for name in DETAILS]
    return all(type(usage.get(name)) is int for name in COUNTS) and all(
        part is None or all(type(count) is int or count is None for count in part.values())
        for part in details
    )
