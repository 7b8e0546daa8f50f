"""Streaming a turn: server CPU per provider token and time to the first token, ours beside a bare relay's."""

import asyncio
import json
import statistics
import time
from dataclasses import dataclass
from typing import Any

import httpx
import psutil

from tests.dev import processes

STREAMS, ROUNDS = 8, 5


@dataclass(frozen=True)
class Measurement:
    """What one subject did over all rounds."""

    cpu_seconds: float
    tokens: int
    first_token_ms: list[float]

    @property
    def microseconds_per_token(self) -> float:
        """Server CPU for each token the provider sent."""
        return self.cpu_seconds / self.tokens * 1e6

    @property
    def median_first_token_ms(self) -> float:
        """Half of the streams showed text earlier than this."""
        return statistics.median(self.first_token_ms)


async def first_text(response: httpx.Response, mark: str) -> float:
    """Read a stream to its end; when the first line with `mark` came (monotonic seconds)."""
    first = 0.0
    async for line in response.aiter_lines():
        if not first and mark in line:
            first = time.monotonic()
    return first


async def measure(
    server: processes.Child, sandbox_url: str, requests: list[dict[str, Any]], mark: str
) -> Measurement:
    """Send the requests STREAMS at a time, ROUNDS times; CPU is the server process's own."""
    process = psutil.Process(server.process.pid)
    latencies: list[float] = []
    async with httpx.AsyncClient(timeout=60, trust_env=False) as client:
        before_tokens = await provider_tokens(client, sandbox_url)
        before = cpu_seconds(process)
        for round_number in range(ROUNDS):
            batch = requests[round_number * STREAMS : (round_number + 1) * STREAMS]
            latencies += await asyncio.gather(*(one_stream(client, request, mark) for request in batch))
        used = cpu_seconds(process) - before
        tokens = await provider_tokens(client, sandbox_url) - before_tokens
    return Measurement(used, tokens, latencies)


async def one_stream(client: httpx.AsyncClient, request: dict[str, Any], mark: str) -> float:
    """Milliseconds from the request to the first text."""
    began = time.monotonic()
    async with client.stream("POST", **request) as response:
        response.raise_for_status()
        first = await first_text(response, mark)
    assert first, "the stream held no text"
    return (first - began) * 1000


async def provider_tokens(client: httpx.AsyncClient, sandbox_url: str) -> int:
    """How many pieces of text the sandbox has streamed so far."""
    answer = (await client.get(f"{sandbox_url}/control/calls", params={"limit": 0})).json()
    return int(answer["counts"]["streamed_pieces"])


def cpu_seconds(process: psutil.Process) -> float:
    """User and system time of the process."""
    times = process.cpu_times()
    return float(times.user + times.system)


def report(ours: Measurement, limit: Measurement) -> str:
    """The lines people read."""
    ratio = ours.microseconds_per_token / limit.microseconds_per_token
    return "\n".join(
        [
            f"streaming, {STREAMS} at once, {ROUNDS} rounds",
            f"  relay   {limit.microseconds_per_token:7.0f} µs CPU a token   first text {limit.median_first_token_ms:6.1f} ms",
            f"  quiver  {ours.microseconds_per_token:7.0f} µs CPU a token   first text {ours.median_first_token_ms:6.1f} ms",
            f"  ratio   {ratio:7.2f}",
            json.dumps({"bench": "streaming", "ratio": round(ratio, 2)}),
        ]
    )
