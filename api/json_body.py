"""Request bodies, read strictly: bounded in size and depth, with nothing in them that can't be stored.

Refused, with a pointer: NaN and Infinity, NUL, lone surrogates, invalid UTF-8, numbers past int64, depth over 32.
Of a repeated key the last one counts, as in JavaScript.
"""

import json
import math
from collections.abc import Mapping
from typing import Any, NoReturn

import orjson
from starlette.exceptions import HTTPException
from starlette.types import Message, Receive

from persistence.types import MAX_BIGINT
from tools.errors import FieldError, Invalid
from tools.text.storable import ESCAPED_NUL, storable

MAX_DEPTH = 32
HOLDERS, NUMBERS = frozenset({dict, list}), frozenset({int, float})
LOOKED_AT = HOLDERS | NUMBERS
"""Types of what the fast reader makes, without text and true, false, null."""


def limited(receive: Receive, headers: Mapping[str, str], limit: int) -> Receive:
    """`receive` that raises HTTPException(413) once more than `limit` bytes came, or at once when more are announced.

    The framework's own exception, because its body readers hide every other kind behind a 400.
    """
    announced = headers.get("content-length", "")
    if announced.isdigit() and int(announced[:19]) > limit:
        raise _too_large(limit)
    received = 0

    async def receive_limited() -> Message:
        nonlocal received
        message = await receive()
        received += len(message.get("body", b""))
        if received > limit:
            raise _too_large(limit)
        return message

    return receive_limited


def _too_large(limit: int) -> HTTPException:
    return HTTPException(413, f"The body may have at most {limit} bytes.", {"Connection": "close"})


def is_json(content_type: str) -> bool:
    """Whether a content type says JSON."""
    media_type = content_type.partition(";")[0].strip().lower()
    return media_type == "application/json" or (
        media_type.startswith("application/") and media_type.endswith("+json")
    )


def parse(body: bytes) -> Any:
    """The JSON value of a body. Raises Invalid naming the first thing that is wrong."""
    try:
        value = orjson.loads(body)
    except orjson.JSONDecodeError:
        value = _explain(body)
    else:
        # The fast reader refuses lone surrogates itself.
        if ESCAPED_NUL not in body and _is_plain(value):
            return value
    _check(value)
    return value


def _is_plain(root: Any) -> bool:
    """Whether every number fits and nothing is nested too deep: all that `_check` asks besides text, at a tenth of its cost."""
    level = [root]
    for _ in range(MAX_DEPTH + 1):
        holders = [value for value in level if type(value) in HOLDERS]
        if not all(_fits(value) for value in level if type(value) in NUMBERS):
            return False
        if not holders:
            return True
        members = (holder.values() if type(holder) is dict else holder for holder in holders)
        level = [value for inside in members for value in inside if type(value) in LOOKED_AT]
    return False


def _explain(body: bytes) -> Any:
    """What the fast reader refused, read by the lenient one, so that `_check` can point at it."""
    try:
        return json.loads(body.decode(), parse_int=_whole_number)
    except UnicodeDecodeError:
        _refuse("", "It is not valid UTF-8.")
    except RecursionError:
        _refuse("", f"It is nested deeper than {MAX_DEPTH}.")
    except json.JSONDecodeError as error:
        _refuse("", f"It is not valid JSON: {error.msg} at character {error.pos}.")


def _whole_number(digits: str) -> float:
    """A whole number; Infinity for one so long that Python would refuse to read it."""
    return int(digits) if len(digits) <= 20 else math.inf


def _check(root: Any) -> None:
    """Refuse what can't be stored. Walks without recursion; paths are only put together for the message."""
    waiting: list[tuple[Any, int, tuple[str | int, ...]]] = [(root, 1, ())]
    while waiting:
        value, depth, path = waiting.pop()
        if isinstance(value, str):
            _check_text(value, path)
        elif isinstance(value, bool):
            continue
        elif isinstance(value, int | float):
            _check_number(value, path)
        elif isinstance(value, dict | list):
            if depth > MAX_DEPTH:
                _refuse(_pointer(path[:MAX_DEPTH]), f"It is nested deeper than {MAX_DEPTH}.")
            waiting.extend(_inside(value, depth, path))


def _inside(
    value: dict[str, Any] | list[Any], depth: int, path: tuple[str | int, ...]
) -> list[tuple[Any, int, tuple[str | int, ...]]]:
    """The members of an object or array, the first one last: it is looked at next."""
    if isinstance(value, list):
        members: list[tuple[str | int, Any]] = list(enumerate(value))
    else:
        for key in value:
            _check_text(key, path)
        members = list(value.items())
    return [(item, depth + 1, (*path, key)) for key, item in reversed(members)]


def _check_text(text: str, path: tuple[str | int, ...]) -> None:
    if not storable(text):
        _refuse(_pointer(path), "Text may not hold NUL or lone surrogates.")


def _check_number(number: float, path: tuple[str | int, ...]) -> None:
    if not _fits(number):
        _refuse(_pointer(path), "A number must be finite and fit in 64 bits.")


def _fits(number: float) -> bool:
    """Floats of this size are whole numbers that lost digits. NaN fails every comparison, so it is refused too."""
    if isinstance(number, float):
        return abs(number) < MAX_BIGINT
    return -MAX_BIGINT - 1 <= number <= MAX_BIGINT


def _pointer(path: tuple[str | int, ...]) -> str:
    """An RFC 6901 pointer; names are cut and shown only as far as they can be."""
    parts = (str(part)[:100].replace("~", "~0").replace("/", "~1") for part in path)
    return "".join(f"/{part}" for part in parts)


def _refuse(pointer: str, reason: str) -> NoReturn:
    raise Invalid("The body is not valid.", [FieldError(pointer, reason)])
