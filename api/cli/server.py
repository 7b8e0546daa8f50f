"""uvicorn's server, woken by what happens: its own loop wakes ten times a second, and sse-starlette's watch for its end twice more.

A process that waits so costs 1.0 to 1.5 ms of CPU a second, not 5.2 to 6.2 (`tests/bench/RESULTS.md`), and its streams are
told of its end at once, not within half a second.
"""

import asyncio
import contextlib
from types import FrameType

import uvicorn

from api.streaming.shutdown import shutdown_watch

TICK_SECONDS = 1.0
"""How old the time in an answer's head may be; how soon it is noticed that `should_exit` was set by anything but a signal."""
TICK_OF_HEADERS = 0
"""The count by which uvicorn renews the head's time, which it does in every tenth tick of its own."""


class WaitingServer(uvicorn.Server):
    """A server whose main loop waits for a signal."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self._told = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None

    async def main_loop(self) -> None:
        """Until the server is told to stop."""
        self._loop = asyncio.get_running_loop()
        shutdown_watch().listen(self._told.wait)
        while not await self.on_tick(TICK_OF_HEADERS):
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._told.wait(), TICK_SECONDS)
        self._told.set()  # by whatever else than a signal it was told, its streams are too

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """A signal came, in between any two instructions: note it as the parent does, and wake the loop."""
        super().handle_exit(sig, frame)
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._told.set)
