"""Where graphs keep their working state: LangGraph's Postgres saver on a pool of its own.

Its tables are made by `persistence/schema.py`, never here: replicas only read and write them.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from types import TracebackType
from typing import Any, cast

from langgraph.checkpoint.postgres.aio import AsyncPostgresSaver
from langgraph.checkpoint.serde.jsonplus import JsonPlusSerializer
from psycopg import AsyncConnection
from psycopg.rows import DictRow, dict_row
from psycopg_pool import AsyncConnectionPool

from persistence.checkpoint_connections import (
    IdleConnection,
    check_idle,
    limited_transactions,
    note_idle,
)
from persistence.driver.connections import DirectConnections
from persistence.session import direct_connections, psycopg_url
from persistence.settings import DatabaseSettings

Pool = AsyncConnectionPool[IdleConnection]


class _OpenLock(asyncio.Lock):
    """A lock that lets everyone in at once."""

    async def __aenter__(self) -> None:
        return None

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        return None


class PooledSaver(AsyncPostgresSaver):
    """The saver without its one lock, which would make all turns of a process wait for each other.

    The lock guards a single connection; here each operation takes its own from the pool.
    """

    def __init__(self, pool: Pool, stores: DirectConnections) -> None:
        """`stores`: connections for what is written behind a run, which nobody holds who waits for something of a turn's."""
        super().__init__(
            cast("AsyncConnectionPool[AsyncConnection[DictRow]]", pool), serde=strict_serializer()
        )
        self.lock = _OpenLock()
        self._pool = pool
        self.stores = stores

    def connection(self) -> AbstractAsyncContextManager[IdleConnection]:
        """One of the pool's connections, for several operations that belong together."""
        return self._pool.connection()


def strict_serializer() -> JsonPlusSerializer:
    """Plain types only, whatever LANGGRAPH_STRICT_MSGPACK says: a stored class name is never imported."""
    return JsonPlusSerializer(pickle_fallback=False, allowed_msgpack_modules=None)


@asynccontextmanager
async def open_checkpointer(settings: DatabaseSettings) -> AsyncIterator[PooledSaver]:
    """A saver for the life of a process, shared by every graph and turn in it.

    It opens without waiting for Postgres; a use while Postgres is away raises psycopg.OperationalError
    after `pool_timeout` seconds.
    """
    pool = Pool(
        psycopg_url(settings.url),
        connection_class=IdleConnection,
        kwargs=_connection_options(settings),
        min_size=1,
        max_size=settings.checkpoint_pool_size,
        timeout=settings.pool_timeout,
        check=check_idle,
        reset=note_idle,
        configure=limited_transactions(settings),
        name="checkpoints",
        open=False,
    )
    stores = direct_connections(settings, most=settings.checkpoint_pool_size, persistent=True)
    await pool.open()
    try:
        yield PooledSaver(pool, stores)
    finally:
        try:
            await stores.close()
        finally:
            await pool.close()


def _connection_options(settings: DatabaseSettings) -> dict[str, Any]:
    statement, idle = int(settings.statement_timeout * 1000), int(settings.idle_timeout * 1000)
    always = {
        "autocommit": True,
        "row_factory": dict_row,
        "application_name": "quiver-checkpoints",
        "connect_timeout": max(1, round(settings.pool_timeout)),
    }
    if settings.transaction_pooler:
        # A statement and its values go in one message here; limits are those of the role.
        return {**always, "prepare_threshold": None}
    return {
        **always,
        "prepare_threshold": 0,
        "options": f"-c statement_timeout={statement} -c lock_timeout={statement} "
        f"-c idle_in_transaction_session_timeout={idle}",
    }
