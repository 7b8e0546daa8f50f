"""A browser's own EventSource on a stream, run in headless Chromium by Node."""

import json
import shutil
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from tests.contract.clients.person import Json
from tests.contract.clients.script import script

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


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
    page: str,
    stream: Callable[[], Awaitable[str]],
    *,
    after: int = 0,
    then: Callable[[], Awaitable[None]] | None = None,
) -> Watched:
    """A page of this origin opens the stream; once `after` events have come, do `then`; wait until the browser gives up.

    `stream` gives the address when the browser is there.
    """
    browser = next((found for name in NAMES if (found := shutil.which(name))), None)
    assert browser, "There is no Chromium: `make test-clients` installs Debian's package where it can."
    async with script("6", "event_source.mjs") as running:
        await running.say(json.dumps({"executable": browser, "page": page, "after": after}))
        assert await running.hear() == "ready"
        await running.say(await stream())
        assert await running.hear() == "seen"
        if then is not None:
            await then()
        return Watched(**json.loads(await running.hear()))
