"""Which runs there were and how far the newest is."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from migrations.supabase.mappings.catalog import ENTITIES, TABLES
from migrations.supabase.target.connection import LOCK_KEY, Target
from migrations.supabase.target.ledger import SCHEMA, exists, id_map


@dataclass(frozen=True)
class RunStatus:
    """One run and its steps: done, or how far."""

    run_id: int
    source: str
    snapshot_at: str
    state: str
    steps: dict[str, str]


@dataclass(frozen=True)
class Status:
    """All runs, the newest first, and rows brought by table. `working`: a move is at work now."""

    working: bool
    runs: list[RunStatus]
    brought: dict[str, int]

    def as_json(self) -> dict[str, Any]:
        """For programs."""
        return asdict(self)

    def lines(self) -> Iterator[str]:
        """For people."""
        if not self.runs:
            yield "Nothing was ever moved into this database."
            return
        yield "A move is at work." if self.working else "No move is at work."
        for run in self.runs:
            yield f"Run {run.run_id} from {run.source}, as of {run.snapshot_at}: {run.state}"
        if self.runs[0].state == "cut off":
            yield f"  done: {', '.join(f'{step} {how}'.strip() for step, how in self.runs[0].steps.items())}"
        yield f"Brought: {', '.join(f'{rows:,} {table}' for table, rows in self.brought.items()) or 'nothing'}"


def status_of(target: Target) -> Status:
    """What the move's own schema tells."""
    if not exists(target):
        return Status(False, [], {})
    working = _is_working(target)
    found = target.rows(
        "SELECT run_id, source, snapshot_at::text, finished_at::text, rolled_back_at::text"
        f" FROM {SCHEMA}.runs ORDER BY run_id DESC LIMIT 20"
    )
    runs = [
        RunStatus(
            run_id,
            source,
            moment,
            _state(finished, undone, working=working and at == 0),
            _steps(target, run_id),
        )
        for at, (run_id, source, moment, finished, undone) in enumerate(found)
    ]
    brought = {
        TABLES[entity][0]: int(target.value(f"SELECT count(*) FROM {id_map(entity)} WHERE made"))
        for entity in ENTITIES
    }
    return Status(working, runs, {table: rows for table, rows in brought.items() if rows})


def _is_working(target: Target) -> bool:
    """Whether somebody holds the lock: its number is kept in two halves."""
    return bool(
        target.value(
            "SELECT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND granted AND objsubid = 1"
            " AND (classid::bigint << 32) | objid::bigint = %s AND database = (SELECT oid FROM pg_database"
            " WHERE datname = current_database()))",
            [LOCK_KEY],
        )
    )


def _state(finished: str | None, undone: str | None, *, working: bool) -> str:
    if undone:
        return f"taken back {undone}"
    return f"finished {finished}" if finished else "at work" if working else "cut off"


def _steps(target: Target, run_id: int) -> dict[str, str]:
    rows = target.rows(
        f"SELECT step, upto FROM {SCHEMA}.steps WHERE run_id = %s ORDER BY done_at, step", [run_id]
    )
    return {step: f"up to row {upto:,}" if upto is not None else "" for step, upto in rows}
