"""A time limit for what is asked most: `asyncio.timeout` without what nobody here asks of it, at half of its cost."""

import asyncio
from types import TracebackType


class TimeLimit:
    """A context that leaves with TimeoutError when what is awaited in it takes more than so many seconds; None: no limit."""

    __slots__ = ("_cancelled_before", "_ran_out", "_seconds", "_task", "_timer")

    def __init__(self, seconds: float | None) -> None:
        self._seconds = seconds
        self._timer: asyncio.TimerHandle | None = None
        self._ran_out = False

    def __enter__(self) -> None:
        if self._seconds is None:
            return
        loop = asyncio.get_running_loop()
        task = asyncio.current_task(loop)
        assert task is not None
        self._task, self._cancelled_before = task, task.cancelling()
        self._timer = loop.call_later(self._seconds, self._ring)

    def _ring(self) -> None:
        self._ran_out = True
        self._task.cancel()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Raises TimeoutError when it was the limit that ended the wait, and nobody else."""
        timer, self._timer = self._timer, None
        if timer is not None:
            timer.cancel()
        ours = self._ran_out and self._task.uncancel() <= self._cancelled_before
        if ours and kind is asyncio.CancelledError:
            raise TimeoutError from error
