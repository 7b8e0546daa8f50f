"""Plain requests to a server, some at a time: the CPU they cost it, and how long each took."""

import asyncio
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import count

import aiohttp

from tests.bench import rest_data
from tests.bench.clock import cpu_seconds


@dataclass(frozen=True)
class Server:
    """A server and the name its connections to Postgres bear."""

    name: str
    pid: int
    url: str
    application: str
    headers: Mapping[str, str]


@dataclass(frozen=True)
class Call:
    """A request: a method, a path, a body."""

    path: str
    method: str = "GET"
    body: bytes | None = None


Calls = Callable[[int], Call]
"""The n-th request; n begins at 0 and goes on over the whole run, so that no write repeats an earlier one."""


@dataclass(frozen=True)
class Spent:
    """For one request on average: milliseconds of CPU of the server, and of its backends in Postgres; all latencies, ms."""

    process_ms: float
    postgres_ms: float
    latencies: list[float]

    @property
    def together_ms(self) -> float:
        """Both."""
        return self.process_ms + self.postgres_ms

    def quantile(self, share: float) -> float:
        """A latency that this share of the requests stayed below."""
        return sorted(self.latencies)[int(share * (len(self.latencies) - 1))]


class Load:
    """Sends requests. Bodies of answers are read and thrown away; anything but a success ends the run."""

    def __init__(self, database: str, client: aiohttp.ClientSession) -> None:
        self._database = database
        self._client = client
        self._numbers = count()

    async def send(self, server: Server, calls: Calls, requests: int, at_once: int) -> Spent:
        """What so many requests cost."""
        backends = rest_data.backends(self._database, server.application)
        server_before, postgres_before = cpu_seconds(server.pid), sum(map(cpu_seconds, backends))
        latencies: list[float] = []
        waiting = iter([calls(next(self._numbers)) for _ in range(requests)])
        await asyncio.gather(*(self._work(server, waiting, latencies) for _ in range(at_once)))
        used = cpu_seconds(server.pid) - server_before
        in_postgres = sum(map(cpu_seconds, backends)) - postgres_before
        return Spent(used / requests * 1e3, in_postgres / requests * 1e3, latencies)

    async def _work(self, server: Server, waiting: Iterator[Call], latencies: list[float]) -> None:
        for call in waiting:
            began = time.perf_counter()
            async with self._client.request(
                call.method, server.url + call.path, headers=server.headers, data=call.body
            ) as answer:
                body = await answer.read()
            latencies.append((time.perf_counter() - began) * 1e3)
            if answer.status not in {200, 201}:
                raise RuntimeError(f"{server.name} answered {answer.status} to {call.path}: {body[:300]!r}")
