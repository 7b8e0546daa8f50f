"""JSON that Postgres can hold, made of whatever the source calls JSON."""

import json
import math
import re
from typing import Any

import orjson

SURROGATE = re.compile("[\ud800-\udfff]")
DEEPEST = 200


def storable_text(text: str) -> str:
    """A text without what Postgres can't hold: NUL is dropped, a lone surrogate becomes U+FFFD."""
    if "\x00" in text:
        text = text.replace("\x00", "")
    return text if text.isascii() else SURROGATE.sub("�", text)


def json_text(value: Any) -> str:
    """A JSON value as text for a jsonb column. Raises ValueError when it is nested too deeply."""
    return _dumped(_storable(value, 0))


def repaired(text: str) -> str | None:
    """The JSON that a text means, storable; None when it is no JSON."""
    try:
        return json_text(json.loads(text))
    except (ValueError, RecursionError):
        return None


def parsed(line: str | bytes) -> Any:
    """One JSON document. Raises ValueError."""
    try:
        return orjson.loads(line)
    except ValueError:
        # NaN and lone surrogates: the standard library lets them pass, and they are mended later.
        return json.loads(line)


def _dumped(value: Any) -> str:
    try:
        return orjson.dumps(value).decode()
    except TypeError:
        # A number beyond 64 bits: jsonb holds it, and so does the standard library.
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _storable(value: Any, depth: int) -> Any:
    if depth > DEEPEST:
        raise ValueError("nested too deeply")
    if isinstance(value, str):
        return storable_text(value)
    if isinstance(value, dict):
        return {storable_text(key): _storable(item, depth + 1) for key, item in value.items()}
    if isinstance(value, list):
        return [_storable(item, depth + 1) for item in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value
