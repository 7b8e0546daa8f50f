"""What befalls the two servers under a turn: killed, emptied, robbed of their last second, restarted, cut off."""

import asyncio
import random
import shutil
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

import psycopg
from redis import Redis

from tests.embedded import Postgres, Valkey

LOST_BYTES = 4_000
"""About what a turn appends in half a second: what a machine that loses power, or a fail-over, takes along."""


@dataclass
class Servers:
    """Servers that belong to one test alone; `postgres` may be somebody else's, and is then only cut off."""

    database_url: str
    valkey: Valkey
    valkey_data: Path
    postgres: Postgres | None = None

    def flush(self) -> None:
        """Empty Redis."""
        with Redis.from_url(self.valkey.url) as client:
            client.flushall()

    def lose_what_was_last(self, size: int) -> None:
        """Take the end of Redis' file away, while it does not run."""
        [file] = (self.valkey_data / "appendonlydir").glob("*.incr.aof")
        with file.open("r+b") as opened:
            opened.truncate(max(0, file.stat().st_size - size))

    def cut_off(self) -> None:
        """End every connection to the database, as a restart does to its clients."""
        with psycopg.connect(self.database_url, autocommit=True) as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )


Outage = Callable[[Servers, random.Random], Awaitable[None]]


async def redis_restarts(servers: Servers, chance: random.Random) -> None:
    """Killed, and back with all it was told."""
    servers.valkey.kill()
    await asyncio.sleep(chance.uniform(0, 1.5))
    servers.valkey.start()


async def redis_forgets_its_last(servers: Servers, chance: random.Random) -> None:
    """Killed, and back without the end of its file."""
    servers.valkey.kill()
    servers.lose_what_was_last(chance.randrange(1, LOST_BYTES))
    await asyncio.sleep(chance.uniform(0, 0.5))
    servers.valkey.start()


async def redis_begins_empty(servers: Servers, chance: random.Random) -> None:
    """Killed, and back with nothing."""
    servers.valkey.kill()
    shutil.rmtree(servers.valkey_data)
    await asyncio.sleep(chance.uniform(0, 1.5))
    servers.valkey.start()


async def redis_is_flushed(servers: Servers, chance: random.Random) -> None:
    """Emptied, once or twice."""
    for _ in range(chance.randrange(1, 3)):
        servers.flush()
        await asyncio.sleep(chance.uniform(0, 0.3))


async def postgres_restarts(servers: Servers, chance: random.Random) -> None:
    """Stopped in order or as in a crash, and back after a while."""
    assert servers.postgres is not None
    await asyncio.to_thread(servers.postgres.stop, chance.choice(["fast", "immediate"]))
    await asyncio.sleep(chance.uniform(0, 1.5))
    await asyncio.to_thread(servers.postgres.start)


async def postgres_cuts_off(servers: Servers, _: random.Random) -> None:
    """All of its connections end."""
    await asyncio.to_thread(servers.cut_off)
