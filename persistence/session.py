"""Connections to Postgres and the unit of work: one transaction, and what is to happen after it.

Services take a `UnitOfWork` and never commit; whoever opened it (a route, a job, a graph node) does, once.
"""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import structlog
from sqlalchemy import URL, make_url, text
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.pool import NullPool

from persistence.driver.connections import DirectConnections
from persistence.driver.errors import translate
from persistence.driver.pooled_transactions import pooled_connection
from persistence.pool_checks import check_connections
from persistence.read_model import Reads
from persistence.settings import DatabaseSettings
from persistence.transaction_limits import limit_transactions, limited_by_driver

log = structlog.get_logger(__name__)

AfterCommit = Callable[[], Awaitable[None]]


class UnitOfWork:
    """One transaction. `session` is SQLAlchemy's; callbacks given to `after_commit` run once it is committed."""

    def __init__(self, session: AsyncSession, *, pooler: bool = False) -> None:
        """`pooler`: the connection leads through one in transaction mode."""
        self.session = session
        self._pooler = pooler
        self._after_commit: list[AfterCommit] = []

    def after_commit(self, callback: AfterCommit) -> None:
        """Run `callback` once the transaction is committed; it never runs when the transaction is rolled back."""
        self._after_commit.append(callback)

    async def autocommit(self) -> None:
        """Ask this before the first statement when each may stand alone: no BEGIN and COMMIT are sent around them.

        It takes the connection. A pooler in transaction mode needs both, and gets them: what others must find at once has to be
        committed all the same.
        """
        if self._pooler:
            await self.session.connection()
            return
        await self.session.connection(execution_options={"isolation_level": "AUTOCOMMIT"})

    async def commit(self) -> None:
        """Commit, then run what waits for it. A failing callback is logged: the data is already safe."""
        await self.session.commit()
        waiting, self._after_commit = self._after_commit, []
        for callback in waiting:
            try:
                await callback()
            except Exception:
                log.exception("after_commit.failed")


class Database:
    """The engine of one process and the door to units of work."""

    def __init__(self, settings: DatabaseSettings, *, pooled: bool = True) -> None:
        """`pooled=False` opens a connection a transaction: for processes that fork or run several event loops."""
        self._pooler = settings.transaction_pooler
        self.engine: AsyncEngine = _create_engine(settings, pooled)
        self.direct = direct_connections(settings, most=settings.direct_connections)
        self._sessions = async_sessionmaker(self.engine, expire_on_commit=False)
        self.reads = Reads(self.engine)

    @asynccontextmanager
    async def unit_of_work(self) -> AsyncIterator[UnitOfWork]:
        """Open a transaction; commit when the block ends well, roll back when it raises."""
        async with self._sessions() as session:
            uow = UnitOfWork(session, pooler=self._pooler)
            yield uow
            await uow.commit()

    async def ping(self) -> None:
        """Raise when Postgres does not answer."""
        async with self.engine.connect() as connection:
            await connection.execute(text("SELECT 1"))

    async def close(self) -> None:
        """Close every connection."""
        await self.direct.close()
        await self.engine.dispose()


def direct_connections(
    settings: DatabaseSettings, *, most: int, persistent: bool = False
) -> DirectConnections:
    """Up to so many connections of the driver's own, with the limits that all others have."""
    return DirectConnections(
        async_url(settings.url),
        _connect_arguments(settings),
        most=most,
        patience=settings.pool_timeout,
        configure=limited_by_driver(settings),
        persistent=persistent,
    )


def async_url(url: str) -> URL:
    """The URL of a Postgres database for asyncpg, whatever driver the given one names.

    Managed databases hand out libpq's words: asyncpg calls `sslmode` `ssl` and knows no `channel_binding`.
    """
    given = make_url(url).set(drivername="postgresql+asyncpg")
    names = {"sslmode": "ssl"}
    query = {names.get(key, key): value for key, value in given.query.items() if key != "channel_binding"}
    return given.set(query=query)


def psycopg_url(url: str) -> str:
    """The URL of a Postgres database for psycopg (checkpoints, command line)."""
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)


def _connect_arguments(settings: DatabaseSettings) -> dict[str, Any]:
    """What the driver is told for each connection."""
    waits = {"timeout": settings.pool_timeout, "command_timeout": settings.statement_timeout + 1}
    words = {"application_name": "quiver", "timezone": "UTC"}
    if settings.transaction_pooler:
        kind = pooled_connection(settings)
        return {**waits, "statement_cache_size": 0, "connection_class": kind, "server_settings": words}
    milliseconds = str(int(settings.statement_timeout * 1000))
    return {
        **waits,
        "server_settings": {
            **words,
            "statement_timeout": milliseconds,
            "lock_timeout": milliseconds,
            "idle_in_transaction_session_timeout": str(int(settings.idle_timeout * 1000)),
        },
    }


def _create_engine(settings: DatabaseSettings, pooled: bool) -> AsyncEngine:
    # hide_parameters: what people wrote may not appear in errors, and so not in logs.
    connect_args = _connect_arguments(settings)
    if settings.transaction_pooler:
        # Nothing is kept of a statement, and the name that is none belongs to nobody.
        connect_args |= {"prepared_statement_cache_size": 0, "prepared_statement_name_func": str}
    if not pooled:
        return create_async_engine(
            async_url(settings.url), poolclass=NullPool, hide_parameters=True, connect_args=connect_args
        )
    engine = create_async_engine(
        async_url(settings.url),
        pool_size=settings.pool_size,
        max_overflow=0,
        pool_timeout=settings.pool_timeout,
        hide_parameters=True,
        connect_args=connect_args,
    )
    check_connections(engine.sync_engine)
    translate(engine.sync_engine)
    if not settings.transaction_pooler:
        limit_transactions(engine.sync_engine, settings)
    return engine
