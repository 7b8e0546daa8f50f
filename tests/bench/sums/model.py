"""From what one turn, lead and request costs to processes, connections and memory for so many workspaces. Arithmetic, no guess hidden."""

import math
from dataclasses import dataclass

SECONDS_A_DAY = 86_400
AVERAGE_LOAD = 0.6
"""The share of a core that a process may be busy for at the peak, so that requests do not queue."""


@dataclass(frozen=True)
class Cost:
    """What one of each costs, measured: CPU in ms of the process and of Postgres, bytes stored with indexes."""

    turn_api_ms: float
    turn_postgres_ms: float
    turn_bytes: float
    turn_redis_bytes: float
    lead_api_ms: float
    lead_postgres_ms: float
    lead_bytes: float
    request_api_ms: float
    request_postgres_ms: float


@dataclass(frozen=True)
class Use:
    """What one workspace does, assumed. A day's work falls into eight hours, its peak is three times their average."""

    turns_a_day: float = 4.0
    leads_a_day: float = 30.0
    requests_a_day: float = 300.0
    answer_seconds: float = 12.0
    leads_kept: float = 5_000.0
    turns_kept: float = 400.0
    worker_ms_a_lead: float = 20.0
    """CPU of a worker for enriching a lead and drafting its message."""
    peak: float = 3.0 * 3.0


@dataclass(frozen=True)
class Need:
    """What so many workspaces need at the peak."""

    workspaces: int
    turns_at_once: float
    requests_a_second: float
    api_processes: int
    worker_children: int
    postgres_cores: float
    connections: int
    stored_gib: float
    redis_gib: float


CONNECTIONS_OF_API = 22
CONNECTIONS_OF_CHILD = 22
"""At the defaults: see `api/operating/README.md`."""
LOG_SECONDS = 900
"""How long Redis keeps a turn's log after its end."""


def need(workspaces: int, cost: Cost, use: Use) -> Need:
    """The sum for so many workspaces."""
    peak = workspaces * use.peak / SECONDS_A_DAY
    turns, leads, requests = peak * use.turns_a_day, peak * use.leads_a_day, peak * use.requests_a_day
    api_ms = turns * cost.turn_api_ms + requests * cost.request_api_ms + leads * cost.lead_api_ms
    postgres_ms = (
        turns * cost.turn_postgres_ms + requests * cost.request_postgres_ms + leads * cost.lead_postgres_ms
    )
    api = max(2, math.ceil(api_ms / 1000 / AVERAGE_LOAD))
    children = max(2, math.ceil(leads * use.worker_ms_a_lead / 1000 / AVERAGE_LOAD))
    stored = workspaces * (use.leads_kept * cost.lead_bytes + use.turns_kept * cost.turn_bytes)
    return Need(
        workspaces=workspaces,
        turns_at_once=turns * use.answer_seconds,
        requests_a_second=requests,
        api_processes=api,
        worker_children=children,
        postgres_cores=postgres_ms / 1000 / AVERAGE_LOAD,
        connections=api * CONNECTIONS_OF_API + children * CONNECTIONS_OF_CHILD,
        stored_gib=stored / 2**30,
        redis_gib=turns * (use.answer_seconds + LOG_SECONDS) * cost.turn_redis_bytes / 2**30,
    )
