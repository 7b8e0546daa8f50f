"""Wishes of many callers, fulfilled together: what costs a transaction each costs one for all that came within a moment."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

Wish = TypeVar("Wish")
Answer = TypeVar("Answer")

FulfilAll = Callable[[Sequence[Wish]], Awaitable[Sequence[Answer | Exception]]]
"""An answer for each wish, in their order; an exception is raised where its wish was asked."""


class Gathering(Generic[Wish, Answer]):
    """Gathers wishes for `pause` seconds, or until there are `most`; one batch is under way at a time."""

    def __init__(self, fulfil: FulfilAll[Wish, Answer], *, pause: float, most: int) -> None:
        self._fulfil = fulfil
        self._pause = pause
        self._most = most
        self._waiting: list[tuple[Wish, asyncio.Future[Answer]]] = []
        self._enough = asyncio.Event()
        self._runner: asyncio.Task[None] | None = None

    async def ask(self, wish: Wish) -> Answer:
        """The answer to this wish. A caller that is cancelled takes its wish back only while it waits for its batch."""
        answer: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self._waiting.append((wish, answer))
        if len(self._waiting) >= self._most:
            self._enough.set()
        if self._runner is None or self._runner.done():
            self._runner = asyncio.create_task(self._run())
        return await answer

    async def _run(self) -> None:
        while self._waiting:
            await self._rest()
            batch, self._waiting = self._waiting[: self._most], self._waiting[self._most :]
            await self._answer([(wish, answer) for wish, answer in batch if not answer.done()])

    async def _rest(self) -> None:
        """Gather, unless there is enough."""
        if len(self._waiting) < self._most:
            self._enough.clear()
            try:
                async with asyncio.timeout(self._pause):
                    await self._enough.wait()
            except TimeoutError:
                return

    async def _answer(self, batch: Sequence[tuple[Wish, "asyncio.Future[Answer]"]]) -> None:
        if not batch:
            return
        try:
            found = await self._fulfil([wish for wish, _ in batch])
        except Exception as error:  # noqa: BLE001 — raised again where each wish was asked
            found = [error] * len(batch)
        except BaseException:
            for _, answer in batch:
                answer.cancel()
            raise
        for (_, answer), said in zip(batch, found, strict=True):
            if answer.done():
                continue
            if isinstance(said, Exception):
                answer.set_exception(said)
            else:
                answer.set_result(said)
