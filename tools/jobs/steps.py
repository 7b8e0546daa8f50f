"""The ten kinds of job as data: the steps people read, the task that does the work, and the queue it waits in."""

from collections.abc import Mapping
from dataclasses import dataclass

from persistence.models.job import AsyncJobType, JobStatus


@dataclass(frozen=True)
class JobKind:
    """One kind of job. With `steps` it counts them; without, it counts its items and says `item_step` for each.

    `whole`: its items are parts of one thing, so that one that fails is the job's failure.
    """

    task: str
    queue: str
    steps: tuple[str, ...] = ()
    item_step: str = ""
    whole: bool = False


DISCOVERY = "discovery"
OUTREACH = "outreach"
LEAD_ENRICHMENT = "lead-enrichment"
WEBSITE_SCRAPER = "website-scraper"
DEFAULT = "default"
QUEUES = (DISCOVERY, OUTREACH, LEAD_ENRICHMENT, WEBSITE_SCRAPER, DEFAULT)

KINDS: Mapping[AsyncJobType, JobKind] = {
    AsyncJobType.DISCOVERY_CHAT: JobKind(
        "process-discovery-chat",
        DISCOVERY,
        (
            "Analyzing company context",
            "Generating ICP hypotheses",
            "Refining target personas",
            "Creating experiment recommendations",
            "Finalizing response",
        ),
    ),
    AsyncJobType.GENERATE_EXPERIMENTS: JobKind(
        "generate-experiments",
        DISCOVERY,
        (
            "Parsing discovery output",
            "Validating ICP patterns",
            "Generating Wiza filters",
            "Creating experiment records",
            "Saving to database",
        ),
    ),
    AsyncJobType.LEAD_ENRICHMENT: JobKind(
        "enrich-lead", LEAD_ENRICHMENT, ("Fetching from Wiza", "Parsing profile data", "Saving enrichment")
    ),
    AsyncJobType.BULK_LEAD_ENRICHMENT: JobKind(
        "enrich-leads", LEAD_ENRICHMENT, item_step="Enriching lead {number} of {total}"
    ),
    AsyncJobType.GENERATE_OUTREACH: JobKind(
        "generate-outreach",
        OUTREACH,
        (
            "Analyzing lead profile",
            "Fetching company context",
            "Generating personalized message",
            "Applying style guidelines",
            "Finalizing draft",
        ),
    ),
    AsyncJobType.BULK_GENERATE_OUTREACH: JobKind(
        "generate-outreach-batch", OUTREACH, item_step="Generating message {number} of {total}"
    ),
    AsyncJobType.WEBSITE_SCRAPE: JobKind(
        "scrape-website",
        WEBSITE_SCRAPER,
        ("Fetching page content", "Extracting text", "AI cleanup & summarization", "Saving results"),
    ),
    AsyncJobType.CAMPAIGN_SCALE: JobKind(
        "scale-campaign",
        LEAD_ENRICHMENT,
        (
            "Analyzing current performance",
            "Calculating optimal scale",
            "Finding new leads",
            "Enriching leads",
            "Generating outreach",
            "Activating scaled campaign",
        ),
    ),
    AsyncJobType.WIZA_SEARCH: JobKind(
        "search-leads",
        LEAD_ENRICHMENT,
        (
            "Validating filters",
            "Submitting search request",
            "Polling for results",
            "Parsing lead data",
            "Saving leads",
        ),
    ),
    AsyncJobType.DATA_EXPORT: JobKind(
        "export-data", DEFAULT, item_step="Exporting part {number} of {total}", whole=True
    ),
}

TASK_QUEUES: Mapping[str, str] = {kind.task: kind.queue for kind in KINDS.values()}

STATUS_TEXTS: Mapping[JobStatus, str] = {
    JobStatus.PENDING: "Waiting to start...",
    JobStatus.QUEUED: "Queued for processing...",
    JobStatus.PROCESSING: "Processing...",
    JobStatus.COMPLETED: "Completed",
    JobStatus.FAILED: "Failed",
    JobStatus.CANCELLED: "Cancelled",
}

FINAL = frozenset({JobStatus.COMPLETED, JobStatus.FAILED, JobStatus.CANCELLED})


def percent(completed: int, total: int) -> int:
    """Whole per cent of the steps that are done; 0 when there is nothing to do."""
    return min(100, round(100 * completed / total)) if total > 0 else 0
