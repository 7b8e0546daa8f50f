"""What Wiza said of a person, as it is kept with person and lead: plain JSON in the wire's names, empty fields left out.

`{"fullName", "jobTitle", "linkedinUrl", "location", "email", "emailStatus", "phone", "company": {"name", "domain", "industry",
"employees", "size", "kind", "founded", "revenue", "funding", "lastRound", "lastRoundAt", "linkedinUrl", "location",
"description"}}`. An address stands here whatever its status: only a `valid` one becomes the lead's.
"""

from functools import cache
from typing import Any

from pydantic.alias_generators import to_camel

from persistence.models.entity import JsonObject
from tools.providers.wiza.records import Company, Contact

Answer = dict[str, Any]
EMAIL, PHONE = ("email", "emailStatus"), ("phone",)


def answer_of(contact: Contact) -> Answer:
    """A contact as it is kept."""
    said = _filled(contact)
    company = _filled(contact.company)
    return {**said, "company": company} if company else said


def merged(older: JsonObject | None, newer: Answer) -> Answer:
    """Two answers about one person: the newer one's words, and what only the older one has."""
    before = dict(older or {})
    company = {**(before.get("company") or {}), **(newer.get("company") or {})}
    both = {**before, **newer}
    return {**both, "company": company} if company else both


def valid_email(answer: Answer) -> str | None:
    """The address, if it is one for a cold mail."""
    return answer.get("email") if answer.get("emailStatus") == "valid" else None


def says_something(answer: Answer) -> bool:
    """Whether anything was found."""
    return bool(answer)


def _filled(record: Contact | Company) -> Answer:
    """What a record says in words of its own, by the wire's names."""
    return {
        _wire(name): value for name, value in record if value is not None and not isinstance(value, Company)
    }


_wire = cache(to_camel)
