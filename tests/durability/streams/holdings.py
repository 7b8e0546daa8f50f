"""What the replicas hold on to: descriptors, tasks, connections to both servers, answers that a provider still writes."""

import asyncio
import re
from collections.abc import Sequence
from dataclasses import dataclass

import httpx
import psycopg
from redis import Redis

SAMPLE = re.compile(r"^(\w+)(?:\{[^}]*\})? ([0-9.e+]+)$", re.MULTILINE)
SLACK = {"descriptors": 16, "tasks": 6, "database": 6, "redis": 12, "turns": 0, "upstream": 0}
"""What may come and go at rest: a pool's connections, a task that looks in. A leak of one reader in a hundred is more."""

Holdings = dict[str, int]


@dataclass(frozen=True)
class Watch:
    """Counts what these replicas hold."""

    urls: Sequence[str]
    database_url: str
    redis_url: str
    sandbox_url: str

    async def count(self) -> Holdings:
        """As it is now."""
        async with httpx.AsyncClient(trust_env=False, timeout=10) as client:
            pages = [(await client.get(f"{url}/metrics")).raise_for_status().text for url in self.urls]
            upstream = (await client.get(f"{self.sandbox_url}/control/open")).json()["open"]
        figures = [dict(SAMPLE.findall(page)) for page in pages]
        named = {
            "descriptors": "process_open_fds",
            "tasks": "quiver_tasks",
            "turns": "quiver_turns_running",
        }
        counted = {name: sum(int(float(page[metric])) for page in figures) for name, metric in named.items()}
        return counted | {
            "database": self._database(),
            "redis": self._redis(),
            "upstream": sum(upstream.values()),
        }

    async def back_at(self, base: Holdings, seconds: float) -> Holdings:
        """What is held once it is as little as `base`, or when the time is over."""
        deadline = asyncio.get_running_loop().time() + seconds
        while above(held := await self.count(), base) and asyncio.get_running_loop().time() < deadline:  # noqa: ASYNC110 — another process has no event
            await asyncio.sleep(0.1)
        return held

    def _database(self) -> int:
        with psycopg.connect(self.database_url, autocommit=True) as connection:
            row = connection.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
            ).fetchone()
        assert row is not None
        return int(row[0])

    def _redis(self) -> int:
        with Redis.from_url(self.redis_url, client_name="counting") as client:
            number = str(client.connection_pool.connection_kwargs["db"])
            clients = client.client_list()
        return sum(one["db"] == number and one["name"] == "quiver" for one in clients)


def above(held: Holdings, base: Holdings) -> Holdings:
    """What is more than at the beginning, and by how much."""
    return {name: held[name] - base[name] for name in base if held[name] > base[name] + SLACK[name]}
