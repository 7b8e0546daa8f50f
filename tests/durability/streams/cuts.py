"""Where a connection may break: anywhere, and where it hurts."""

import random
from collections.abc import Callable

from tests.durability.streams.wire import Cut

HEAD = 400
"""Bytes of an answer's head."""
FEW = 260
"""About as many bytes as the last events of a stream have."""
LAST = (b'"type":"text-end"', b'"type":"done"', b'"type":"finish-step"', b"[DONE]")


def nowhere(_: bytes) -> int | None:
    """No cut."""
    return None


def at_once(_: bytes) -> int | None:
    """Before the first byte of the answer."""
    return 0


def after(count: int) -> Cut:
    """Behind so many bytes."""
    return lambda got: count if len(got) >= count else None


def behind_a_line(start: int) -> Cut:
    """Behind the first line that ends after `start`: often between an event's id and its data."""
    return lambda got: _behind(got.find(b"\n", start))


def in_a_character(start: int) -> Cut:
    """Behind the first byte of a character that has several."""

    def cut(got: bytes) -> int | None:
        found = (place for place in range(start, len(got)) if got[place] >= 0xC0)
        return _behind(next(found, -1))

    return cut


def near_the_end(word: bytes, more: int) -> Cut:
    """So many bytes behind a word of the last events."""

    def cut(got: bytes) -> int | None:
        found = got.find(word)
        return found + more if found >= 0 and len(got) >= found + more else None

    return cut


def behind_the_last_byte(got: bytes) -> int | None:
    """When all of it has come, before the server has closed."""
    return len(got) if got.endswith(b"\r\n0\r\n\r\n") else None


def any_cut(chance: random.Random, size: int) -> Cut:
    """One of them, by chance; `size` is about how many bytes there are."""
    start = chance.randrange(HEAD, size)
    kinds: list[Callable[[], Cut]] = [
        lambda: after(chance.randrange(1, size)),
        lambda: after(chance.randrange(1, HEAD)),
        lambda: behind_a_line(start),
        lambda: in_a_character(start),
        lambda: near_the_end(chance.choice(LAST), chance.randrange(1, FEW)),
        lambda: at_once,
        lambda: behind_the_last_byte,
    ]
    return chance.choices(kinds, weights=[30, 10, 15, 15, 20, 5, 5])[0]()


def _behind(place: int) -> int | None:
    return place + 1 if place >= 0 else None
