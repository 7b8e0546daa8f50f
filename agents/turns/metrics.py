"""What is told to Prometheus of turns: how they ended, the wait for the first word, pauses within an answer."""

from functools import cache

from prometheus_client import Counter, Histogram

from tools.turns.recording import TurnRecord

PAUSE_SECONDS = 2.0
"""Between two pieces of an answer: longer is a pause that a reader notices."""

TURNS = Counter(
    "quiver_turns_total", "Turns that ended, by their state and the code of what failed.", ("status", "code")
)
TIMES = Histogram(
    "quiver_turn_seconds",
    "Seconds from a turn's start in this process to its record.",
    buckets=(0.5, 1, 2, 4, 8, 15, 30, 60, 120, 300),
)
FIRST = Histogram(
    "quiver_turn_first_token_seconds",
    "Seconds from a turn's start to its first piece of text.",
    buckets=(0.1, 0.25, 0.5, 1, 2, 4, 8, 15, 30, 60),
)
PAUSES = Counter(
    "quiver_turn_pauses_total", f"Pauses of more than {PAUSE_SECONDS:.0f} s between two pieces of an answer."
)
LOST = Counter("quiver_turns_left_total", "Turns this process gave up or left to another one.", ("why",))
UNREADABLE = Counter(
    "quiver_states_unreadable_total",
    "States of talks that could not be read, so that the turn began with an older one and the talk.",
    ("why",),
)


def note_turn(record: TurnRecord) -> None:
    """Count one turn that is on record."""
    _turns(record.status.value, record.error_code or "").inc()
    TIMES.observe(record.duration_ms / 1000)
    if record.first_token_ms is not None:
        FIRST.observe(record.first_token_ms / 1000)


@cache
def _turns(status: str, code: str) -> Counter:
    """One of `TURNS`, looked up once."""
    return TURNS.labels(status, code)
