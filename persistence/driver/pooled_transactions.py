"""Connections that lead through a pooler in transaction mode, as PgBouncer's: between transactions each may be at another server.

So nothing of a session is counted on. asyncpg asks in two round trips (prepare, then execute): outside of a transaction
the second may go to a server that knows nothing of the first, or something else. Every statement therefore runs in a
transaction, statements have no name that another client could have taken, and limits are told each transaction as it begins.
"""

from typing import Any

import asyncpg

from persistence.settings import DatabaseSettings

SINCE = 17
"""Postgres' first version with a limit of the whole transaction."""


class PooledConnection(asyncpg.Connection):  # type: ignore[misc]  # the driver has no types
    """A connection whose statements run in transactions, whoever asks. `limits` are commands told to each as it begins."""

    limits = ""
    transaction_limit = ""
    """Another such command, for servers that know it."""

    async def execute(self, query: str, *args: Any, **options: Any) -> Any:
        """Run commands; those that begin a transaction limit it too, in the same round trip."""
        if args:
            async with self.transaction():
                return await super().execute(query, *args, **options)
        if query.startswith("BEGIN"):
            begin, _, first = query.partition(";")
            version = self.get_server_version().major
            query = f"{begin}; {self.limits}{self.transaction_limit if version >= SINCE else ''}{first}"
        return await super().execute(query, **options)

    async def fetch(self, query: str, *args: Any, **options: Any) -> Any:
        """What a statement finds."""
        if self.is_in_transaction():
            return await super().fetch(query, *args, **options)
        async with self.transaction():
            return await super().fetch(query, *args, **options)

    async def set_type_codec(self, *args: Any, **options: Any) -> None:
        """Set how values of a type are read; the type is looked up first."""
        async with self.transaction():
            await super().set_type_codec(*args, **options)


def pooled_connection(settings: DatabaseSettings) -> type[PooledConnection]:
    """The kind of connection whose transactions have the limits of these settings."""
    statement, idle = int(settings.statement_timeout * 1000), int(settings.idle_timeout * 1000)
    limits = (
        f"SET LOCAL statement_timeout = {statement}; SET LOCAL lock_timeout = {statement};"
        f" SET LOCAL idle_in_transaction_session_timeout = {idle};"
    )
    whole = f" SET LOCAL transaction_timeout = {settings.transaction_milliseconds};"
    return type("LimitedConnection", (PooledConnection,), {"limits": limits, "transaction_limit": whole})
