"""Whether a pooled connection still lives, asked cheaply: only one that was long idle, or got a word meanwhile, is pinged.

SQLAlchemy's own `pool_pre_ping` opens and rolls back a transaction before every unit of work.
"""

import time
from typing import Any

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
