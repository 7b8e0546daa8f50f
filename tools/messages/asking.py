"""Asking the drafter for a message: what is wished for, a job that writes it, and what came of it."""

from persistence.models.job import AsyncJobType, Job
from persistence.models.lead import Lead
from persistence.models.outreach import OutreachMessage
from persistence.models.workspace import ProjectRole
from persistence.repositories import Repository
from persistence.session import UnitOfWork
from persistence.types import LeadID
from tools.access import Caller
from tools.errors import NotFound
from tools.jobs.service import NewItem, submit
from tools.leads.queries import lead_of
from tools.messages.drafting import next_in_sequence
from tools.messages.generation import GeneratedOutreach, Wishes, declined_read
from tools.messages.schemas import MessageRead
from tools.outreach.drafter import Outcome, Wish
from tools.queue import Queue


async def wish_for(
    uow: UnitOfWork, caller: Caller, lead_id: LeadID, wishes: Wishes, *, request_id: str | None = None
) -> Wish:
    """What is wished for, with its format and place in the sequence. For members and above. Raises NotFound, Forbidden."""
    lead = await lead_of(uow, caller, lead_id, ProjectRole.MEMBER)
    return await _wish(uow, lead, wishes, request_id)


async def start_drafting(uow: UnitOfWork, caller: Caller, wish: Wish, *, queue: Queue) -> Job:
    """A job that writes one message. Raises NotFound, Forbidden."""
    lead = await lead_of(uow, caller, wish.lead_id, ProjectRole.MEMBER)
    item = NewItem({"wish": wish.as_json()}, lead.id)
    return await submit(uow, caller, lead.workspace_id, AsyncJobType.GENERATE_OUTREACH, [item], queue=queue)


async def read_outcome(uow: UnitOfWork, outcome: Outcome) -> GeneratedOutreach:
    """What came of a wish, as the wire shows it. Raises NotFound when its message was deleted meanwhile."""
    if outcome.message_id is None:
        assert outcome.declined is not None
        return GeneratedOutreach(message=None, declined=declined_read(outcome.declined))
    row = await Repository(uow.session, OutreachMessage).get(OutreachMessage.id == outcome.message_id)
    if row is None:
        raise NotFound("The message was deleted.")
    return GeneratedOutreach(message=MessageRead.model_validate(row), declined=None)


async def _wish(uow: UnitOfWork, lead: Lead, wishes: Wishes, request_id: str | None) -> Wish:
    form, number = await next_in_sequence(uow, lead, is_followup=wishes.is_followup, format_=wishes.format)
    return Wish(
        lead_id=lead.id,
        format=form,
        number=number,
        tone=wishes.tone or "",
        instructions=wishes.custom_instructions or "",
        request_id=request_id,
    )
