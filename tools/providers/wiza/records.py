"""Wiza's objects in our own fields. Each object has a mapper of its own: their names differ where one expects it least.

A person is `name` in a reveal, `full_name` in a list and a search; LinkedIn is `linkedin_profile_url`, `linkedin`, `linkedin_url`.
"""

from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict

from tools.providers.wiza.errors import WizaLost

Json = dict[str, Any]
EmailStatus = Literal["valid", "risky", "unfound"]
Level = Literal["none", "partial", "phone", "full"]
LONGEST = 2_000


def _text(value: Any) -> str | None:
    """Text of a bounded length; Wiza leaves any field null, and gives numbers where it likes."""
    if value is None or isinstance(value, dict | list | bool):
        return None
    return str(value).replace("\x00", "").strip()[:LONGEST] or None


def _status(value: Any) -> str | None:
    return value if value in ("valid", "risky", "unfound") else None


def _count(value: Any) -> int | None:
    return (
        int(value) if isinstance(value, int | float) and not isinstance(value, bool) and value >= 0 else None
    )


Text = Annotated[str | None, BeforeValidator(_text)]
Number = Annotated[int | None, BeforeValidator(_count)]
Status = Annotated[EmailStatus | None, BeforeValidator(_status)]


class Record(BaseModel):
    """Values only: nobody changes what a provider said."""

    model_config = ConfigDict(frozen=True)


class Company(Record):
    """A company."""

    name: Text = None
    domain: Text = None
    industry: Text = None
    employees: Number = None
    size: Text = None
    kind: Text = None
    founded: Text = None
    revenue: Text = None
    funding: Text = None
    last_round: Text = None
    last_round_at: Text = None
    linkedin_url: Text = None
    location: Text = None
    description: Text = None


class Prospect(Record):
    """A row of a search: no e-mail, no telephone."""

    full_name: Text = None
    linkedin_url: Text = None
    job_title: Text = None
    company: Text = None
    company_domain: Text = None
    industry: Text = None
    location: Text = None


class Contact(Record):
    """A person with what was found. Only a `valid` address is one for a cold mail."""

    full_name: Text = None
    job_title: Text = None
    linkedin_url: Text = None
    location: Text = None
    email: Text = None
    email_status: Status = None
    phone: Text = None
    company: Company = Company()


def linkedin(value: Any) -> str | None:
    """An address with its scheme, which searches leave out."""
    text = _text(value)
    return text if text is None or "://" in text else f"https://{text}"


def prospect(row: Json) -> Prospect:
    """A profile of POST /prospects/search."""
    return Prospect(
        full_name=row.get("full_name"),
        linkedin_url=linkedin(row.get("linkedin_url")),
        job_title=row.get("job_title"),
        company=row.get("job_company_name"),
        company_domain=row.get("job_company_website"),
        industry=row.get("industry"),
        location=row.get("location_name"),
    )


def revealed(data: Json) -> Contact:
    """The person of a finished reveal."""
    phones = data.get("phones")
    first = phones[0] if isinstance(phones, list) and phones and isinstance(phones[0], dict) else {}
    return Contact(
        full_name=data.get("name"),
        job_title=data.get("title"),
        linkedin_url=linkedin(data.get("linkedin_profile_url")),
        location=data.get("location"),
        email=data.get("email"),
        email_status=data.get("email_status"),
        phone=data.get("mobile_phone") or data.get("phone_number") or first.get("number"),
        company=_company(data, name=data.get("company"), domain=data.get("company_domain")),
    )


def listed(row: Json) -> Contact:
    """A row of GET /lists/{id}/contacts."""
    parts = [text for text in (_text(row.get("first_name")), _text(row.get("last_name"))) if text]
    return Contact(
        full_name=row.get("full_name") or " ".join(parts) or None,
        job_title=row.get("title"),
        linkedin_url=linkedin(row.get("linkedin")),
        location=row.get("location"),
        email=row.get("email"),
        email_status=row.get("email_status"),
        company=_company(row, name=row.get("company"), domain=row.get("domain") or row.get("company_domain")),
    )


def enriched(data: Json) -> Company:
    """The answer of POST /company_enrichments."""
    return _company(
        data,
        name=data.get("company_name"),
        domain=data.get("company_domain") or data.get("domain"),
        revenue=data.get("company_revenue_range"),
    )


def credits_used(data: Json) -> Decimal | None:
    """What was really charged: `credits.api_credits.total`; None while Wiza does not say."""
    held = data.get("credits") or (data.get("stats") or {}).get("credits")
    parts = held.get("api_credits") if isinstance(held, dict) else None
    total = parts.get("total") if isinstance(parts, dict) else None
    if isinstance(total, bool) or not isinstance(total, int | float) or total < 0:
        return None
    return Decimal(str(total))


def data_of(answer: Json) -> Json:
    """The object inside an envelope. Raises WizaLost when there is none."""
    data = answer.get("data")
    if not isinstance(data, dict):
        raise WizaLost("Wiza's answer holds no data.")
    return data


def rows_of(value: Any) -> list[Json]:
    """A list of objects; nulls and what is no object are left out."""
    return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []


def reference_of(data: Json) -> str:
    """The id of a reveal or list. Raises WizaLost without one: it was begun and can't be asked for."""
    found = data.get("id")
    if isinstance(found, bool) or not isinstance(found, int | str) or not str(found):
        raise WizaLost("Wiza's answer names no id.")
    return str(found)[:255]


def _company(data: Json, *, name: Any, domain: Any, revenue: Any = None) -> Company:
    return Company(
        name=name,
        domain=domain,
        industry=data.get("company_industry"),
        employees=data.get("company_size"),
        size=data.get("company_size_range"),
        kind=data.get("company_type"),
        founded=data.get("company_founded"),
        revenue=revenue or data.get("company_revenue"),
        funding=data.get("company_funding"),
        last_round=data.get("company_last_funding_round"),
        last_round_at=data.get("company_last_funding_at"),
        linkedin_url=linkedin(data.get("company_linkedin")),
        location=data.get("company_location"),
        description=data.get("company_description"),
    )
