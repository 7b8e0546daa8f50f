"""Whether a pooled connection still lives, asked cheaply: only one that was long idle, or got a word meanwhile, is pinged.

SQLAlchemy's own `pool_pre_ping` opens and rolls back a transaction before every unit of work; psycopg's own check is a
round trip before each use.
"""

import select
import time
from typing import Any

from psycopg import AsyncConnection
from psycopg.rows import DictRow
from psycopg_pool import AsyncConnectionPool
from sqlalchemy import Engine, event
from sqlalchemy.exc import DisconnectionError

IDLE_SECONDS = 15.0
"""After so long unused, a connection may be gone without a word: a firewall forgot it."""
_IDLE_SINCE = "idle_since"


def check_connections(engine: Engine) -> None:
    """From now on, replace dead connections of this engine's pool when they are taken out."""
    event.listen(engine, "checkin", _note)
    event.listen(engine, "checkout", _look)


def _note(_connection: Any, record: Any) -> None:
    record.info[_IDLE_SINCE] = time.monotonic()


def _look(connection: Any, record: Any, _proxy: Any) -> None:
    """Raise DisconnectionError for a dead connection: the pool then opens another in its place."""
    if connection.driver_connection.is_closed():
        raise DisconnectionError("closed while it was idle")
    idle_since = record.info.get(_IDLE_SINCE)
    if idle_since is None or time.monotonic() - idle_since < IDLE_SECONDS:
        return
    try:
        connection.ping()
    except connection.dbapi.Error as error:
        raise DisconnectionError("gone while it was idle") from error


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
