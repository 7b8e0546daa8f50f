"""First messages with what belongs to them: to one lead with a note and a follow-up, or to many at once.

Each text is a run of its own and kept as it is written. What fails beside one that was kept takes nothing of it away: it is
told with the reason.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, replace
from typing import TypeVar

import orjson
import structlog

from persistence.models.outreach import OutreachFormat
from persistence.session import UnitOfWork
from persistence.types import LeadID
from tools.access import Caller
from tools.errors import QuiverError
from tools.messages.asking import read_outcome, wish_for
from tools.messages.generation import (
    AiBatchItem,
    AiOutreachRead,
    AiOutreachRequest,
    GeneratedOutreach,
    NotWritten,
    Part,
    Wishes,
)
from tools.messages.schemas import MessageRead
from tools.outreach.drafter import Drafter, Wish

AT_ONCE = 4
"""Messages of one batch that are written at the same time."""
LONGEST_CONTEXT = 2_000
BROKEN = "Something went wrong on our side; ask for it again."

T = TypeVar("T")
Open = Callable[[], AbstractAsyncContextManager[UnitOfWork]]

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Composer:
    """Writes first messages with what belongs to them. `open_work` opens a transaction."""

    open_work: Open
    drafter: Drafter

    async def compose(
        self, caller: Caller, request: AiOutreachRequest, *, request_id: str | None = None
    ) -> AiOutreachRead:
        """The first message, then the note and the follow-up that were asked for. Raises as `Drafter.draft` for the first."""
        wishes = Wishes(tone=request.tone, custom_instructions=_context(request))
        async with self.open_work() as uow:
            first = await wish_for(
                uow, caller, request.lead_id, wishes, request_id=_named(request_id, "first")
            )
        main = await self._written(caller, first)
        if main.message is None:
            return AiOutreachRead(declined=main.declined)
        note = follow_up = None
        missing: list[NotWritten] = []
        # The follow-up first: it follows the newest draft, which has to be the message and not the note.
        if request.include_follow_up:
            follow_up = await self._beside(caller, "followUp", _after(first, request_id), missing)
        if request.include_connection_request and first.format is not OutreachFormat.LINKEDIN_CONNECTION:
            note = await self._beside(caller, "connectionRequest", _note(first, request_id), missing)
        return AiOutreachRead(
            subject=main.message.subject,
            body=main.message.body,
            connection_request=note.body if note else None,
            follow_up=follow_up.body if follow_up else None,
            message_ids=[item.id for item in (main.message, note, follow_up) if item is not None],
            not_written=missing,
        )

    async def compose_many(
        self, caller: Caller, lead_ids: Sequence[LeadID], tone: str | None, *, request_id: str | None = None
    ) -> list[AiBatchItem]:
        """First messages, a bounded number at a time; what fails for one lead is told of that lead."""
        places = asyncio.Semaphore(AT_ONCE)

        async def one(lead_id: LeadID) -> AiBatchItem:
            request = AiOutreachRequest(lead_id=lead_id, tone=tone)
            async with places:
                written = await _or_reason(self.compose(caller, request, request_id=request_id))
            if isinstance(written, str):
                return AiBatchItem(lead_id=lead_id, message=None, error=written)
            return AiBatchItem(lead_id=lead_id, message=written)

        return await asyncio.gather(*(one(lead_id) for lead_id in dict.fromkeys(lead_ids)))

    async def _beside(
        self, caller: Caller, part: Part, wish: Wish, missing: list[NotWritten]
    ) -> MessageRead | None:
        """A text beside one that is kept; why there is none goes to `missing`."""
        written = await _or_reason(self._written(caller, wish))
        if isinstance(written, GeneratedOutreach):
            if written.message is not None:
                return written.message
            written = written.declined.reason if written.declined else BROKEN
        missing.append(NotWritten(part=part, reason=written))
        return None

    async def _written(self, caller: Caller, wish: Wish) -> GeneratedOutreach:
        outcome = await self.drafter.draft(caller, wish)
        async with self.open_work() as uow:
            return await read_outcome(uow, outcome)


async def _or_reason(work: Awaitable[T]) -> T | str:
    """What came of some work, or the sentence that says why nothing did."""
    try:
        return await work
    except QuiverError as failure:
        return failure.message
    except Exception as failure:
        # Postgres or whatever else: what was written beside it is kept, and has to be told.
        log.exception("outreach.not_written", error=type(failure).__name__)
        return BROKEN


def _note(first: Wish, request_id: str | None) -> Wish:
    return replace(first, format=OutreachFormat.LINKEDIN_CONNECTION, request_id=_named(request_id, "note"))


def _after(first: Wish, request_id: str | None) -> Wish:
    form = first.format
    if form is OutreachFormat.LINKEDIN_CONNECTION:
        form = OutreachFormat.LINKEDIN_MESSAGE
    named = _named(request_id, "follow-up")
    return replace(first, format=form, number=first.number + 1, after_draft=True, request_id=named)


def _context(request: AiOutreachRequest) -> str:
    said = request.context
    text = said if isinstance(said, str) else orjson.dumps(said).decode() if said else ""
    return text[:LONGEST_CONTEXT]


def _named(request_id: str | None, part: str) -> str | None:
    return None if request_id is None else f"{request_id}:{part}"
