"""Asking the drafter for messages: one, one with a note and a follow-up, many at once, or later by a job."""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass

import orjson

from persistence.models.job import AsyncJobType, Job
from persistence.models.lead import Lead
from persistence.models.outreach import OutreachFormat, OutreachMessage
from persistence.models.workspace import ProjectRole
from persistence.repositories import Repository
from persistence.session import UnitOfWork
from persistence.types import LeadID
from tools.access import Caller
from tools.errors import NotFound, QuiverError
from tools.jobs.service import NewItem, submit
from tools.leads.queries import lead_of
from tools.messages.drafting import next_in_sequence
from tools.messages.generation import (
    AiBatchItem,
    AiOutreachRead,
    AiOutreachRequest,
    GeneratedOutreach,
    Wishes,
    declined_read,
)
from tools.messages.schemas import MessageRead
from tools.outreach.drafter import Drafter, Outcome, Wish
from tools.queue import Queue

AT_ONCE = 4
"""Messages of one batch that are written at the same time."""
LONGEST_CONTEXT = 2_000

Open = Callable[[], AbstractAsyncContextManager[UnitOfWork]]


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


@dataclass(frozen=True)
class Composer:
    """Writes first messages with what belongs to them. `open_work` opens a transaction."""

    open_work: Open
    drafter: Drafter

    async def compose(
        self, caller: Caller, request: AiOutreachRequest, *, request_id: str | None = None
    ) -> AiOutreachRead:
        """The first message, then the note and the follow-up that were asked for. Raises as `Drafter.draft`."""
        wishes = Wishes(tone=request.tone, custom_instructions=_context(request))
        async with self.open_work() as uow:
            first = await wish_for(
                uow, caller, request.lead_id, wishes, request_id=_named(request_id, "first")
            )
        main = await self._written(caller, first)
        if main.message is None:
            return AiOutreachRead(
                subject=None,
                body=None,
                connection_request=None,
                follow_up=None,
                message_ids=[],
                declined=main.declined,
            )
        note = follow_up = None
        # The follow-up first: it follows the newest draft, which has to be the message and not the note.
        if request.include_follow_up:
            follow_up = await self._after(caller, first, request_id)
        if request.include_connection_request and first.format is not OutreachFormat.LINKEDIN_CONNECTION:
            note = await self._beside(caller, first, OutreachFormat.LINKEDIN_CONNECTION, request_id)
        written = [item for item in (main.message, note, follow_up) if item is not None]
        return AiOutreachRead(
            subject=main.message.subject,
            body=main.message.body,
            connection_request=note.body if note else None,
            follow_up=follow_up.body if follow_up else None,
            message_ids=[item.id for item in written],
            declined=None,
        )

    async def compose_many(
        self, caller: Caller, lead_ids: Sequence[LeadID], tone: str | None, *, request_id: str | None = None
    ) -> list[AiBatchItem]:
        """First messages, a bounded number at a time; what fails for one lead is told of that lead."""
        places = asyncio.Semaphore(AT_ONCE)

        async def one(lead_id: LeadID) -> AiBatchItem:
            async with places:
                try:
                    request = AiOutreachRequest(lead_id=lead_id, tone=tone)
                    written = await self.compose(caller, request, request_id=request_id)
                except QuiverError as failure:
                    return AiBatchItem(lead_id=lead_id, message=None, error=failure.message)
            return AiBatchItem(lead_id=lead_id, message=written)

        return await asyncio.gather(*(one(lead_id) for lead_id in dict.fromkeys(lead_ids)))

    async def _beside(
        self, caller: Caller, first: Wish, form: OutreachFormat, request_id: str | None
    ) -> MessageRead | None:
        plain = {**first.as_json(), "format": form.value, "request_id": _named(request_id, "note")}
        return (await self._written(caller, Wish.from_json(plain))).message

    async def _after(self, caller: Caller, first: Wish, request_id: str | None) -> MessageRead | None:
        named = _named(request_id, "follow-up")
        form = first.format
        if form is OutreachFormat.LINKEDIN_CONNECTION:
            form = OutreachFormat.LINKEDIN_MESSAGE
        plain = {**first.as_json(), "format": form.value, "request_id": named}
        wish = Wish.from_json({**plain, "number": first.number + 1, "after_draft": True})
        return (await self._written(caller, wish)).message

    async def _written(self, caller: Caller, wish: Wish) -> GeneratedOutreach:
        outcome = await self.drafter.draft(caller, wish)
        async with self.open_work() as uow:
            return await read_outcome(uow, outcome)


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


def _context(request: AiOutreachRequest) -> str:
    said = request.context
    text = said if isinstance(said, str) else orjson.dumps(said).decode() if said else ""
    return text[:LONGEST_CONTEXT]


def _named(request_id: str | None, part: str) -> str | None:
    return None if request_id is None else f"{request_id}:{part}"
