"""What many callers ask for, sent together: one round trip for all that came within a moment."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from redis.exceptions import RedisError

Ask = TypeVar("Ask")
Answer = TypeVar("Answer")


@dataclass(slots=True)
class _Waiting(Generic[Ask, Answer]):
    """What one caller asks, told when it goes out; raises when it must not be sent any more."""

    tell: Callable[[], Ask]
    answer: "asyncio.Future[Answer]"


class Gathering(Generic[Ask, Answer]):
    """Sends the first at once, and then, together, what came while it was under way or within `pause` seconds."""

    def __init__(self, send: Callable[[Sequence[Ask]], Awaitable[Sequence[Answer]]], *, pause: float) -> None:
        """`send` gives the answers in order. What it raises of RedisError is raised to all whose asking it was."""
        self._send_all = send
        self._pause = pause
        self._waiting: list[_Waiting[Ask, Answer]] = []
        self._hurry = asyncio.Event()
        self._sender: asyncio.Task[None] | None = None

    async def ask(self, tell: Callable[[], Ask], *, at_once: bool = False) -> Answer:
        """The answer. Raises RedisError when there is none.

        `tell` is called just before it goes out, however long it waited, and gives what is asked then; what it raises is raised here.
        `at_once`: alone, and before what waits. A caller that is cancelled doesn't take back what it asked otherwise.
        """
        waiting: _Waiting[Ask, Answer] = _Waiting(tell, asyncio.get_running_loop().create_future())
        if at_once:
            await self._send_batch([waiting])
            return await waiting.answer
        self._waiting.append(waiting)
        if self._sender is None or self._sender.done():
            self._sender = asyncio.create_task(self._send(), name="redis-gathered")
        return await waiting.answer

    def hurry(self) -> None:
        """Let what waits go out now."""
        self._hurry.set()

    async def _send(self) -> None:
        loop = asyncio.get_running_loop()
        while self._waiting:
            began = loop.time()
            batch, self._waiting = self._waiting, []
            try:
                await self._send_batch(batch)
            finally:
                for waiting in batch:
                    waiting.answer.cancel()  # without effect on those that were answered
            rest = began + self._pause - loop.time()
            if rest > 0:
                await self._rest(rest)

    async def _rest(self, seconds: float) -> None:
        """Gather, until somebody is in a hurry."""
        over = asyncio.get_running_loop().call_later(seconds, self._hurry.set)
        try:
            await self._hurry.wait()
        finally:
            over.cancel()
        self._hurry.clear()

    async def _send_batch(self, batch: Sequence[_Waiting[Ask, Answer]]) -> None:
        asked = [(ask, waiting.answer) for waiting in batch for ask in _told(waiting)]
        if not asked:
            return
        try:
            answers = await self._send_all([ask for ask, _ in asked])
        except RedisError as error:
            for _, waiting_for in asked:
                if not waiting_for.done():
                    waiting_for.set_exception(error)
            return
        for (_, waiting_for), answer in zip(asked, answers, strict=True):
            if not waiting_for.done():
                waiting_for.set_result(answer)


def _told(waiting: _Waiting[Ask, Answer]) -> Sequence[Ask]:
    """What a caller asks now; nothing when it may not any more, and then it is told so."""
    try:
        return (waiting.tell(),)
    except Exception as error:  # noqa: BLE001 — the caller's own, raised again where it waits
        if not waiting.answer.done():
            waiting.answer.set_exception(error)
        return ()
