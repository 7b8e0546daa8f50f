"""The connection to Redis or Valkey. Its own defaults would let one command block for a minute (10 retries)."""

from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import ConstantBackoff

from persistence.settings import RedisSettings

RETRY_DELAY = 0.05
MAX_CONNECTIONS = 1000
"""More than a process ever needs, less than a server's default limit of 10,000 clients."""


def connect(settings: RedisSettings) -> Redis:
    """A client that answers in bytes. It connects on first use; close it with `aclose()`.

    A command fails with redis.exceptions.TimeoutError or ConnectionError after one retry, so within about
    twice `settings.timeout` seconds. A blocking read must block for less than `settings.timeout`.
    """
    return Redis.from_url(
        settings.url,
        socket_timeout=settings.timeout,
        socket_connect_timeout=settings.timeout,
        socket_keepalive=True,
        retry=Retry(ConstantBackoff(RETRY_DELAY), retries=1),
        max_connections=MAX_CONNECTIONS,
        client_name="quiver",
    )
