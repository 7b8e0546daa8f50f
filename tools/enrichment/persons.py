"""The person behind a lead, locked: all rows that are this person within the Client, made one."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, or_, select, update

from persistence.models.lead import Lead
from persistence.models.person import Person
from persistence.repositories import Repository
from persistence.session import UnitOfWork
from persistence.types import ClientID
from tools.enrichment.answers import Answer, merged
from tools.enrichment.levels import Parts, level_of, parts_of
from tools.keys import email_key, linkedin_key

FIELDS = {
    "job_title": "jobTitle",
    "linkedin_url": "linkedinUrl",
    "location": "location",
    "phone": "phone",
}
LENGTHS = {"job_title": 255, "linkedin_url": 512, "location": 255, "phone": 50}


async def person_behind(uow: UnitOfWork, client_id: ClientID, lead: Lead) -> Person | None:
    """The person of a lead, locked. Rows that the lead's profile and address show to be one person become one."""
    profile, address = linkedin_key(lead.linkedin_url), email_key(lead.email)
    person = await _one_of(uow, client_id, lead, profile, address)
    if person is not None and lead.person_id != person.id:
        lead.person_id = person.id
        await uow.session.flush()
    return person


async def person_named(
    uow: UnitOfWork, client_id: ClientID, lead: Lead, answer: Answer, person: Person | None
) -> Person | None:
    """The person once more, now that an answer names their profile and address: made when new, made one when two.

    None when neither lead nor answer tells them apart from others.
    """
    profile = (person and person.linkedin_key) or linkedin_key(answer.get("linkedinUrl"))
    address = (person and person.email_key) or email_key(answer.get("email"))
    if profile is None and address is None:
        return None
    found = await _one_of(uow, client_id, lead, profile, address)
    if found is None:
        found = Person(client_id=client_id, linkedin_key=profile, email_key=address, full_name=lead.full_name)
        await Repository(uow.session, Person).create(found)
    if found.linkedin_key is None and await _unused(uow, client_id, Person.linkedin_key == profile):
        found.linkedin_key = profile
    if found.email_key is None and await _unused(uow, client_id, Person.email_key == address):
        found.email_key = address
    lead.person_id = found.id
    await uow.session.flush()
    return found


async def _unused(uow: UnitOfWork, client_id: ClientID, has_key: ColumnElement[bool]) -> bool:
    """Whether no other row has a key: two rows that contradict each other stay two."""
    return await Repository(uow.session, Person).count(Person.client_id == client_id, has_key) == 0


def note_answer(person: Person, answer: Answer, parts: Parts) -> None:
    """Keep what was bought with the person: the cache that other leads of the Client are filled from."""
    person.enrichment_data = merged(person.enrichment_data, answer)
    person.enrichment_level = level_of(parts_of(person.enrichment_level) | parts)
    for name, said in FIELDS.items():
        if answer.get(said) and not getattr(person, name):
            setattr(person, name, str(answer[said])[: LENGTHS[name]])
    person.email = person.email or (str(answer["email"])[:320] if answer.get("email") else None)


async def _one_of(
    uow: UnitOfWork, client_id: ClientID, lead: Lead, profile: str | None, address: str | None
) -> Person | None:
    """The rows that have one of the keys, or that the lead points at, made one; locked in the order of their ids."""
    same: list[ColumnElement[bool]] = []
    same += [Person.id == lead.person_id] if lead.person_id is not None else []
    same += [Person.linkedin_key == profile] if profile else []
    same += [Person.email_key == address] if address else []
    if not same:
        return None
    statement = (
        select(Person)
        .where(Person.client_id == client_id, or_(*same))
        .order_by(Person.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    rows = (await uow.session.execute(statement)).scalars().all()
    return await _made_one(uow, rows, profile) if rows else None


async def _made_one(uow: UnitOfWork, rows: Sequence[Person], profile: str | None) -> Person:
    """Join rows that don't contradict each other. The profile decides whom others are joined to: addresses are shared."""
    kept = next((row for row in rows if profile and row.linkedin_key == profile), rows[0])
    for other in rows:
        if other is not kept and not _differ(kept, other):
            await _join(uow, kept, other)
    return kept


def _differ(one: Person, other: Person) -> bool:
    """Whether two rows have different profiles, or different addresses: then they may be two people."""
    keys = ((one.linkedin_key, other.linkedin_key), (one.email_key, other.email_key))
    return any(mine and theirs and mine != theirs for mine, theirs in keys)


async def _join(uow: UnitOfWork, kept: Person, other: Person) -> None:
    """Give one row the leads, keys and answers of another, which goes."""
    leads = update(Lead).where(Lead.person_id == other.id).values(person_id=kept.id, version=Lead.version)
    await uow.session.execute(leads.execution_options(synchronize_session=False))
    profile, address = other.linkedin_key, other.email_key
    answer, parts, enriched_at = other.enrichment_data, parts_of(other.enrichment_level), other.enriched_at
    await Repository(uow.session, Person).delete(Person.id == other.id)
    kept.linkedin_key = kept.linkedin_key or profile
    kept.email_key = kept.email_key or address
    if answer:
        note_answer(kept, merged(answer, kept.enrichment_data or {}), parts)
        kept.enriched_at = kept.enriched_at or enriched_at
    await uow.session.flush()
