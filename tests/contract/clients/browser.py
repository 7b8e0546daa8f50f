"""A browser's own EventSource on a stream, run in headless Chromium by Node."""

import asyncio
import json
import shutil
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from tests.contract.clients.front_end import NODE, NODES
from tests.contract.clients.person import Json

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
SECONDS = 100


@dataclass(frozen=True)
class Watched:
    """What came until the browser gave up: the events with their ids, how often it got in, its state after each failure."""

    events: list[Json]
    opens: int
    states: list[int]

    @property
    def chunks(self) -> list[Json]:
        """The chunks, without [DONE]."""
        return [json.loads(event["data"]) for event in self.events if event["data"] != "[DONE]"]

    @property
    def text(self) -> str:
        """What the user reads."""
        return "".join(chunk["delta"] for chunk in self.chunks if chunk["type"] == "text-delta")

    @property
    def places(self) -> list[tuple[int, ...]]:
        """The ids, as numbers; within one entry of the log its last chunk has the shortest id."""
        ids = [tuple(int(number) for number in event["id"].split(".")) for event in self.events]
        return [place if len(place) == 3 else (*place, 10**9) for place in ids]


CONNECTING, CLOSED = 0, 2
"""States of an EventSource: it tries again by itself; it has given up."""


async def watch(
    stream: str, page: str, *, after: int, then: Callable[[], Awaitable[None]] | None = None
) -> Watched:
    """Open the stream in a page of that origin; once `after` events have come, do `then`; wait until the browser gives up."""
    browser = next((found for name in NAMES if (found := shutil.which(name))), None)
    assert browser, "There is no Chromium: `make test-clients` installs Debian's package where it can."
    process = await asyncio.create_subprocess_exec(
        NODES["6"],
        "event_source.mjs",
        cwd=NODE,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        limit=2**24,
    )
    assert process.stdin
    assert process.stdout
    orders = {"executable": browser, "page": page, "stream": stream, "after": after}
    process.stdin.write(json.dumps(orders).encode())
    process.stdin.close()
    async with asyncio.timeout(SECONDS):
        assert await process.stdout.readline() == b"seen\n"
        if then is not None:
            await then()
        printed = await process.stdout.readline()
        assert await process.wait() == 0
    return Watched(**json.loads(printed))
