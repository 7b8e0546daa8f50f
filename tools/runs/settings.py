"""Settings of graphs' runs that answer one request."""

from datetime import timedelta

from pydantic import BaseModel, Field


class RunSettings(BaseModel):
    """When a run counts as dead, and how long it can be taken up."""

    dead_seconds: float = Field(
        300.0,
        alias="RUN_DEAD_AFTER",
        ge=60,
        description="Seconds after which a run that has not ended has no process any more: longer than any request takes.",
    )
    kept_seconds: float = Field(
        3600.0,
        alias="RUN_KEEP_BROKEN",
        ge=60,
        description="Seconds a run that broke off waits for the same request, which then goes on where it was.",
    )

    @property
    def dead_after(self) -> timedelta:
        """How long a living run may be silent."""
        return timedelta(seconds=self.dead_seconds)

    @property
    def taken_up_within(self) -> timedelta:
        """How long a broken run can be taken up."""
        return timedelta(seconds=self.kept_seconds)
