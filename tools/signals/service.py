"""Signals about leads: list them, and keep what a person noticed."""

from sqlalchemy import or_, select

from persistence.models.lead import LeadSignal
from persistence.models.page_snapshot import PageSnapshot
from persistence.models.workspace import ProjectRole
from persistence.repositories import Repository
from persistence.session import UnitOfWork
from persistence.types import LeadID, WorkspaceID, utc_now
from tools.access import Caller
from tools.errors import FieldError, Invalid
from tools.experiments.evidence import contains
from tools.leads.queries import lead_of
from tools.paging import Page, PageRequest, page_of
from tools.scoring.stored import rescore
from tools.signals.schemas import CitationCreate, SignalCreate

PAGE = "page:"
MAX_READINGS = 5
"""Of one address the newest readings are searched for a quote."""


async def list_signals(
    uow: UnitOfWork, caller: Caller, lead_id: LeadID, page: PageRequest
) -> Page[LeadSignal]:
    """What was noticed about a lead, newest first. Raises NotFound."""
    await lead_of(uow, caller, lead_id)
    statement = select(LeadSignal).where(LeadSignal.lead_id == lead_id)
    return await page_of(uow, statement, [LeadSignal.id], page, descending=True)


async def add_signal(uow: UnitOfWork, caller: Caller, lead_id: LeadID, new: SignalCreate) -> LeadSignal:
    """Keep what a person noticed; it may move the lead's score. Raises NotFound, Forbidden, and Invalid for a quote that does not stand where it should."""
    lead = await lead_of(uow, caller, lead_id, ProjectRole.MEMBER, for_update=True)
    missing = [
        FieldError(f"/citations/{number}/quote", "These words do not stand on that page as it was read here.")
        for number, citation in enumerate(new.citations)
        if not await _stands(uow, lead.workspace_id, citation)
    ]
    if missing:
        raise Invalid("A quote was not found.", missing, code="quote_not_found")
    signal = LeadSignal(
        lead_id=lead.id,
        headline=new.headline,
        description=new.description,
        signal_type=new.signal_type,
        strength_score=new.strength_score,
        citations=[_stored(caller, citation) for citation in new.citations],
        detected_at=new.detected_at or utc_now(),
    )
    await Repository(uow.session, LeadSignal).create(signal)
    await rescore(uow, [lead.id])
    return signal


async def _stands(uow: UnitOfWork, workspace_id: WorkspaceID, citation: CitationCreate) -> bool:
    """Whether the words stand on the page; what a person knows is their own word."""
    if not citation.source.startswith(PAGE):
        return True
    url = citation.source.removeprefix(PAGE)
    statement = (
        select(PageSnapshot.content)
        .where(
            PageSnapshot.workspace_id == workspace_id,
            or_(PageSnapshot.url == url, PageSnapshot.final_url == url),
        )
        .order_by(PageSnapshot.id.desc())
        .limit(MAX_READINGS)
    )
    readings = (await uow.session.execute(statement)).scalars()
    return any(contains(text, citation.quote) for text in readings)


def _stored(caller: Caller, citation: CitationCreate) -> dict[str, str | None]:
    """A citation as it is kept; a person's own word names the person."""
    if citation.source.startswith(PAGE):
        url = citation.url or citation.source.removeprefix(PAGE)
        return {"quote": citation.quote, "source": citation.source, "url": url}
    return {"quote": citation.quote, "source": f"user:{caller.user_id}", "url": citation.url}
