"""What a worldview is made from: the stored onboarding and website readings, or what was sent in their place."""

from typing import Any, TypedDict

from persistence.session import UnitOfWork
from persistence.types import WorkspaceID
from prompts.characters import clean
from tools.access import Caller
from tools.discovery.brief import load_brief
from tools.discovery.brief_query import PAGE_LENGTH
from tools.discovery.facts import flatten
from tools.errors import Conflict
from tools.experiments.evidence import Source
from tools.read_models import InTransaction
from tools.worldview.schemas import WorldviewRequest

SENT = "request"
"""Begins the name of a source that came with the request: it is kept in the run's record."""


class SourceText(TypedDict):
    """A source as plain JSON. `id` is its short name, `stored` its lasting one, `kind` onboarding or page."""

    id: str
    stored: str
    kind: str
    text: str


class Material(TypedDict):
    """All that the graph works on. `language` is a code such as `de`, or empty."""

    company: str
    website: str
    language: str
    sources: list[SourceText]


async def load_material(
    uow: UnitOfWork, caller: Caller, workspace_id: WorkspaceID, request: WorldviewRequest
) -> Material:
    """What there is to read. Raises NotFound, and Conflict when neither onboarding nor website says anything."""
    brief = await load_brief(InTransaction(uow), caller, workspace_id)
    sources: list[SourceText] = []
    if request.onboarding_data is None:
        sources += [_source(fact["id"], fact["id"], "onboarding", fact["text"]) for fact in brief["facts"]]
    else:
        for fact in flatten(request.onboarding_data):
            sources.append(_source(fact["id"], f"{SENT}:{fact['id']}", "onboarding", fact["text"]))
    if request.website_scrape is None:
        sources += [
            _source(page["id"], f"page:{page['url']}", "page", page["text"]) for page in brief["pages"]
        ]
    elif text := _sent_page(request.website_scrape):
        sources.append(_source("page:1", f"{SENT}:page", "page", text))
    if not sources:
        raise Conflict(
            "Nothing is known of the company yet: save onboarding answers, or read its website.",
            code="nothing_known",
        )
    return {
        "company": brief["workspace"],
        "website": brief["website"],
        "language": brief["language"],
        "sources": sources,
    }


def stored_sources(material: Material) -> list[Source]:
    """The sources as evidence is searched in."""
    return [
        Source(item["id"], item["stored"], "page" if item["kind"] == "page" else "onboarding", item["text"])
        for item in material["sources"]
    ]


def _source(name: str, stored: str, kind: str, text: str) -> SourceText:
    return {"id": name, "stored": stored, "kind": kind, "text": text}


def _sent_page(scrape: Any) -> str:
    content = scrape.get("content") if isinstance(scrape, dict) else scrape
    return clean(content)[0].strip()[:PAGE_LENGTH] if isinstance(content, str) else ""
