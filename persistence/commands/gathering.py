"""What many callers ask for, sent together: one round trip for all that came within a moment."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from redis.exceptions import RedisError

Ask = TypeVar("Ask")
Answer = TypeVar("Answer")
Check = Callable[[], None]


@dataclass(frozen=True, slots=True)
class _Waiting(Generic[Ask, Answer]):
    """What one caller asks; `check` raises when it must not be sent any more."""

    ask: Ask
    answer: "asyncio.Future[Answer]"
    check: Check | None = None


class Gathering(Generic[Ask, Answer]):
    """Sends the first at once, and then, together, what came while it was under way or within `pause` seconds."""

    def __init__(self, send: Callable[[Sequence[Ask]], Awaitable[Sequence[Answer]]], *, pause: float) -> None:
        """`send` gives the answers in order. What it raises of RedisError is raised to all whose asking it was."""
        self._send_all = send
        self._pause = pause
        self._waiting: list[_Waiting[Ask, Answer]] = []
        self._hurry = asyncio.Event()
        self._sender: asyncio.Task[None] | None = None

    async def ask(self, ask: Ask, *, at_once: bool = False, check: Check | None = None) -> Answer:
        """The answer. Raises RedisError when there is none.

        `at_once`: alone, and before what waits. A caller that is cancelled doesn't take back what it asked otherwise.
        `check` is asked again just before it goes out, however long it waited; what it raises is raised here.
        """
        answer: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        if at_once:
            await self._send_batch([_Waiting(ask, answer)])
            return await answer
        self._waiting.append(_Waiting(ask, answer, check))
        if self._sender is None or self._sender.done():
            self._sender = asyncio.create_task(self._send(), name="redis-gathered")
        return await answer

    def hurry(self) -> None:
        """Let what waits go out now."""
        self._hurry.set()

    async def _send(self) -> None:
        loop = asyncio.get_running_loop()
        while self._waiting:
            began = loop.time()
            batch, self._waiting = self._waiting, []
            try:
                await self._send_batch([waiting for waiting in batch if _may_go_out(waiting)])
            finally:
                for waiting in batch:
                    waiting.answer.cancel()  # without effect on those that were answered
            rest = began + self._pause - loop.time()
            if rest > 0:
                await self._rest(rest)

    async def _rest(self, seconds: float) -> None:
        """Gather, until somebody is in a hurry."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._hurry.wait()
        self._hurry.clear()

    async def _send_batch(self, batch: Sequence[_Waiting[Ask, Answer]]) -> None:
        if not batch:
            return
        try:
            answers = await self._send_all([waiting.ask for waiting in batch])
        except RedisError as error:
            for waiting in batch:
                if not waiting.answer.done():
                    waiting.answer.set_exception(error)
            return
        for waiting, answer in zip(batch, answers, strict=True):
            if not waiting.answer.done():
                waiting.answer.set_result(answer)


def _may_go_out(waiting: _Waiting[Ask, Answer]) -> bool:
    """Whether the caller may still have it sent; told to it otherwise."""
    if waiting.check is None:
        return True
    try:
        waiting.check()
    except Exception as error:  # noqa: BLE001 — the caller's own, raised again where it waits
        if not waiting.answer.done():
            waiting.answer.set_exception(error)
        return False
    return True
