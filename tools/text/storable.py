"""Checks of text before it is stored: no NUL, no lone surrogates (Postgres holds neither), no control characters in names."""

import re
from typing import Any

import orjson

ESCAPED_NUL = b"\\u0000"
"""The one way JSON writes NUL. Two backslashes before it mean other text, which only a closer look tells apart."""

_JOINED = r"[^\x00-\u05ff\u2000-\u206f]"
"""What a joiner may stand between: letters of scripts that need one (Persian, Hindi) and emoji."""

CONTROL = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060-\u2064\u2066-\u2069\ufeff]|[\U000e0000-\U000e007f]"
    rf"|(?<!{_JOINED})[\u200c\u200d]|[\u200c\u200d](?!{_JOINED})"
)
"""Control, zero-width, direction-changing and tag characters: invisible, so never part of a name."""


def storable(text: str) -> bool:
    """Whether Postgres can hold `text`: it has neither NUL nor a lone surrogate."""
    if "\x00" in text:
        return False
    if text.isascii():
        return True
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def all_storable(value: Any) -> bool:
    """Whether every string in a JSON value, keys included, can be stored. Other objects are taken as they are."""
    try:
        # It refuses lone surrogates, and is many times faster than a walk.
        if ESCAPED_NUL not in orjson.dumps(value):
            return True
    except TypeError:
        pass  # a lone surrogate, or an object that is no JSON: the walk tells
    return _walk(value)


def _walk(value: Any) -> bool:
    waiting = [value]
    while waiting:
        item = waiting.pop()
        if isinstance(item, str):
            if not storable(item):
                return False
        elif isinstance(item, dict):
            waiting.extend(item.keys())
            waiting.extend(item.values())
        elif isinstance(item, list | tuple | set | frozenset):
            waiting.extend(item)
    return True
