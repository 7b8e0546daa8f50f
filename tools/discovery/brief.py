"""The brief of a turn: what the product has stored about a company, as bounded plain JSON for prompts and evidence.

Read in one short transaction; nothing is held open while a model answers.
"""

from typing import Any, TypedDict

from sqlalchemy import func, select

from persistence.models.campaign import Campaign
from persistence.models.experiment import Experiment
from persistence.models.page_snapshot import PageSnapshot
from persistence.models.workspace import OnboardingData, Workspace
from persistence.repositories import Repository
from persistence.session import UnitOfWork
from persistence.types import ExperimentID, WorkspaceID
from prompts.characters import clean
from tools.access import Caller, require_role
from tools.discovery.answers import short
from tools.discovery.facts import Fact, flatten
from tools.experiments.design import DimensionName
from tools.experiments.sampling import wilson_interval

MAX_PAGES = 5
PAGE_LENGTH = 4_000
MAX_EXPERIMENTS = 15


class Page(TypedDict):
    """A page of the company's website as it was read. `id` is `page:<number>`."""

    id: str
    url: str
    title: str
    text: str


class Results(TypedDict):
    """What an experiment's campaigns have brought. `low` and `high` are the interval of the reply rate, in percent."""

    leads: int
    contacted: int
    replied: int
    meetings: int
    low: float
    high: float
    needed: int


class SavedExperiment(TypedDict):
    """A saved experiment, short."""

    id: int
    name: str
    type: str
    status: str
    pattern: str
    pain: str
    dimensions: dict[str, str]
    results: Results


class CompanyBrief(TypedDict):
    """All that a turn knows of the company when it begins."""

    workspace: str
    website: str
    language: str
    user: str
    facts: list[Fact]
    pages: list[Page]
    experiments: list[SavedExperiment]


async def load_brief(uow: UnitOfWork, caller: Caller, workspace_id: WorkspaceID) -> CompanyBrief:
    """The brief of a workspace. Raises NotFound when the caller is no member."""
    await require_role(uow, caller, workspace_id)
    workspace = await Repository(uow.session, Workspace).get(Workspace.id == workspace_id)
    assert workspace is not None
    onboarding = await Repository(uow.session, OnboardingData).get(
        OnboardingData.workspace_id == workspace_id
    )
    return {
        "workspace": short(workspace.name, 200),
        "website": short(workspace.website or "", 300),
        "language": short(workspace.language or "", 35),
        "user": short(caller.name, 100),
        "facts": flatten(onboarding.data) if onboarding else [],
        "pages": await _pages(uow, workspace),
        "experiments": await _experiments(uow, workspace_id),
    }


async def _pages(uow: UnitOfWork, workspace: Workspace) -> list[Page]:
    """The newest reading of each page, newest first; for imported workspaces the reading that came with them."""
    newest = (
        select(func.max(PageSnapshot.id))
        .where(PageSnapshot.workspace_id == workspace.id)
        .group_by(PageSnapshot.url)
    )
    snapshots = await Repository(uow.session, PageSnapshot).get_all(
        PageSnapshot.id.in_(newest), order_by=[PageSnapshot.id.desc()], limit=MAX_PAGES
    )
    pages = [(page.final_url, page.title or "", page.content) for page in snapshots]
    if not pages and (imported := _imported_page(workspace.website_scrape)):
        pages = [(workspace.website or "imported", "", imported)]
    return [
        {
            "id": f"page:{number}",
            "url": short(url, 500),
            "title": short(title, 200).replace('"', "'"),
            "text": clean(text)[0][:PAGE_LENGTH],
        }
        for number, (url, title, text) in enumerate(pages, start=1)
    ]


def _imported_page(scrape: Any) -> str:
    """The text of a website reading from the old front end: a string, or an object with `content`."""
    content = scrape.get("content") if isinstance(scrape, dict) else scrape
    return content if isinstance(content, str) else ""


async def _experiments(uow: UnitOfWork, workspace_id: WorkspaceID) -> list[SavedExperiment]:
    saved = await Repository(uow.session, Experiment).get_all(
        Experiment.workspace_id == workspace_id, order_by=[Experiment.id.desc()], limit=MAX_EXPERIMENTS
    )
    counts = await _counts(uow, workspace_id)
    return [_saved(experiment, counts.get(experiment.id, (0, 0, 0, 0))) for experiment in reversed(saved)]


async def _counts(
    uow: UnitOfWork, workspace_id: WorkspaceID
) -> dict[ExperimentID, tuple[int, int, int, int]]:
    """Leads, contacted, replied and meetings by experiment, over its campaigns that are not deleted."""
    sums = [
        func.sum(column)
        for column in (
            Campaign.total_leads,
            Campaign.contacted_count,
            Campaign.replied_count,
            Campaign.meetings_booked,
        )
    ]
    statement = (
        select(Campaign.experiment_id, *sums)
        .where(
            Campaign.workspace_id == workspace_id,
            Campaign.experiment_id.is_not(None),
            Campaign.deleted_at.is_(None),
        )
        .group_by(Campaign.experiment_id)
    )
    rows = (await uow.session.execute(statement)).all()
    return {
        row[0]: (int(row[1]), int(row[2]), int(row[3]), int(row[4])) for row in rows if row[0] is not None
    }


def _saved(experiment: Experiment, counts: tuple[int, int, int, int]) -> SavedExperiment:
    leads, contacted, replied, meetings = counts
    interval = wilson_interval(replied, contacted)
    design = experiment.design or {}
    return {
        "id": experiment.id,
        "name": short(experiment.name, 120),
        "type": experiment.type.value,
        "status": experiment.status.value,
        "pattern": short(experiment.pattern or "", 400),
        "pain": short(experiment.pain or "", 300),
        "dimensions": {name.value: _value(design, name) for name in DimensionName if _value(design, name)},
        "results": {
            "leads": leads,
            "contacted": contacted,
            "replied": replied,
            "meetings": meetings,
            "low": round(interval.low * 100, 1),
            "high": round(interval.high * 100, 1),
            "needed": max(0, _minimum_sample(design) - contacted),
        },
    }


def _value(design: dict[str, Any], name: DimensionName) -> str:
    dimension = design.get(name.value)
    return short(str(dimension.get("value") or ""), 300) if isinstance(dimension, dict) else ""


def _minimum_sample(design: dict[str, Any]) -> int:
    value = design.get("minimumSample")
    return value if isinstance(value, int) else 0
