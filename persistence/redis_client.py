"""The connection to Redis or Valkey. Its own defaults would let one command block for a minute (10 retries)."""

from collections.abc import Iterable

from redis.asyncio import Connection, Redis, SSLConnection
from redis.asyncio.retry import Retry
from redis.backoff import ConstantBackoff
from redis.exceptions import ConnectionError as RedisConnectionError

from persistence.settings import RedisSettings

RETRY_DELAY = 0.05
MAX_CONNECTIONS = 1000
"""More than a process ever needs, less than a server's default limit of 10,000 clients."""

RESET = "The connection was reset."


class ResettableConnection(Connection):
    """A connection that was reset while nobody used it is an error that is tried again.

    redis-py takes such a connection for a live one, and uvloop answers a write to it with a RuntimeError.
    """

    async def send_packed_command(
        self, command: bytes | str | Iterable[bytes], check_health: bool = True
    ) -> None:
        """Send a command. Raises ConnectionError, TimeoutError of redis."""
        try:
            await super().send_packed_command(command, check_health)
        except RuntimeError as error:
            raise RedisConnectionError(RESET) from error


class ResettableSSLConnection(ResettableConnection, SSLConnection):
    """The same over TLS."""


RESETTABLE: dict[type, type] = {Connection: ResettableConnection, SSLConnection: ResettableSSLConnection}
"""In place of redis-py's own classes; a socket of this machine is never reset."""


def connect(settings: RedisSettings) -> Redis:
    """A client that answers in bytes. It connects on first use; close it with `aclose()`.

    A command fails with redis.exceptions.TimeoutError or ConnectionError after one retry, so within about
    twice `settings.timeout` seconds. A blocking read must block for less than `settings.timeout`.
    """
    client = Redis.from_url(
        settings.url,
        socket_timeout=settings.timeout,
        socket_connect_timeout=settings.timeout,
        socket_keepalive=True,
        retry=Retry(ConstantBackoff(RETRY_DELAY), retries=1),
        max_connections=MAX_CONNECTIONS,
        client_name="quiver",
    )
    pool = client.connection_pool
    pool.connection_class = RESETTABLE.get(pool.connection_class, pool.connection_class)
    return client
