"""How long a transaction may last, told to each new connection.

A process that is frozen between two messages of one statement is not idle by Postgres' reckoning, and no statement runs:
only a limit of the whole transaction lets go of what it locked. Postgres has one since version 17; older ones can be held up
by such a process until its connection is gone.
"""

from collections.abc import Awaitable, Callable
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection

from persistence.driver.errors import FAILURES, as_sqlalchemy
from persistence.settings import DatabaseSettings

SINCE = 17


def limit_transactions(engine: Engine, settings: DatabaseSettings) -> None:
    """Limit those of an engine on asyncpg."""
    limit = limited_by_driver(settings)

    def on_connect(connection: DBAPIConnection, _: object) -> None:
        try:
            connection.run_async(limit)
        except FAILURES as error:
            raise as_sqlalchemy(error) from error

    event.listen(engine, "connect", on_connect)


def limited_by_driver(settings: DatabaseSettings) -> Callable[[Any], Awaitable[None]]:
    """Limits those of one connection of asyncpg itself."""

    async def limit(connection: Any) -> None:  # asyncpg.Connection, which has no types
        if not settings.transaction_pooler and connection.get_server_version().major >= SINCE:
            await connection.execute(limiting_statement(settings))

    return limit


def limiting_statement(settings: DatabaseSettings) -> str:
    """What tells a connection of a server that has the limit."""
    return f"SET transaction_timeout = {settings.transaction_milliseconds}"
