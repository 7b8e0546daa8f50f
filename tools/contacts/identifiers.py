"""The normal forms of e-mail addresses, domains and LinkedIn profiles: two spellings of the same thing become equal."""

import re
from urllib.parse import unquote

import idna

from tools.text.storable import storable

MAX_KEY = 255

_HOST = re.compile(r"^(?:[a-z][a-z0-9+.-]*://)?(?:[^/?#@]*@)?([^/?#:]+)", re.IGNORECASE)
_PROFILE = re.compile(
    r"linkedin\.com/(?:in|pub|sales/(?:lead|people)|talent/profile)/([^/?#,]+)", re.IGNORECASE
)
_LOCAL = re.compile(r"[^\s@<>,;:\"]+")
_SLUG = re.compile(r"[^\s/?#@:<>\"]+")


def email_key(text: str) -> str | None:
    """The address in lower case with its domain in ASCII; None when it is no address."""
    local, at, domain = text.strip().rpartition("@")
    host = domain_key(domain) if at and not domain.lower().startswith("www.") else None
    if host is None or not _LOCAL.fullmatch(local) or not storable(local):
        return None
    key = f"{local.lower()}@{host}"
    return key if len(key) <= MAX_KEY else None


def domain_key(text: str) -> str | None:
    """The host of a domain or web address in lower-case ASCII, without `www.`; None when there is none."""
    found = _HOST.match(text.strip().lstrip("@"))
    host = found[1].strip(".").removeprefix("www.").removeprefix("WWW.") if found else ""
    if "." not in host or not storable(host):
        return None
    try:
        key = idna.encode(host, uts46=True).decode().lower()
    except (idna.IDNAError, UnicodeError):
        return None
    return key.removeprefix("www.") if len(key) <= MAX_KEY else None


def linkedin_key(text: str) -> str | None:
    """The slug of a profile, given as its address or alone, in lower case; None when there is none."""
    given = text.strip()
    found = _PROFILE.search(given)
    slug = unquote(found[1] if found else given).strip().lower().removeprefix("@")
    if not _SLUG.fullmatch(slug) or not storable(slug) or len(slug) > MAX_KEY:
        return None
    return slug


def domains_above(host: str) -> list[str]:
    """A host and the domains it lies in, the top level left out: `mail.acme.com` and `acme.com`."""
    labels = host.split(".")
    return [".".join(labels[start:]) for start in range(len(labels) - 1)]
