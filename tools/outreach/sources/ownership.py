"""Whose a source is: a page by its host, a profile by its slug. Somebody of the same name is somebody else."""

from urllib.parse import urlsplit

from tools import keys
from tools.outreach.evidence import LeadFacts, Why

PROFILE_HOST = "linkedin.com"
TYPED_IN = "user:"
FROM_PROVIDER = "wiza:"


def foreign(source: str, url: str | None, text: str, lead: LeadFacts) -> tuple[Why, str] | None:
    """Why a citation is not about this lead or their company, or None.

    A page has to lie in the company's domain, a profile has to be the lead's. Somebody's own word may name a page elsewhere
    when the words quoted from it name the company or the lead.
    """
    place = source.removeprefix("page:") if source.startswith("page:") else url
    if not place:
        return None if source.startswith((TYPED_IN, FROM_PROVIDER)) else ("no_source", source)
    host = host_of(place)
    if within(host, PROFILE_HOST):
        return _foreign_profile(place, lead)
    if host is not None and lead.domain is not None and within(host, lead.domain):
        return None
    if source.startswith(TYPED_IN) and names_lead(text, lead):
        return None
    return "other_company", f"{host or place} is not the site of {lead.domain or 'a known company domain'}."


def _foreign_profile(place: str, lead: LeadFacts) -> tuple[Why, str] | None:
    slug = keys.linkedin_key(place)
    if slug is None or slug.startswith(PROFILE_HOST):
        return (
            None
            if names_company_page(slug, lead)
            else ("other_company", f"{place} is no profile of the lead.")
        )
    if slug == lead.profile:
        return None
    return "other_person", f"The profile {slug} is not the lead's ({lead.profile or 'none is stored'})."


def names_company_page(slug: str | None, lead: LeadFacts) -> bool:
    """Whether an address on LinkedIn is the page of the lead's company."""
    name = keys.company_key(domain=None, email=None, name=lead.company)
    last = (slug or "").rpartition("/company/")[2].partition("/")[0]
    return bool(name) and last.replace("-", " ") == name


def host_of(url: str) -> str | None:
    """The host of an address, as it is looked up."""
    try:
        return keys.domain_key(urlsplit(url if "://" in url else f"https://{url}").hostname)
    except ValueError:
        return None


def within(host: str | None, domain: str) -> bool:
    """Whether a host is the domain or lies in it."""
    return host is not None and (host == domain or host.endswith(f".{domain}"))


def names_lead(text: str, lead: LeadFacts) -> bool:
    """Whether words name the lead in full, or the company by its whole name."""
    words = f" {' '.join(keys.NO_WORD.sub(' ', text.casefold()).split())} "
    company = keys.company_key(domain=None, email=None, name=lead.company)
    person = " ".join(keys.NO_WORD.sub(" ", lead.name.casefold()).split())
    return any(name and f" {name} " in words for name in (company, person))
