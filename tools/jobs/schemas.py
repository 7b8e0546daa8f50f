"""The wire shapes of jobs."""

from typing import Any
from uuid import UUID

from pydantic import ConfigDict, Field
from pydantic.config import JsonDict

from persistence.models.job import AsyncJobType, JobStatus
from persistence.types import LeadID
from tools.schemas import AwareDatetime, Count, WireID, WireModel

JOB_ID = "018f2c5e-7d1a-4c1e-9b57-0d2f3a4b5c6d"
JOB_EXAMPLE: JsonDict = {
    "jobId": JOB_ID,
    "jobType": "data_export",
    "status": "processing",
    "progress": 75,
    "progressText": "75% complete",
    "completedSteps": 3,
    "totalSteps": 4,
    "currentStep": "Exporting part 4 of 4",
    "estimatedSecondsRemaining": 2,
    "output": None,
    "errorMessage": None,
    "createdAt": "2026-11-25T10:00:00+00:00",
    "startedAt": "2026-11-25T10:00:01+00:00",
    "completedAt": None,
    "failures": [],
}


class JobStarted(WireModel):
    """A job was made: ask for it at `/jobs/{jobId}`."""

    model_config = ConfigDict(json_schema_extra={"example": {"jobId": JOB_ID, "jobType": "data_export"}})

    job_id: UUID = Field(description="The job.")
    job_type: AsyncJobType = Field(description="What it does.")


class JobFailure(WireModel):
    """One item of a job that did not succeed."""

    item_id: WireID | None = Field(
        None,
        description="The item; one that needs review is resolved by this id. Null in what an older version wrote.",
    )
    lead_id: LeadID | None = Field(description="The lead it was about, if it was about one.")
    code: str = Field(description="Why, for programs. `needs_review`: it may have cost something already.")
    message: str = Field(description="Why, for people.")


class JobRead(WireModel):
    """How a job stands."""

    model_config = ConfigDict(json_schema_extra={"example": JOB_EXAMPLE})

    job_id: UUID = Field(description="The job.")
    job_type: AsyncJobType = Field(description="What it does.")
    status: JobStatus = Field(description="How it stands; completed, failed and cancelled are final.")
    progress: int = Field(ge=0, le=100, description="Per cent done.")
    progress_text: str = Field(description="The same in words, such as `75% complete`.")
    completed_steps: Count = Field(description="Steps, or items, that are done.")
    total_steps: Count = Field(description="Steps, or items, there are.")
    current_step: str = Field(description="What it does now.")
    estimated_seconds_remaining: int | None = Field(
        description="Seconds left at the rate so far; null when that is unknown or the job is over."
    )
    output: dict[str, Any] | None = Field(description="What came of it, once completed.")
    error_message: str | None = Field(description="Why it failed.")
    created_at: AwareDatetime = Field(description="When it was asked for.")
    started_at: AwareDatetime | None = Field(description="When a worker took it.")
    completed_at: AwareDatetime | None = Field(description="When it ended.")
    failures: list[JobFailure] = Field(description="Items that did not succeed, at most 1,000.")
