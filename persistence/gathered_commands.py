"""Commands of many callers, sent to Redis together: one write and one read for all that came within a moment."""

import asyncio
import contextlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from redis.asyncio import Redis
from redis.exceptions import RedisError

Command = Sequence[Any]
"""A command's name and its arguments."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What one caller wants to be sent; `check` raises when it must not be sent any more."""

    commands: Sequence[Command]
    answers: "asyncio.Future[list[Any]]"
    check: Callable[[], None] | None = None


class GatheredCommands:
    """Sends the first command at once, and then, together, what came while it was under way or within `pause` seconds."""

    def __init__(self, redis: Redis, *, pause: float) -> None:
        self._redis = redis
        self._pause = pause
        self._waiting: list[Asked] = []
        self._hurry = asyncio.Event()
        self._sender: asyncio.Task[None] | None = None

    async def execute(
        self, *commands: Command, at_once: bool = False, check: Callable[[], None] | None = None
    ) -> list[Any]:
        """The answers in order; what Redis refused is among them as an exception. Raises RedisError when it doesn't answer.

        `at_once`: alone, and before what waits. A caller that is cancelled doesn't take its commands back otherwise.
        `check` is asked again just before the commands go out, however long they waited; what it raises is raised here.
        """
        answers: asyncio.Future[list[Any]] = asyncio.get_running_loop().create_future()
        if at_once:
            await self._send_batch([Asked(commands, answers)])
            return await answers
        self._waiting.append(Asked(commands, answers, check))
        if self._sender is None or self._sender.done():
            self._sender = asyncio.create_task(self._send(), name="redis-gathered-commands")
        return await answers

    def hurry(self) -> None:
        """Let what waits go out now."""
        self._hurry.set()

    async def _send(self) -> None:
        loop = asyncio.get_running_loop()
        while self._waiting:
            began = loop.time()
            batch, self._waiting = self._waiting, []
            try:
                await self._send_batch([asked for asked in batch if _may_go_out(asked)])
            finally:
                for asked in batch:
                    asked.answers.cancel()  # without effect on those that were answered
            rest = began + self._pause - loop.time()
            if rest > 0:
                await self._rest(rest)

    async def _rest(self, seconds: float) -> None:
        """Gather, until somebody is in a hurry."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._hurry.wait()
        self._hurry.clear()

    async def _send_batch(self, batch: Sequence[Asked]) -> None:
        pipe = self._redis.pipeline(transaction=False)
        for asked in batch:
            for command in asked.commands:
                pipe.execute_command(*command)
        try:
            found = await pipe.execute(raise_on_error=False)
        except RedisError as error:
            for asked in batch:
                if not asked.answers.done():
                    asked.answers.set_exception(error)
            return
        for asked in batch:
            mine, found = found[: len(asked.commands)], found[len(asked.commands) :]
            if not asked.answers.done():
                asked.answers.set_result(mine)


def _may_go_out(asked: Asked) -> bool:
    """Whether the caller may still have it sent; told to it otherwise."""
    if asked.check is None:
        return True
    try:
        asked.check()
    except Exception as error:  # noqa: BLE001 — the caller's own, raised again where it waits
        if not asked.answers.done():
            asked.answers.set_exception(error)
        return False
    return True
