"""Connections of the checkpoints' pool, which is psycopg's: whether one still lives, and how long its transactions may last.

psycopg's own check is a round trip before each use. Processes without graphs never import this, nor psycopg.
"""

import select
import time
from collections.abc import Awaitable, Callable

from psycopg import AsyncConnection
from psycopg.rows import DictRow
from psycopg_pool import AsyncConnectionPool

from persistence.pool_checks import IDLE_SECONDS
from persistence.settings import DatabaseSettings
from persistence.transaction_limits import SINCE, limiting_statement


class IdleConnection(AsyncConnection[DictRow]):
    """A connection of a psycopg pool that knows since when nobody has used it."""

    idle_since = 0.0


async def note_idle(connection: IdleConnection) -> None:
    """What a pool calls when it gets a connection back."""
    connection.idle_since = time.monotonic()


async def check_idle(connection: IdleConnection) -> None:
    """What a pool calls before it hands a connection out. Raises psycopg.Error for a dead one: the pool opens another.

    psycopg notices that a server hung up only when it reads: but then the socket has something to be read.
    """
    if time.monotonic() - connection.idle_since >= IDLE_SECONDS or _has_word(connection):
        await AsyncConnectionPool.check_connection(connection)


def _has_word(connection: IdleConnection) -> bool:
    """Whether something came, be it the end, while nothing was asked for."""
    poll = select.poll()
    poll.register(connection.fileno(), select.POLLIN)
    return bool(poll.poll(0))


def limited_transactions(settings: DatabaseSettings) -> Callable[[AsyncConnection[DictRow]], Awaitable[None]]:
    """Limits those of one connection of a psycopg pool."""

    async def limit(connection: AsyncConnection[DictRow]) -> None:
        if not settings.transaction_pooler and connection.info.server_version >= SINCE * 10_000:
            await connection.execute(limiting_statement(settings).encode())

    return limit
