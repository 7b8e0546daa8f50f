"""How workers work: their time limits, leases and sweeps. The order of the times is what keeps the work from being done twice."""

from pydantic import BaseModel, Field, model_validator


class WorkerSettings(BaseModel):
    """Celery workers and the schedule."""

    concurrency: int = Field(
        2,
        alias="WORKER_CONCURRENCY",
        ge=1,
        description="Child processes of one worker; each works on one message.",
    )
    time_limit: int = Field(
        50,
        alias="WORKER_TIME_LIMIT",
        ge=2,
        description="Seconds after which a task's process is killed. Less than WORKER_LEASE.",
    )
    lease: int = Field(
        60,
        alias="WORKER_LEASE",
        ge=3,
        description="Seconds a claimed item belongs to its worker. Less than WORKER_VISIBILITY_TIMEOUT.",
    )
    visibility_timeout: int = Field(
        300,
        alias="WORKER_VISIBILITY_TIMEOUT",
        ge=4,
        description="Seconds after which Redis hands an unfinished message to another worker.",
    )
    sweep_seconds: float = Field(
        5.0,
        alias="WORKER_SWEEP_SECONDS",
        gt=0,
        description="Seconds between two looks for lost messages and dead leases.",
    )
    resolve_seconds: float = Field(
        30.0,
        alias="WORKER_RESOLVE_SECONDS",
        gt=0,
        description="Seconds between two looks for what became of paid calls nobody waits for.",
    )
    outbox_grace: float = Field(
        10.0,
        alias="WORKER_OUTBOX_GRACE",
        gt=0,
        description="Seconds the API has to send a message itself before the sweep does.",
    )
    redispatch_seconds: float = Field(
        30.0,
        alias="WORKER_REDISPATCH_SECONDS",
        gt=0,
        description="Seconds an item that is due may wait before its message counts as lost.",
    )
    max_attempts: int = Field(
        5,
        alias="WORKER_MAX_ATTEMPTS",
        ge=1,
        description="How often an item is begun before it is given up as poison.",
    )
    items_at_once: int = Field(
        50,
        alias="WORKER_ITEMS_AT_ONCE",
        ge=1,
        description="Items of one job that a child process works on at once, such as leads that are enriched.",
    )
    workspace_items: int = Field(
        150,
        alias="WORKER_WORKSPACE_ITEMS",
        ge=1,
        description="Items of one workspace that may be under way at once, over all its jobs and all workers.",
    )
    events: bool = Field(
        False,
        alias="WORKER_EVENTS",
        description="Tell of tasks and workers by Celery events and answer its remote control, for Flower.",
    )
    metrics_port: int | None = Field(
        None,
        alias="WORKER_METRICS_PORT",
        ge=1,
        le=65535,
        description="Port where a worker tells Prometheus its figures. Unset: nowhere.",
    )
    completed_hours: int = Field(
        24, alias="JOB_COMPLETED_HOURS", ge=1, description="Hours a finished job can be read."
    )
    failed_hours: int = Field(
        168, alias="JOB_FAILED_HOURS", ge=1, description="Hours a failed job can be read."
    )
    progress_timeout: float = Field(
        0.3,
        alias="JOB_PROGRESS_TIMEOUT",
        gt=0,
        description="Seconds to wait for Redis before progress is computed from Postgres.",
    )

    @model_validator(mode="after")
    def _ordered(self) -> "WorkerSettings":
        """Refuse limits under which an item could be worked on twice at once."""
        if not self.time_limit < self.lease < self.visibility_timeout:
            raise ValueError("WORKER_TIME_LIMIT < WORKER_LEASE < WORKER_VISIBILITY_TIMEOUT must hold")
        return self
