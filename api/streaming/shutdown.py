"""Who is told that the server ends: one watch for all streams of an event loop, where sse-starlette has a task for each."""

import asyncio
from collections.abc import Awaitable, Callable
from weakref import WeakKeyDictionary

import structlog
from sse_starlette import EventSourceResponse

log = structlog.get_logger(__name__)

Tell = Callable[[], None]
Listen = Callable[[], Awaitable[object]]
"""Returns once the server is told to stop."""


class ShutdownWatch:
    """Those who are to be told. The watch begins with the first of them."""

    def __init__(self) -> None:
        self._waiting: dict[object, Tell] = {}
        self._watching: asyncio.Task[None] | None = None
        # The library's own way to hear of it: it asks, twice a second, whether uvicorn got a signal, and its `AppStatus`.
        self._listen: Listen = EventSourceResponse._listen_for_exit_signal

    def listen(self, listen: Listen) -> None:
        """Hear of it this way: from a server that says so itself. Before the first stream."""
        self._listen = listen

    def begin(self, tell: Tell) -> object:
        """From now on `tell` is called once when the server is told to stop; soon, if it has been already. What to `end` it with."""
        mark = object()
        self._waiting[mark] = tell
        if self._watching is None or self._watching.done():
            self._watching = asyncio.create_task(self._watch(), name="streams-shutdown")
        return mark

    def end(self, mark: object) -> None:
        """Tell nothing any more."""
        self._waiting.pop(mark, None)

    async def _watch(self) -> None:
        await self._listen()
        while self._waiting:
            _, tell = self._waiting.popitem()
            try:
                tell()
            except Exception as error:
                log.exception("stream.not_told_of_shutdown", error=type(error).__name__)


_watches: WeakKeyDictionary[asyncio.AbstractEventLoop, ShutdownWatch] = WeakKeyDictionary()


def shutdown_watch() -> ShutdownWatch:
    """The watch of the running event loop."""
    loop = asyncio.get_running_loop()
    watch = _watches.get(loop)
    if watch is None:
        watch = _watches[loop] = ShutdownWatch()
    return watch
