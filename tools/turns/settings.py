"""Settings of turns: how long they may run, who may start how many, how long their logs stay."""

from pydantic import BaseModel, Field


class TurnSettings(BaseModel):
    """Turns of the discovery talk."""

    time_limit: float = Field(
        180.0,
        alias="TURN_TIME_LIMIT",
        gt=0,
        description="Seconds a turn may run; then it fails, its text kept.",
    )
    lease: float = Field(
        15.0,
        alias="TURN_LEASE",
        ge=1.5,
        description="Seconds a process owns a turn without renewing; it renews every third of it.",
    )
    stop_interval: float = Field(
        0.5,
        alias="TURN_STOP_INTERVAL",
        gt=0,
        description="Seconds between looks in Postgres for a stop that another process took in.",
    )
    coalesce: float = Field(
        0.004,
        alias="TURN_COALESCE",
        ge=0,
        description="Seconds in which pieces of text are gathered into one event. The first is never held back.",
    )
    log_gather: float = Field(
        0.1,
        alias="TURN_LOG_GATHER",
        ge=0,
        description="Seconds in which the events of all turns are gathered into one write to Redis. Readers in this process wait for none.",
    )
    log_ttl: int = Field(
        900, alias="TURN_LOG_TTL", ge=60, description="Seconds Redis keeps the log of a turn that has ended."
    )
    takeover: bool = Field(
        True,
        alias="TURN_TAKEOVER",
        description="Whether this process goes on with turns whose process died.",
    )
    drain: float = Field(
        8.0,
        alias="TURN_DRAIN",
        ge=0,
        description="Seconds running turns get to end when the process is asked to stop; then other processes go on with them.",
    )
    per_minute: int = Field(
        20, alias="TURN_RATE_PER_MINUTE", ge=1, description="Turns a person may start in a minute."
    )
    at_once: int = Field(
        2, alias="TURN_CONCURRENCY", ge=1, description="Turns of one person that may run at the same time."
    )

    @property
    def takeover_patience(self) -> float:
        """Seconds after which a turn that nobody took over is given up by those who read it."""
        return 2 * self.lease + 10

    @property
    def log_running_ttl(self) -> int:
        """Seconds Redis keeps the log of a turn that has not ended: never shorter than the turn."""
        return int(self.time_limit) + self.log_ttl + 3600
