"""One stream, read to its end: when each piece came, how late it was, and how many bytes it all took."""

import asyncio
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import aiohttp

from tests.bench.provider import milliseconds_since

PIECE = re.compile(rb"(\d{6}) ")
"""What the provider says: the same in every form it is passed on in."""


@dataclass(frozen=True)
class Subject:
    """What is measured: a server and a request that makes it stream."""

    name: str
    pid: int
    url: str
    headers: Mapping[str, str]
    body: Mapping[str, Any]


@dataclass
class Heard:
    """One stream. Times are of the monotonic clock, lags in milliseconds."""

    began: float
    first: float = 0.0
    size: int = 0
    pieces: list[tuple[float, float]] = field(default_factory=list)
    """When each came, and its lag behind the time it was due."""

    @property
    def first_ms(self) -> float:
        """From the request to the first piece."""
        return (self.first - self.began) * 1000


def session() -> aiohttp.ClientSession:
    """Connections enough for any number of streams."""
    return aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(limit=0), timeout=aiohttp.ClientTimeout(total=None, sock_read=90)
    )


async def hear(client: aiohttp.ClientSession, subject: Subject) -> Heard:
    """Ask for a stream and read it. Raises RuntimeError when it held nothing."""
    heard = Heard(time.monotonic())
    async with client.post(subject.url, headers=subject.headers, json=subject.body) as answer:
        answer.raise_for_status()
        rest = b""
        async for read in answer.content.iter_any():
            heard.size += len(read)
            whole, newline, rest = (rest + read).rpartition(b"\n")
            _note(heard, whole + newline)
    if not heard.pieces:
        raise RuntimeError(f"a stream of {subject.name} held no text")
    return heard


async def hear_together(client: aiohttp.ClientSession, subject: Subject, count: int) -> list[Heard]:
    """So many streams at once."""
    return list(await asyncio.gather(*(hear(client, subject) for _ in range(count))))


def _note(heard: Heard, lines: bytes) -> None:
    found = PIECE.findall(lines)
    if found:
        now = time.monotonic()
        heard.first = heard.first or now
        heard.pieces += [(now, milliseconds_since(int(tick))) for tick in found]
