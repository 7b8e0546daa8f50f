"""Outages of the two servers under the API, each with its end: what a machine room does in a bad year."""

import asyncio
import contextlib
import os
import signal
import subprocess
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from redis import Redis

from tests.embedded import Postgres, Valkey

MOST_CONNECTIONS = 200
"""What the embedded server allows."""


CUT_OFF = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'quiver%'"


@dataclass
class Servers:
    """Two servers of one test's own. `disk`: where Postgres keeps its data, a file system of its own when it is `small`."""

    postgres: Postgres
    database_url: str
    valkey: Valkey
    disk: Path


Outage = Callable[[Servers], Awaitable[None]]


async def postgres_restarts_ten_times(servers: Servers) -> None:
    """Each time as soon as it is back, in order and as in a crash by turns."""
    for number in range(10):
        await asyncio.to_thread(servers.postgres.stop, "immediate" if number % 2 else "fast")
        await asyncio.to_thread(servers.postgres.start)
        await asyncio.sleep(0.3)


async def postgres_is_stopped_for_ten_seconds(servers: Servers) -> None:
    """A fail-over that takes its time."""
    await asyncio.to_thread(servers.postgres.stop, "fast")
    await asyncio.sleep(10)
    await asyncio.to_thread(servers.postgres.start)


async def connections_are_exhausted(servers: Servers) -> None:
    """Somebody else holds all that the server allows, and ours are cut off."""
    held: list[psycopg.AsyncConnection[tuple[object, ...]]] = []
    try:
        owner = await psycopg.AsyncConnection.connect(servers.database_url, autocommit=True)
        held.append(owner)
        for _ in range(3):
            await owner.execute(CUT_OFF)
            with contextlib.suppress(psycopg.OperationalError):
                while len(held) < MOST_CONNECTIONS:
                    held.append(await psycopg.AsyncConnection.connect(servers.database_url))
            await asyncio.sleep(2)
    finally:
        for connection in held:
            await connection.close()


async def disk_is_full(servers: Servers) -> None:
    """Something else fills Postgres' disk to the last byte; then it is removed."""
    filler = servers.disk / "filler"
    with filler.open("wb") as opened, contextlib.suppress(OSError):
        while True:
            opened.write(b"x" * 65_536)
            opened.flush()
    await asyncio.sleep(6)
    filler.unlink()


async def redis_is_killed_for_twenty_seconds(servers: Servers) -> None:
    """And comes back with what it was told."""
    servers.valkey.kill()
    await asyncio.sleep(20)
    servers.valkey.start()


async def redis_is_frozen(servers: Servers) -> None:
    """It takes connections and says nothing."""
    servers.valkey.send(signal.SIGSTOP)
    await asyncio.sleep(8)
    servers.valkey.send(signal.SIGCONT)


async def redis_is_flushed_again_and_again(servers: Servers) -> None:
    """Everything in it is gone, ten times."""
    for _ in range(10):
        with Redis.from_url(servers.valkey.url) as client:
            client.flushall()
        await asyncio.sleep(0.3)


async def redis_has_no_room(servers: Servers) -> None:
    """It refuses to keep anything."""
    with Redis.from_url(servers.valkey.url) as client:
        client.config_set("maxmemory", 1)
        await asyncio.sleep(6)
        client.config_set("maxmemory", 0)


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[Path]:
    """A file system of this size in memory. Needs root."""
    folder.mkdir(parents=True)
    size = f"size={megabytes}m"
    subprocess.run(["mount", "-t", "tmpfs", "-o", size, "tmpfs", str(folder)], check=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def may_mount() -> bool:
    """Whether this test run may make file systems."""
    return os.geteuid() == 0
