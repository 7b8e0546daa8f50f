"""How long a stream may keep its reader waiting: one timer a stream, looked at when it rings, none for each piece."""

import asyncio
from collections.abc import AsyncGenerator
from typing import TypeVar

T = TypeVar("T")


class Patience:
    """Waits for the pieces of one stream. Times are in seconds; what the reader does between two waits doesn't count."""

    def __init__(self, first: float, gap: float, total: float) -> None:
        """`first` is for all that comes before `contented` is called, `gap` for each wait after it, `total` for all."""
        self._loop = asyncio.get_running_loop()
        now = self._loop.time()
        self._gap, self._end = gap, now + total
        self._due = min(now + first, self._end)
        self._content = False
        self._waiting: asyncio.Task[object] | None = None
        self._ran_out = False
        self._timer: asyncio.TimerHandle | None = None

    @property
    def limit(self) -> str:
        """The limit that holds now, or that was reached: first_token_timeout, gap_timeout or total_timeout."""
        if self._loop.time() >= self._end:
            return "total_timeout"
        return "gap_timeout" if self._content else "first_token_timeout"

    def contented(self) -> None:
        """The stream has begun to give what is wanted: from now on the gap counts."""
        self._content = True

    async def next(self, pieces: AsyncGenerator[T, None]) -> T | None:
        """The next piece; None at the end. Raises TimeoutError when patience runs out first."""
        now = self._loop.time()
        if now >= self._end:
            raise TimeoutError
        if self._content:
            self._due = min(now + self._gap, self._end)
        if self._timer is None or self._timer.when() > self._due:
            self.close()
            self._timer = self._loop.call_at(self._due, self._ring)
        self._waiting = task = asyncio.current_task()
        assert task is not None
        cancelled_before = task.cancelling()
        try:
            return await anext(pieces, None)
        except asyncio.CancelledError:
            if self._ran_out and task.uncancel() <= cancelled_before:
                raise TimeoutError from None
            raise
        finally:
            self._waiting = None

    def close(self) -> None:
        """No more waits: the timer goes."""
        if self._timer is not None:
            self._timer.cancel()

    def _ring(self) -> None:
        self._timer = None
        if self._waiting is None:
            return
        if self._loop.time() < self._due:
            self._timer = self._loop.call_at(self._due, self._ring)
        else:
            self._ran_out = True
            self._waiting.cancel()
