"""How long a stream may keep its reader waiting: one timer a stream, looked at when it rings, none for each piece."""

import asyncio
from types import TracebackType
from typing import Self

from tools.providers.models.failure import ModelFailure
from tools.providers.models.provider import Hear


class Patience:
    """A context around the reading of one stream. Only what lies between `wait` and `rest` counts. Times are in seconds.

    It cancels the task that waits too long, and leaves with ModelFailure then.
    """

    def __init__(self, provider: str, *, first: float, gap: float, total: float) -> None:
        """`first` is for all that comes before `contented` is called, `gap` for each wait after it, `total` for all."""
        self._provider = provider
        self._loop = asyncio.get_running_loop()
        now = self._loop.time()
        self._gap, self._end = gap, now + total
        self._due = now + first
        """When whoever waits has waited too long, unless all time is used up before."""
        self._content = False
        self._waiting: asyncio.Task[object] | None = None
        self._cancelled_before = 0
        self._ran_out = False
        self._timer: asyncio.TimerHandle | None = None
        self._rings_at = 0.0
        self._set_timer()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """No more waits: the timer goes. Raises ModelFailure when it was the timer that ended the wait."""
        task, self._waiting = self._waiting, None
        if self._timer is not None:
            self._timer.cancel()
        ours = self._ran_out and task is not None and task.uncancel() <= self._cancelled_before
        if ours and kind is not None and issubclass(kind, asyncio.CancelledError):
            raise self._failure() from None

    def contented(self) -> None:
        """The stream has begun to give what is wanted: from now on the gap counts."""
        self._content = True

    def wait(self) -> None:
        """The reader waits from now. Raises ModelFailure when all time is used up."""
        now = self._loop.time()
        if now >= self._end:
            raise self._failure()
        self._wait_from(now)
        self._waiting = task = asyncio.current_task(self._loop)
        assert task is not None
        self._cancelled_before = task.cancelling()

    def hearing(self, hear: Hear | None) -> Hear | None:
        """The same, but whoever waits is content with what was taken: it does not wake the reader, who waits on from then."""
        if hear is None:
            return None

        def heard(text: str) -> bool:
            if not hear(text):
                return False
            if self._content:
                self._due = self._loop.time() + self._gap  # the timer rings before, and is set anew then
            else:
                self._content = True
                self._wait_from(self._loop.time())
            return True

        return heard

    def _wait_from(self, now: float) -> None:
        if self._content:
            self._due = now + self._gap
        if self._timer is None or self._rings_at > self._due:
            self._set_timer()

    def rest(self) -> None:
        """What was waited for has come; what the reader does with it doesn't count."""
        self._waiting = None

    def _set_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._rings_at = min(self._due, self._end)
        self._timer = self._loop.call_at(self._rings_at, self._ring)

    def _ring(self) -> None:
        self._timer = None
        if self._waiting is None:
            return
        if self._loop.time() < min(self._due, self._end):
            self._set_timer()
        else:
            self._ran_out = True
            self._waiting.cancel()

    def _failure(self) -> ModelFailure:
        """Which limit was reached: first_token_timeout, gap_timeout or total_timeout."""
        limit = "gap_timeout" if self._content else "first_token_timeout"
        if self._loop.time() >= self._end:
            limit = "total_timeout"
        return ModelFailure("model_unavailable", provider=self._provider, reason=limit)
