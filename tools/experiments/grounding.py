"""Designs handed in by people: a quote counts only when it really stands in a stored source of the workspace.

The discovery talk checks its own proposals as it makes them (`tools/discovery/expansion.py`), against the same sources.
"""

import asyncio
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import select

from persistence.models.discovery import DiscoverySession
from persistence.models.page_snapshot import PageSnapshot
from persistence.models.workspace import OnboardingData, Workspace
from persistence.session import UnitOfWork
from persistence.types import WorkspaceID
from tools.experiments.design import Dimension, Evidence, ExperimentDesign, Standing
from tools.experiments.evidence import FoldedSources, Source, checked_standing
from tools.onboarding.answers import answered

MAX_SESSIONS = 50
MAX_PAGES = 100
MAX_CHARACTERS = 3_000_000
"""The newest sessions and readings, and so much text in all, are searched; nobody quotes from more."""


async def grounded(
    uow: UnitOfWork, workspace_id: WorkspaceID, designs: Sequence[ExperimentDesign]
) -> list[ExperimentDesign]:
    """The designs with every quote checked: one that stands in no source is taken out, and `observed` becomes `assumed`.

    The rules then judge what is left. The caller's access was checked before.
    """
    if not any(_has_quotes(design) for design in designs):
        return list(designs)
    sources = list(_bounded(await _stored_sources(uow, workspace_id)))
    # Folding and searching megabytes would hold up every other request of this process.
    return await asyncio.to_thread(_ground_all, designs, sources)


def _ground_all(designs: Sequence[ExperimentDesign], sources: Sequence[Source]) -> list[ExperimentDesign]:
    folded = FoldedSources(sources)
    return [_ground(design, folded) for design in designs]


def _ground(design: ExperimentDesign, sources: FoldedSources) -> ExperimentDesign:
    changed: dict[str, Any] = {
        name.value: _ground_dimension(dimension, sources)
        for name, dimension in design.dimensions().items()
        if dimension.quote
    }
    if design.negated_belief is not None:
        changed["negated_belief"] = _ground_belief(design.negated_belief, sources)
    return design.model_copy(update=changed)


def _ground_dimension(dimension: Dimension, sources: FoldedSources) -> Dimension:
    """The dimension with its quote and where it stands, or without."""
    source = sources.find(dimension.quote or "", dimension.source or "")
    if source is not None:
        return dimension.model_copy(update={"source": source.stored})
    observed = dimension.standing is Standing.OBSERVED
    standing = checked_standing(dimension.standing, source) if observed else dimension.standing
    return dimension.model_copy(update={"standing": standing, "quote": None, "source": None})


def _ground_belief(belief: Evidence, sources: FoldedSources) -> Evidence | None:
    """The belief, if the user said it; what a web page says is nobody's belief."""
    source = sources.find(belief.quote, belief.source, spoken_only=True)
    return None if source is None else belief.model_copy(update={"source": source.stored})


def _has_quotes(design: ExperimentDesign) -> bool:
    return design.negated_belief is not None or any(each.quote for each in design.dimensions().values())


def _bounded(sources: Sequence[Source]) -> Iterator[Source]:
    left = MAX_CHARACTERS
    for source in sources:
        if left <= 0:
            return
        left -= len(source.text)
        yield source


async def _stored_sources(uow: UnitOfWork, workspace_id: WorkspaceID) -> list[Source]:
    """What the user said in talks, newest talk first, what onboarding says, and what the website said."""
    onboarding = select(OnboardingData.data).where(OnboardingData.workspace_id == workspace_id)
    answers = (await uow.session.execute(onboarding)).scalar_one_or_none() or {}
    facts = [
        Source(f"onboarding:{path}", f"onboarding:{path}", "onboarding", text)
        for path, text in answered(answers)
    ]
    return [*facts, *await _turns(uow, workspace_id), *await _pages(uow, workspace_id)]


async def _turns(uow: UnitOfWork, workspace_id: WorkspaceID) -> list[Source]:
    talks = (
        select(DiscoverySession.talk)
        .where(DiscoverySession.workspace_id == workspace_id)
        .order_by(DiscoverySession.id.desc())
        .limit(MAX_SESSIONS)
    )
    said = [
        (f"turn:{message.get('turnId') or message.get('id') or 'imported'}", str(message.get("content", "")))
        for messages in (await uow.session.execute(talks)).scalars()
        for message in messages
        if message.get("role") == "user"
    ]
    return [Source(name, name, "turn", text) for name, text in said]


async def _pages(uow: UnitOfWork, workspace_id: WorkspaceID) -> list[Source]:
    """The newest readings; for imported workspaces the one that came with them."""
    readings = (
        select(PageSnapshot.final_url, PageSnapshot.content)
        .where(PageSnapshot.workspace_id == workspace_id)
        .order_by(PageSnapshot.id.desc())
        .limit(MAX_PAGES)
    )
    pages = [
        Source(f"page:{url}", f"page:{url}", "page", text)
        for url, text in await uow.session.execute(readings)
    ]
    scraped = select(Workspace.website, Workspace.website_scrape).where(Workspace.id == workspace_id)
    for website, scrape in await uow.session.execute(scraped):
        text = scrape.get("content") if isinstance(scrape, dict) else scrape
        if isinstance(text, str):
            name = f"page:{website or 'imported'}"
            pages.append(Source(name, name, "page", text))
    return pages
