"""Tells all open streams that the server was told to stop: one watch a process, instead of a task in each stream."""

import asyncio
from collections.abc import Callable
from weakref import WeakKeyDictionary

from sse_starlette import EventSourceResponse

Told = Callable[[], None]


class ExitWatch:
    """Who wants to be told. It watches while somebody does."""

    def __init__(self) -> None:
        self._told: dict[object, Told] = {}
        self._watcher: asyncio.Task[None] | None = None

    def add(self, who: object, told: Told) -> None:
        """Call `told` once when the server is told to stop; at once when it was already."""
        self._told[who] = told
        if self._watcher is None or self._watcher.done():
            self._watcher = asyncio.create_task(self._watch(), name="exit-watch")

    def discard(self, who: object) -> None:
        """Tell nothing any more."""
        self._told.pop(who, None)
        if not self._told and self._watcher is not None:
            self._watcher.cancel()
            self._watcher = None

    async def _watch(self) -> None:
        # sse-starlette knows where uvicorn says so; uvicorn itself tells nobody before it has waited for all streams.
        await EventSourceResponse._listen_for_exit_signal()
        told, self._told = self._told, {}
        for tell in told.values():
            tell()


_WATCHES: WeakKeyDictionary[asyncio.AbstractEventLoop, ExitWatch] = WeakKeyDictionary()


def exit_watch() -> ExitWatch:
    """The running event loop's."""
    return _WATCHES.setdefault(asyncio.get_running_loop(), ExitWatch())
