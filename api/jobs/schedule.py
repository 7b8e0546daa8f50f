"""What happens when: the beat's table. It sends messages only; the workers do the work."""

from typing import Any

from api.jobs.names import (
    APPLY_RETENTION,
    FORGET_OLD,
    RESOLVE_CALLS,
    RUN_AUTOPILOT,
    SWEEP,
    SWEEP_RUNS,
    SWEEP_TURNS,
)
from tools.jobs.settings import WorkerSettings
from tools.jobs.steps import DEFAULT, LEAD_ENRICHMENT

TURNS_SECONDS = 60.0
FORGET_SECONDS = 600.0
RETENTION_SECONDS = 3600.0
AUTOPILOT_SECONDS = 60.0


def beat_schedule(worker: WorkerSettings) -> dict[str, dict[str, Any]]:
    """Each entry's message is dropped when nobody takes it before the next two."""
    return {
        SWEEP: _every(SWEEP, worker.sweep_seconds),
        SWEEP_TURNS: _every(SWEEP_TURNS, TURNS_SECONDS),
        SWEEP_RUNS: _every(SWEEP_RUNS, TURNS_SECONDS),
        RESOLVE_CALLS: _every(RESOLVE_CALLS, worker.resolve_seconds),
        FORGET_OLD: _every(FORGET_OLD, FORGET_SECONDS),
        APPLY_RETENTION: _every(APPLY_RETENTION, RETENTION_SECONDS),
        RUN_AUTOPILOT: _every(RUN_AUTOPILOT, AUTOPILOT_SECONDS, LEAD_ENRICHMENT),
    }


def _every(task: str, seconds: float, queue: str = DEFAULT) -> dict[str, Any]:
    return {
        "task": task,
        "schedule": seconds,
        "options": {"queue": queue, "expires": max(2.0, seconds * 2)},
    }
