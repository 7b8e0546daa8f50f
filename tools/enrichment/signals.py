"""What a provider's company fields tell as an event, each cited to the stored field that says it."""

from dataclasses import dataclass
from datetime import UTC, datetime

from persistence.models.lead import Lead, LeadSignal, SignalType
from persistence.repositories import Repository
from persistence.session import UnitOfWork
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
    known = {signal.headline for signal in await _known(uow, lead)}
    new = [_signal(lead, event) for event in events(answer) if event.headline[:MAX_HEADLINE] not in known]
    if new:
        await Repository(uow.session, LeadSignal).create(*new)


async def _known(uow: UnitOfWork, lead: Lead) -> list[LeadSignal]:
    mine = (LeadSignal.lead_id == lead.id, LeadSignal.signal_type == SignalType.FUNDING)
    return await Repository(uow.session, LeadSignal).get_all(*mine)


def _signal(lead: Lead, event: Event) -> LeadSignal:
    citations = [
        {"quote": words, "source": f"{PROVIDER}:company.{field}", "url": None}
        for field, words in event.fields
    ]
    return LeadSignal(
        lead_id=lead.id,
        headline=event.headline[:MAX_HEADLINE],
        signal_type=event.type,
        strength_score=event.strength,
        citations=citations,
        detected_at=event.at,
    )


def _date(text: object) -> datetime | None:
    """A date as providers write it: the day, or a moment; None for anything else."""
    try:
        moment = datetime.fromisoformat(str(text))
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
