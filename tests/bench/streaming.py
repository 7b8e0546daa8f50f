"""A turn, streamed: server CPU for each turn and the time to its first text, beside a relay that only passes bytes on."""

import asyncio
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import httpx
import psutil

from tests.dev import processes

AT_ONCE = 8


@dataclass(frozen=True)
class Measurement:
    """What one subject did over all its streams."""

    cpu_seconds: float
    first_text_ms: list[float]

    @property
    def cpu_ms(self) -> float:
        """Server CPU a stream, in milliseconds."""
        return self.cpu_seconds / len(self.first_text_ms) * 1000

    @property
    def median_first_text_ms(self) -> float:
        """Half of the streams showed text earlier than this."""
        return statistics.median(self.first_text_ms)


async def measure(server: processes.Child, requests: Sequence[dict[str, Any]], mark: str) -> Measurement:
    """Send the requests AT_ONCE at a time; the first of them warm the server up and are not counted."""
    process = psutil.Process(server.process.pid)
    latencies: list[float] = []
    async with httpx.AsyncClient(timeout=60, trust_env=False) as client:
        await asyncio.gather(*(one_stream(client, request, mark) for request in requests[:AT_ONCE]))
        before = cpu_seconds(process)
        for start in range(AT_ONCE, len(requests), AT_ONCE):
            batch = requests[start : start + AT_ONCE]
            latencies += await asyncio.gather(*(one_stream(client, request, mark) for request in batch))
        return Measurement(cpu_seconds(process) - before, latencies)


async def one_stream(client: httpx.AsyncClient, request: dict[str, Any], mark: str) -> float:
    """Milliseconds from the request to the first line that holds `mark`, reading on to the end."""
    began = time.monotonic()
    first = 0.0
    async with client.stream("POST", **request) as response:
        response.raise_for_status()
        async for line in response.aiter_lines():
            if not first and mark in line:
                first = time.monotonic()
    if not first:
        raise RuntimeError(f"a stream of {request['url']} held no text")
    return (first - began) * 1000


def cpu_seconds(process: psutil.Process) -> float:
    """User and system time of the process."""
    times = process.cpu_times()
    return float(times.user + times.system)
