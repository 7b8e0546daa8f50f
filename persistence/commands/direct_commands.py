"""Commands that are asked in every turn, over connections that are kept: a third of what redis-py's client takes for one.

A connection comes out of the client's pool once and counts as one of its connections in use, so whatever befalls the pool
(closing, a new password, another address after a failover) befalls it too.
"""

import asyncio
from collections.abc import Sequence
from typing import Any

from hiredis import pack_command
from redis.asyncio import Redis
from redis.asyncio.connection import AbstractConnection
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import ResponseError
from redis.exceptions import TimeoutError as RedisTimeoutError

from persistence.commands.time_limit import TimeLimit
from persistence.redis_client import RETRY_DELAY

KEPT = 16
"""Idle connections that are kept. What a rush needs beyond that goes back to the pool."""

Command = Sequence[Any]
"""A command's name and its arguments: bytes, text, or numbers."""


class DirectCommands:
    """Commands of one client. Close the client; there is nothing to close here.

    Unlike the client's own methods, an answer comes as Redis gives it.
    """

    def __init__(self, redis: Redis) -> None:
        self._pool = redis.connection_pool
        self._limit: float | None = self._pool.connection_kwargs.get("socket_timeout")
        self._idle: list[AbstractConnection] = []
        """The last used one at the end."""

    async def execute(self, *command: Any) -> Any:
        """The answer to a command. Raises as the client does: what Redis refuses is ResponseError, no answer RedisError.

        A command that was not answered is sent once more, as by the client: it has to bear being done twice.
        """
        (answer,) = await self._answers(pack_command(tuple(command)), 1)
        if isinstance(answer, ResponseError):
            raise answer
        return answer

    async def execute_all(self, commands: Sequence[Command]) -> list[Any]:
        """The answers to commands that are sent together; what was refused is among them as ResponseError.

        Raises RedisError when Redis doesn't answer, and then all of them are sent once more first.
        """
        return await self._answers(
            b"".join(pack_command(tuple(command)) for command in commands), len(commands)
        )

    async def _answers(self, packed: bytes, count: int) -> list[Any]:
        connection = self._idle.pop() if self._idle else await self._borrow()
        try:
            await _let_go_of_a_dead_one(connection)
            try:
                return await self._talk(connection, packed, count)
            except (RedisConnectionError, RedisTimeoutError):
                await asyncio.sleep(RETRY_DELAY)
                return await self._talk(connection, packed, count)
        finally:
            if len(self._idle) < KEPT:
                self._idle.append(connection)
            else:
                await self._give_back(connection)

    async def _talk(self, connection: AbstractConnection, packed: bytes, count: int) -> list[Any]:
        """Send, connecting first where it has to be, and hear the answers; either in the time limit.

        A talk that does not come to its end, by a failure, by the limit, or because the caller was cancelled, ends the
        connection: nobody hears an answer that was meant for somebody else.
        """
        try:
            if not connection.is_connected:
                with TimeLimit(self._limit):
                    await connection.connect()  # type: ignore[no-untyped-call]
            with TimeLimit(self._limit):
                await connection.send_packed_command(packed)
                return await _hear(connection, count)
        except BaseException as error:
            await connection.disconnect(nowait=True)
            if isinstance(error, TimeoutError):
                raise RedisTimeoutError("Redis did not answer in time.") from error
            raise

    async def _borrow(self) -> AbstractConnection:
        """A connection of the pool, without the time limits that redis-py sets for each write and each read by a task."""
        connection: AbstractConnection = await self._pool.get_connection()  # type: ignore[no-untyped-call]
        connection.socket_timeout = None
        return connection

    async def _give_back(self, connection: AbstractConnection) -> None:
        connection.socket_timeout = self._limit
        await self._pool.release(connection)


async def _hear(connection: AbstractConnection, count: int) -> list[Any]:
    """The next answers; a refusal is one."""
    answers: list[Any] = []
    for _ in range(count):
        try:
            answers.append(await connection.read_response())
        except ResponseError as refusal:
            answers.append(refusal)
    return answers


async def _let_go_of_a_dead_one(connection: AbstractConnection) -> None:
    """Close what the server has closed, what says something that nobody asked for, and what the pool wants renewed.

    It is connected again when something is sent.
    """
    if not connection.is_connected:
        return
    try:
        usable = not connection.should_reconnect() and not await connection.can_read()  # type: ignore[no-untyped-call]
    except RedisConnectionError:
        usable = False
    if not usable:
        await connection.disconnect(nowait=True)
