"""The jobs' steps are the plan's, word for word."""

import pytest

from persistence.models.job import AsyncJobType
from tools.jobs.settings import WorkerSettings
from tools.jobs.steps import KINDS, QUEUES, percent


def test_every_kind_of_job_has_a_task_a_queue_and_something_to_count() -> None:
    assert set(KINDS) == set(AsyncJobType)
    for kind in KINDS.values():
        assert kind.queue in QUEUES
        assert bool(kind.steps) != bool(kind.item_step)
    tasks = [kind.task for kind in KINDS.values()]
    assert len(set(tasks)) == len(tasks)


PLAN = {
    "discovery_chat": "Analyzing company context|Generating ICP hypotheses|Refining target personas"
    "|Creating experiment recommendations|Finalizing response",
    "generate_experiments": "Parsing discovery output|Validating ICP patterns|Generating Wiza filters"
    "|Creating experiment records|Saving to database",
    "lead_enrichment": "Fetching from Wiza|Parsing profile data|Saving enrichment",
    "generate_outreach": "Analyzing lead profile|Fetching company context|Generating personalized message"
    "|Applying style guidelines|Finalizing draft",
    "website_scrape": "Fetching page content|Extracting text|AI cleanup & summarization|Saving results",
    "campaign_scale": "Analyzing current performance|Calculating optimal scale|Finding new leads"
    "|Enriching leads|Generating outreach|Activating scaled campaign",
    "wiza_search": "Validating filters|Submitting search request|Polling for results|Parsing lead data"
    "|Saving leads",
}
"""What people read while they wait, in the plan's order."""


@pytest.mark.parametrize("kind", sorted(PLAN))
def test_a_job_of_steps_says_what_the_plan_says(kind: str) -> None:
    assert KINDS[AsyncJobType(kind)].steps == tuple(PLAN[kind].split("|"))


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("bulk_lead_enrichment", "Enriching lead 3 of 4"),
        ("bulk_generate_outreach", "Generating message 3 of 4"),
        ("data_export", "Exporting part 3 of 4"),
    ],
)
def test_a_job_of_many_items_counts_them(kind: str, said: str) -> None:
    assert KINDS[AsyncJobType(kind)].item_step.format(number=3, total=4) == said


def test_there_are_ten_kinds_of_job() -> None:
    assert len(AsyncJobType) == 10
    assert {*PLAN, "bulk_lead_enrichment", "bulk_generate_outreach", "data_export"} == set(AsyncJobType)


def test_the_plans_task_names_are_kept() -> None:
    names = {kind.task for kind in KINDS.values()}
    assert {"process-discovery-chat", "generate-experiments", "enrich-lead", "generate-outreach"} <= names
    assert KINDS[AsyncJobType.WEBSITE_SCRAPE].task == "scrape-website"


@pytest.mark.parametrize(
    ("completed", "total", "wanted"),
    [(0, 4, 0), (1, 4, 25), (3, 4, 75), (4, 4, 100), (0, 0, 0), (1, 3, 33), (9, 4, 100)],
)
def test_per_cent_never_leaves_its_range_and_knows_empty_jobs(
    completed: int, total: int, wanted: int
) -> None:
    assert percent(completed, total) == wanted


@pytest.mark.parametrize("limits", [(60, 60, 300), (50, 300, 300), (70, 60, 300), (50, 60, 55)])
def test_limits_under_which_work_could_be_done_twice_are_refused(limits: tuple[int, int, int]) -> None:
    names = ("WORKER_TIME_LIMIT", "WORKER_LEASE", "WORKER_VISIBILITY_TIMEOUT")
    with pytest.raises(ValueError, match="must hold"):
        WorkerSettings.model_validate(dict(zip(names, limits, strict=True)))
