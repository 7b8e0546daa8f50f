"""What a provider's company fields tell as an event, each cited to the stored field that says it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select

from persistence.many_rows import insert_missing
from persistence.models.lead import Lead, LeadSignal, SignalType
from persistence.session import UnitOfWork
from persistence.types import LeadID
from tools.enrichment.answers import Answer
from tools.providers.wiza.errors import PROVIDER

ROUND_STRENGTH = 70
FUNDED_STRENGTH = 30
MAX_HEADLINE = 255


@dataclass(frozen=True)
class Event:
    """An event and the fields of the company that tell it: their names and words. Without a date its time is unknown."""

    headline: str
    type: SignalType
    strength: int
    fields: tuple[tuple[str, str], ...]
    at: datetime | None = None


def events(answer: Answer) -> list[Event]:
    """The events of an answer: the last round of funding, else that the company was funded at all."""
    company = answer.get("company") or {}
    name = str(company.get("name") or "The company")
    last, at, funding = company.get("lastRound"), company.get("lastRoundAt"), company.get("funding")
    if last:
        fields = [("lastRound", str(last))] + ([("lastRoundAt", str(at))] if at else [])
        words = str(last).replace("_", " ")
        return [
            Event(
                f"{name}: last funding round {words}",
                SignalType.FUNDING,
                ROUND_STRENGTH,
                tuple(fields),
                _date(at),
            )
        ]
    if funding:
        fields = [("funding", str(funding))]
        return [Event(f"{name} has raised {funding}", SignalType.FUNDING, FUNDED_STRENGTH, tuple(fields))]
    return []


async def keep_signals(uow: UnitOfWork, lead: Lead, answer: Answer) -> None:
    """Keep the events that this lead has not got yet."""
    await keep_signals_of(uow, {lead.id: answer})


async def keep_signals_of(uow: UnitOfWork, answers: Mapping[LeadID, Answer]) -> None:
    """Keep the events that these leads have not got yet."""
    told = {lead: found for lead, answer in answers.items() if (found := events(answer))}
    if not told:
        return
    known = await _known(uow, list(told))
    new = [
        _signal(lead, event)
        for lead, found in told.items()
        for event in found
        if (lead, event.headline[:MAX_HEADLINE]) not in known
    ]
    if new:
        await insert_missing(uow.session, LeadSignal, new)


async def _known(uow: UnitOfWork, leads: Sequence[LeadID]) -> set[tuple[LeadID, str]]:
    mine = (LeadSignal.lead_id.in_(leads), LeadSignal.signal_type == SignalType.FUNDING)
    rows = await uow.session.execute(select(LeadSignal.lead_id, LeadSignal.headline).where(*mine))
    return {(row.lead_id, row.headline) for row in rows}


def _signal(lead: LeadID, event: Event) -> dict[str, Any]:
    citations = [
        {"quote": words, "source": f"{PROVIDER}:company.{field}", "url": None}
        for field, words in event.fields
    ]
    return {
        "lead_id": lead,
        "headline": event.headline[:MAX_HEADLINE],
        "signal_type": event.type,
        "strength_score": event.strength,
        "citations": citations,
        "detected_at": event.at,
    }


def _date(text: object) -> datetime | None:
    """A date as providers write it: the day, or a moment; None for anything else."""
    try:
        moment = datetime.fromisoformat(str(text))
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
