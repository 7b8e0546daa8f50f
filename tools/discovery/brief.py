"""The brief of a turn: what the product has stored about a company, as bounded plain JSON for prompts and evidence.

Read in one short transaction; nothing is held open while a model answers.
"""

from collections.abc import Sequence
from typing import Any, NotRequired, TypedDict

import orjson

from persistence.types import WorkspaceID
from prompts.characters import clean
from tools.access import Caller, no_workspace
from tools.discovery.answers import short
from tools.discovery.brief_query import PAGE_LENGTH, STORED
from tools.discovery.facts import Fact, flatten
from tools.discovery.learned_style import Style
from tools.experiments.design import DimensionName
from tools.experiments.sampling import wilson_interval
from tools.read_models import Reader


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
    facts: Sequence[Fact]
    pages: Sequence[Page]
    experiments: Sequence[SavedExperiment]
    style: NotRequired[Style]
    """How the founder writes, as the newest talk that learned it says."""


StoredCompany = list[str | None]
"""What is stored about a company, as the statement finds it; the same texts give the same brief."""


async def load_brief(reader: Reader, caller: Caller, workspace_id: WorkspaceID) -> CompanyBrief:
    """The brief of a workspace. Raises NotFound when the caller is no member."""
    return brief_of(await read_stored(reader, caller, workspace_id), caller)


async def read_stored(reader: Reader, caller: Caller, workspace_id: WorkspaceID) -> StoredCompany:
    """What a brief is made of. Raises NotFound when the caller is no member."""
    given = STORED.arguments(workspace=workspace_id, user=caller.user_id)
    found = await reader.rows(STORED.text, *given)
    if not found:
        raise no_workspace()
    _, *stored = found[0]
    return stored


def brief_of(stored: StoredCompany, caller: Caller) -> CompanyBrief:
    """The brief that follows from what is stored, for this caller."""
    name, website, language, *parts = stored
    scrape, onboarding, pages, experiments, style = (part and orjson.loads(part) for part in parts)
    brief: CompanyBrief = {
        "workspace": short(name or "", 200),
        "website": short(website or "", 300),
        "language": short(language or "", 35),
        "user": short(caller.name, 100),
        "facts": flatten(onboarding) if onboarding else [],
        "pages": _pages(pages or [], website, scrape),
        "experiments": [_saved(experiment) for experiment in experiments or []],
    }
    if style:
        brief["style"] = style
    return brief


def _pages(stored: Sequence[dict[str, Any]], website: str | None, scrape: Any) -> list[Page]:
    """The newest reading of each page; for imported workspaces the reading that came with them."""
    pages = [(page["url"], page["title"] or "", page["content"]) for page in stored]
    if not pages and (imported := _imported_page(scrape)):
        pages = [(website or "imported", "", imported)]
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


def _saved(experiment: dict[str, Any]) -> SavedExperiment:
    contacted, replied = experiment["contacted"], experiment["replied"]
    interval = wilson_interval(replied, contacted)
    design = experiment["design"] or {}
    return {
        "id": experiment["id"],
        "name": short(experiment["name"], 120),
        "type": experiment["type"],
        "status": experiment["status"],
        "pattern": short(experiment["pattern"] or "", 400),
        "pain": short(experiment["pain"] or "", 300),
        "dimensions": {name.value: _value(design, name) for name in DimensionName if _value(design, name)},
        "results": {
            "leads": experiment["leads"],
            "contacted": contacted,
            "replied": replied,
            "meetings": experiment["meetings"],
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
