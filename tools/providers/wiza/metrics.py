"""What is told to Prometheus of Wiza: how long its answers take, and what comes of asking."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from prometheus_client import Histogram

CALLS = Histogram(
    "quiver_wiza_call_seconds",
    "Seconds of a request to Wiza, by what was asked and what came of it: a status, or lost or closed.",
    ("call", "outcome"),
    buckets=(0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 20),
)


class Timed:
    """One request; `outcome` is set by who makes it."""

    outcome = "lost"


@contextmanager
def timed(path: str) -> Iterator[Timed]:
    """Measure a request to this path."""
    began, call = time.perf_counter(), Timed()
    try:
        yield call
    finally:
        _figure(path.split("/", 2)[1], call.outcome).observe(time.perf_counter() - began)


@cache
def _figure(call: str, outcome: str) -> Histogram:
    return CALLS.labels(call, outcome)
