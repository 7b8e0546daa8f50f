"""Jobs that a job starts. Their ids are made of its own, so each is started once however often the work is begun again."""

from collections.abc import Mapping
from uuid import uuid5

from persistence.models.job import AsyncJobType
from persistence.types import JobID

CHILDREN: Mapping[AsyncJobType, tuple[AsyncJobType, ...]] = {
    AsyncJobType.CAMPAIGN_SCALE: (
        AsyncJobType.WIZA_SEARCH,
        AsyncJobType.BULK_LEAD_ENRICHMENT,
        AsyncJobType.BULK_GENERATE_OUTREACH,
    )
}


def child_of(parent: JobID, kind: AsyncJobType) -> JobID:
    """The id of the job of this kind that `parent` starts (RFC 9562, version 5)."""
    return JobID(uuid5(parent, kind.value))


def children_of(parent: JobID, kind: AsyncJobType) -> list[JobID]:
    """The ids of all jobs that a job of this kind may have started, in order."""
    return [child_of(parent, child) for child in CHILDREN.get(kind, ())]
