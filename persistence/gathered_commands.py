"""Commands of many callers, sent to Redis together: one write and one read for all that came within a moment."""

import asyncio
from collections.abc import Sequence
from typing import Any

from redis.asyncio import Redis
from redis.exceptions import RedisError

Command = Sequence[Any]
"""A command's name and its arguments."""


class GatheredCommands:
    """Sends the first command at once, and then, together, what came while it was under way or within `pause` seconds."""

    def __init__(self, redis: Redis, *, pause: float) -> None:
        self._redis = redis
        self._pause = pause
        self._waiting: list[tuple[Sequence[Command], asyncio.Future[list[Any]]]] = []
        self._sender: asyncio.Task[None] | None = None

    async def execute(self, *commands: Command, at_once: bool = False) -> list[Any]:
        """The answers in order; what Redis refused is among them as an exception. Raises RedisError when it doesn't answer.

        `at_once`: alone, and before what waits. A caller that is cancelled doesn't take its commands back otherwise.
        """
        answers: asyncio.Future[list[Any]] = asyncio.get_running_loop().create_future()
        if at_once:
            await self._send_batch([(commands, answers)])
            return await answers
        self._waiting.append((commands, answers))
        if self._sender is None or self._sender.done():
            self._sender = asyncio.create_task(self._send(), name="redis-gathered-commands")
        return await answers

    async def _send(self) -> None:
        loop = asyncio.get_running_loop()
        while self._waiting:
            began = loop.time()
            batch, self._waiting = self._waiting, []
            try:
                await self._send_batch(batch)
            finally:
                for _, answers in batch:
                    answers.cancel()  # without effect on those that were answered
            rest = began + self._pause - loop.time()
            if rest > 0:
                await asyncio.sleep(rest)

    async def _send_batch(
        self, batch: Sequence[tuple[Sequence[Command], "asyncio.Future[list[Any]]"]]
    ) -> None:
        pipe = self._redis.pipeline(transaction=False)
        for commands, _ in batch:
            for command in commands:
                pipe.execute_command(*command)
        try:
            found = await pipe.execute(raise_on_error=False)
        except RedisError as error:
            for _, answers in batch:
                if not answers.done():
                    answers.set_exception(error)
            return
        for commands, answers in batch:
            mine, found = found[: len(commands)], found[len(commands) :]
            if not answers.done():
                answers.set_result(mine)
