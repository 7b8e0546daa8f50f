"""What of a person was bought, what is under way, and what is to be bought: decided while the person is locked."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy import func, select

from persistence.models.lead import Lead
from persistence.models.paid_call import PaidCall, PaidCallState
from persistence.models.person import Person
from persistence.repositories import Repository
from persistence.session import UnitOfWork
from persistence.types import ClientID
from tools.enrichment.answers import Answer, answer_of, says_something
from tools.enrichment.levels import PARTS, Part, Parts, level_to_buy, parts_of
from tools.errors import Conflict, Invalid, NotFound
from tools.keys import profile_address
from tools.paid_calls import service as ledger
from tools.paid_calls.reveals import Reveal, key_of, level_bought, person_of, purchase_of
from tools.providers.wiza.client import Identity, reveal_progress
from tools.providers.wiza.records import Level
from tools.usage.service import Spender

OPEN = (PaidCallState.INTENT, PaidCallState.UNKNOWN)


@dataclass(frozen=True)
class Calls:
    """The ledger's rows about one person."""

    rows: Sequence[PaidCall]

    def open(self) -> list[tuple[PaidCall, Level]]:
        """Those whose end is not known, with their levels."""
        return [
            (row, level) for row in self.rows if row.state in OPEN and (level := level_bought(row.operation))
        ]

    def answered(self) -> list[tuple[Answer, Parts]]:
        """What those that ended brought, the oldest first; nothing for answers that found nobody or were erased."""
        said = [
            (answer_of(reveal_progress(row.response).contact()), PARTS[level])
            for row in self.rows
            if row.state is PaidCallState.SUCCEEDED
            and row.response
            and (level := level_bought(row.operation))
        ]
        return [(answer, parts) for answer, parts in said if says_something(answer)]

    def refusal(self, wanted: Level) -> Conflict | NotFound:
        """Why there is no answer though calls ended."""
        ended = [row for row in self.rows if row.state is PaidCallState.SUCCEEDED]
        if any(row.response is None for row in ended):
            return Conflict(
                "What was bought about this person was erased; it is not bought again.", code="answer_erased"
            )
        return NotFound(f"Wiza knows nobody like this (level {wanted}).", code="person_not_found")


@dataclass(frozen=True)
class Pending:
    """A reveal to send, or to wait for.

    `silent`: how long nothing had been heard of it, by Postgres' clock: another process may have written of it, and its clock
    may go wrong. `at`: when that was asked, by this process' monotonic clock, in seconds.
    """

    reveal: Reveal
    silent: timedelta = timedelta()
    at: float = field(default_factory=time.monotonic)

    def age(self) -> timedelta:
        """How long nothing was heard of it."""
        return self.silent + timedelta(seconds=time.monotonic() - self.at)


def identity(lead: Lead, person: Person | None) -> Identity:
    """How Wiza is asked for them: by the surest of what is known. Raises Invalid when nothing tells who it is."""
    if url := lead.linkedin_url or (person and person.linkedin_url):
        return Identity(profile_url=profile_address(url))
    if email := lead.email or (person and person.email):
        return Identity(email=email)
    company, domain = lead.company, lead.company_domain
    if not (company or domain):
        raise Invalid(
            "The lead has no LinkedIn profile, e-mail address or company to be found by.", code="no_identity"
        )
    return Identity(full_name=lead.full_name, company=company, domain=None if company else domain)


async def calls_about(
    uow: UnitOfWork, client_id: ClientID, lead: Lead, person: Person | None, *, lock: bool = False
) -> Calls:
    """All reveals that were begun for this person, under whichever of their names."""
    names = {person_of(identity(lead, person))}
    if person is not None:
        names |= {name for name in (person.linkedin_key, person.email_key) if name}
    elif lock:
        for name in sorted(names):
            turn = func.pg_advisory_xact_lock(func.hashtextextended(f"person {client_id} {name}", 0))
            await uow.session.execute(select(turn))
    keys = [key_of(client_id, name, level) for name in names for level in PARTS]
    found = await Repository(uow.session, PaidCall).get_all(
        PaidCall.call_key.in_(keys), order_by=[PaidCall.updated_at]
    )
    return Calls(found)


def held(person: Person | None, calls: Calls) -> Parts:
    """The parts that are there."""
    parts: set[Part] = set(parts_of(person.enrichment_level)) if person is not None else set()
    return frozenset(parts.union(*(brought for _, brought in calls.answered())))


async def next_reveal(
    uow: UnitOfWork,
    client_id: ClientID,
    lead: Lead,
    person: Person | None,
    wanted: Level,
    spender: Spender,
) -> Pending | None:
    """The reveal that has to end before this person is enriched on this level; None when all is there.

    One that is under way is joined, else what is missing is begun: commit before it is sent. Raises QuotaExceeded,
    NotFound when Wiza knows nobody, and Conflict for what was erased.
    """
    calls = await calls_about(uow, client_id, lead, person, lock=True)
    there = held(person, calls)
    level = level_to_buy(wanted, there)
    if level is None:
        return None
    who = identity(lead, person)
    for call, under_way in calls.open():
        if (PARTS[under_way] & PARTS[wanted]) - there:
            begun = ledger.Begun(call.state, None, call.provider_ref, None)
            return Pending(Reveal(call.call_key, begun, who, under_way), await _silence(uow, call))
    purchase = purchase_of(client_id, who, level)
    begun = await ledger.begin(uow, purchase, spender)
    if begun.state is PaidCallState.SUCCEEDED:
        raise calls.refusal(wanted)
    return Pending(Reveal(purchase.key, begun, who, level))


async def _silence(uow: UnitOfWork, call: PaidCall) -> timedelta:
    """How long ago a call's row was written last."""
    asked = select(func.clock_timestamp() - PaidCall.updated_at).where(PaidCall.call_key == call.call_key)
    silence: timedelta = (await uow.session.execute(asked)).scalar_one()
    return silence
