"""What Wiza says of a person: search profile, reveal, list contact, company. Each object has names of its own."""

from typing import Any

from tests.sandbox.wiza.people import Firm, Human

Json = dict[str, Any]


def email_status(human: Human) -> str:
    """valid for seven in ten, risky for two, unfound for one."""
    return (*["valid"] * 7, "risky", "risky", "unfound")[human.index % 10]


def phone_found(human: Human) -> bool:
    """Half of all people."""
    return human.index % 2 == 0


def profile(human: Human) -> Json:
    """A row of a search; every seventh lacks its industry and website."""
    known = human.index % 7 != 0
    return {
        "full_name": f"{human.first} {human.last}",
        "linkedin_url": f"linkedin.com/in/{human.slug}",
        "industry": human.firm.industry if known else None,
        "job_title": human.title,
        "job_title_role": human.role,
        "job_title_sub_role": human.sub_role,
        "job_company_name": human.firm.name,
        "job_company_website": human.firm.domain if known else None,
        "location_name": ", ".join(human.place[:3]),
    }


def company(firm: Firm) -> Json:
    """The company_* fields of reveals and contacts."""
    newest = firm.rounds[-1] if firm.rounds else None
    city, state, country, _ = firm.place
    return {
        "company_size": firm.staff,
        "company_size_range": firm.size,
        "company_type": firm.kind,
        "company_domain": firm.domain,
        "company_industry": firm.industry,
        "company_subindustry": None,
        "company_founded": firm.founded,
        "company_funding": str(sum(each.amount for each in firm.rounds)) if newest else None,
        "company_revenue": firm.revenue,
        "company_linkedin": f"https://www.linkedin.com/company/{firm.name.lower()}",
        "company_location": f"{city}, {state}, {country}",
        "company_street": None,
        "company_locality": city,
        "company_region": state,
        "company_country": country,
        "company_postal_code": None,
        "company_description": firm.summary,
    }


def enrichment(firm: Firm) -> Json:
    """The answer of a company enrichment, without its credits."""
    newest = firm.rounds[-1] if firm.rounds else None
    return company(firm) | {
        "company_name": firm.name,
        "domain": firm.domain,
        "company_revenue_range": firm.revenue,
        "company_ticker": None,
        "company_last_funding_round": newest.stage if newest else None,
        "company_last_funding_amount": str(newest.amount) if newest else None,
        "company_last_funding_at": None,
        "company_twitter": None,
        "company_facebook": None,
        "company_linkedin_id": None,
    }


def emails(human: Human, level: str) -> list[Json]:
    """Those found on this level."""
    if level not in {"partial", "full"} or email_status(human) == "unfound":
        return []
    return [{"email": human.email, "email_type": "work", "email_status": email_status(human)}]


def phones(human: Human, level: str) -> list[Json]:
    """Those found on this level."""
    if level not in {"phone", "full"} or not phone_found(human):
        return []
    number = f"+1555{human.index:07d}"
    return [{"number": number, "pretty_number": number, "type": "mobile"}]


def reveal(human: Human, level: str) -> Json:
    """What a finished reveal adds to its id and state."""
    mails, numbers = emails(human, level), phones(human, level)
    number = numbers[0]["number"] if numbers else None
    return {
        "name": f"{human.first} {human.last}",
        "company": human.firm.name,
        "linkedin_profile_url": f"https://www.linkedin.com/in/{human.slug}",
        "title": human.title,
        "location": ", ".join(human.place[:3]),
        "email": mails[0]["email"] if mails else None,
        "email_type": "work" if mails else None,
        "email_status": email_status(human) if level in {"partial", "full"} else None,
        "emails": mails,
        "mobile_phone": number,
        "phone_number": number,
        "phone_status": ("found" if number else "unfound") if level in {"phone", "full"} else None,
        "phones": numbers,
        **company(human.firm),
    }


def contact(human: Human, level: str, list_name: str) -> Json:
    """A row of a list's contacts."""
    mails = emails(human, level)
    return {
        "list_name": list_name,
        "email": mails[0]["email"] if mails else None,
        "email_type": "work" if mails else None,
        "email_status": email_status(human) if level != "none" else None,
        "full_name": f"{human.first} {human.last}",
        "first_name": human.first,
        "last_name": human.last,
        "title": human.title,
        "location": ", ".join(human.place[:3]),
        "linkedin": f"https://www.linkedin.com/in/{human.slug}",
        "domain": human.firm.domain,
        "company": human.firm.name,
        **company(human.firm),
        "company_twitter": None,
        "company_facebook": None,
    }


def credits_of(human: Human, level: str) -> Json:
    """The real charge: 2 for a valid e-mail, 5 for a phone, 1 for a profile alone. Nothing found, nothing charged."""
    mail = 2 if any(each["email_status"] == "valid" for each in emails(human, level)) else 0
    phone = 5 if phones(human, level) else 0
    seen = 1 if level == "none" else 0
    total = mail + phone + seen
    return {
        "api_credits": {"email_credits": mail, "phone_credits": phone, "scrape_credits": seen, "total": total}
    }
