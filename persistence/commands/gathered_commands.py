"""Commands of many callers, sent to Redis together: one write and one read for all that came within a moment."""

from collections.abc import Sequence
from typing import Any

from redis.asyncio import Redis

from persistence.commands.direct_commands import Command, DirectCommands
from persistence.commands.gathering import Gathering


class GatheredCommands:
    """Sends the first command at once, and then, together, what came while it was under way or within `pause` seconds."""

    def __init__(self, redis: Redis, *, pause: float) -> None:
        self._redis = DirectCommands(redis)
        self._gathering: Gathering[Sequence[Command], list[Any]] = Gathering(self._send, pause=pause)

    async def execute(self, *commands: Command) -> list[Any]:
        """The answers in order; what Redis refused is among them as an exception. Raises RedisError when it doesn't answer.

        A caller that is cancelled doesn't take its commands back.
        """
        return await self._gathering.ask(lambda: commands)

    async def _send(self, asked: Sequence[Sequence[Command]]) -> list[list[Any]]:
        found = await self._redis.execute_all([command for commands in asked for command in commands])
        answers = []
        for commands in asked:
            mine, found = found[: len(commands)], found[len(commands) :]
            answers.append(mine)
        return answers
