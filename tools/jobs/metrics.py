"""What is told to Prometheus of jobs: how much waits, how long they wait and run, how their items end.

Workers run in several processes: `api/jobs/supervision/metrics.py` puts their figures together.
"""

from datetime import datetime

from prometheus_client import Counter, Gauge, Histogram

from persistence.models.job import AsyncJobType, JobItemState, JobStatus
from persistence.session import UnitOfWork
from persistence.types import utc_now
from tools.jobs.steps import KINDS, QUEUES
from tools.read_models import InTransaction

WAITS = Histogram(
    "quiver_job_wait_seconds",
    "Seconds from the request for a job to its beginning.",
    ("kind",),
    buckets=(0.01, 0.05, 0.1, 0.5, 1, 5, 15, 60, 300),
)
TIMES = Histogram(
    "quiver_job_seconds",
    "Seconds from a job's beginning to its end.",
    ("kind", "status"),
    buckets=(0.1, 0.5, 1, 5, 15, 60, 300, 900, 3600, 14400),
)
ENDED = Counter(
    "quiver_job_items_total",
    "Items that ended, by state and by the code of what failed.",
    ("kind", "state", "code"),
)
DEPTH = Gauge(
    "quiver_job_queue_items",
    "Items that wait (pending) or are worked on (leased), as the newest sweep counted them.",
    ("queue", "state"),
    multiprocess_mode="mostrecent",
)
LATE = Gauge(
    "quiver_job_due_seconds",
    "Seconds the longest waiting item has been due, as the newest sweep saw it.",
    ("queue",),
    multiprocess_mode="mostrecent",
)
COUNT = """
SELECT j."Type", i."State", count(*),
  coalesce(max(extract(epoch FROM now() - i."RunAfter")) FILTER (WHERE i."State" = 'pending'), 0)
FROM "JobItems" i JOIN "Jobs" j ON j."JobID" = i."JobID"
WHERE i."State" IN ('pending', 'leased') AND j."CancelRequestedAt" IS NULL GROUP BY 1, 2
"""


def note_begun(kind: AsyncJobType, created_at: datetime) -> None:
    """A job began."""
    WAITS.labels(kind.value).observe((utc_now() - created_at).total_seconds())


def note_ended(kind: AsyncJobType, status: JobStatus, started_at: datetime | None) -> None:
    """A job ended; one that never began took no time."""
    seconds = (utc_now() - started_at).total_seconds() if started_at is not None else 0.0
    TIMES.labels(kind.value, status.value).observe(seconds)


def note_items(kind: AsyncJobType, state: JobItemState, code: str | None = None, *, count: int = 1) -> None:
    """Items ended."""
    ENDED.labels(kind.value, state.value, code or "").inc(count)


async def measure_queues(uow: UnitOfWork) -> None:
    """Count what waits and what is worked on, queue by queue."""
    depth = {(queue, state): 0 for queue in QUEUES for state in ("pending", "leased")}
    late = dict.fromkeys(QUEUES, 0.0)
    for kind, state, count, seconds in await InTransaction(uow).rows(COUNT):
        queue = KINDS[AsyncJobType(kind)].queue
        depth[queue, state] += count
        late[queue] = max(late[queue], float(seconds))
    for (queue, state), count in depth.items():
        DEPTH.labels(queue, state).set(count)
    for queue, seconds in late.items():
        LATE.labels(queue).set(max(0.0, seconds))
