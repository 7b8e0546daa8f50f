"""The driver's errors as SQLAlchemy's, for statements that go past SQLAlchemy: whoever asks knows one family of errors."""

import asyncpg
from sqlalchemy import Engine, ExceptionContext, event
from sqlalchemy.exc import DBAPIError

BROKEN = (asyncpg.InternalClientError, asyncpg.ProtocolError)
"""The driver has lost its place in the talk with the server, as when that ended in mid-answer: the connection is of no use."""
AWAY = (
    OSError,
    asyncpg.CannotConnectNowError,
    asyncpg.TooManyConnectionsError,
    asyncpg.PostgresConnectionError,
)
"""What an attempt to connect raises that may do better in a moment."""
FAILURES = (asyncpg.PostgresError, asyncpg.InterfaceError, *BROKEN)
"""All that a statement may raise, but for the network's OSError and TimeoutError."""


def as_sqlalchemy(error: BaseException) -> DBAPIError:
    """The same failure; `connection_invalidated` when it says that the connection is gone, not that the data is wrong."""
    lost = isinstance(error, BROKEN) or (
        isinstance(error, asyncpg.InterfaceError) and not isinstance(error, asyncpg.DataError | ValueError)
    )
    return DBAPIError(None, None, error, connection_invalidated=lost)


def unreachable(error: OSError) -> DBAPIError:
    """That the network, or a wait for a connection, came to nothing."""
    return DBAPIError(None, None, error, connection_invalidated=True)


def translate(engine: Engine) -> None:
    """From now on, what this engine's driver raises beyond its own family of errors is SQLAlchemy's too."""
    event.listen(engine, "handle_error", _translated)


def _translated(context: ExceptionContext) -> BaseException | None:
    if not isinstance(context.original_exception, BROKEN):
        return None
    context.is_disconnect = True
    return as_sqlalchemy(context.original_exception)
