"""What makes two people, or two companies, the same: a LinkedIn profile, an e-mail address, a company's domain or name.

Keys are for comparing, never for showing. None: nothing to compare by.
"""

import hashlib
import re
import unicodedata
from functools import lru_cache
from urllib.parse import unquote, urlsplit

import idna

MAX_KEY = 255

FREE_MAIL = frozenset(
    [
        "gmail.com",
        "googlemail.com",
        "outlook.com",
        "hotmail.com",
        "live.com",
        "msn.com",
        "yahoo.com",
        "ymail.com",
        "icloud.com",
        "me.com",
        "mac.com",
        "aol.com",
        "gmx.com",
        "gmx.de",
        "gmx.net",
        "web.de",
        "t-online.de",
        "freenet.de",
        "mail.com",
        "mail.ru",
        "yandex.ru",
        "yandex.com",
        "proton.me",
        "protonmail.com",
        "pm.me",
        "zoho.com",
        "fastmail.com",
        "hey.com",
        "orange.fr",
        "free.fr",
        "laposte.net",
        "wanadoo.fr",
        "libero.it",
        "hotmail.fr",
        "hotmail.de",
        "hotmail.co.uk",
        "yahoo.co.uk",
        "yahoo.fr",
        "yahoo.de",
        "qq.com",
        "163.com",
        "126.com",
        "naver.com",
    ]
)
"""Mailboxes of people, which say nothing of a company."""

LEGAL_FORMS = frozenset(
    [
        "inc",
        "incorporated",
        "corp",
        "corporation",
        "co",
        "company",
        "llc",
        "llp",
        "lp",
        "ltd",
        "limited",
        "plc",
        "gmbh",
        "ag",
        "kg",
        "ohg",
        "ug",
        "se",
        "sa",
        "sas",
        "sarl",
        "srl",
        "spa",
        "bv",
        "nv",
        "ab",
        "as",
        "asa",
        "oy",
        "aps",
        "pty",
        "pte",
        "kk",
    ]
)
PLAIN_DOMAIN = re.compile(r"(?!www\.)[a-z0-9](?:[a-z0-9.-]{0,253}[a-z0-9])?")
"""A domain as it is looked up already."""
PLAIN_ADDRESS = re.compile(rf"[a-z0-9._+-]+@{PLAIN_DOMAIN.pattern}")
"""An e-mail address that is its own key."""
PLAIN_PROFILE = re.compile(r"https://(?:www\.)?linkedin\.com/in/([A-Za-z0-9-]{1,255})/?")
"""A profile in the form in which nearly all are written."""
PROFILE = re.compile(r"/(?:in|pub)/([^/]+)", re.IGNORECASE)
NO_WORD = re.compile(r"[^\w]+", re.UNICODE)


@lru_cache(maxsize=4_096)
def linkedin_key(url: str | None) -> str | None:
    """The slug of a LinkedIn profile, however its address is written; else the address without its dressing."""
    if not url or not url.strip():
        return None
    if plain := PLAIN_PROFILE.fullmatch(url):
        return plain[1].lower()
    address = url.strip()
    try:
        parts = urlsplit(address if "://" in address else f"https://{address}")
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return _short(address.casefold())
    path = unicodedata.normalize("NFC", unquote(parts.path)).casefold().rstrip("/")
    profile = PROFILE.match(path)
    if profile and (host == "linkedin.com" or host.endswith(".linkedin.com")):
        return _short(profile[1])
    return _short(f"{host}{path}") if host else None


def profile_address(url: str) -> str:
    """The address of a LinkedIn profile without what was hung on it (`?utm=…`) and its country's host; any other as it is."""
    address = url.strip()
    try:
        parts = urlsplit(address if "://" in address else f"https://{address}")
        host = parts.hostname or ""
    except ValueError:
        return url
    profile = PROFILE.match(parts.path)
    if profile and (host == "linkedin.com" or host.endswith(".linkedin.com")):
        return f"https://www.linkedin.com{profile[0]}"
    return url


@lru_cache(maxsize=4_096)
def email_key(email: str | None) -> str | None:
    """An e-mail address in lower case, its domain as it is looked up."""
    if not email or "@" not in email:
        return None
    if PLAIN_ADDRESS.fullmatch(email):
        return _short(email)
    person, _, domain = email.strip().rpartition("@")
    return _short(
        f"{unicodedata.normalize('NFC', person).casefold()}@{domain_key(domain) or domain.casefold()}"
    )


@lru_cache(maxsize=4_096)
def domain_key(domain: str | None) -> str | None:
    """A domain as it is looked up: lower case, without scheme, path and www."""
    if not domain or not domain.strip():
        return None
    if PLAIN_DOMAIN.fullmatch(domain):
        return domain
    host = re.split(r"[/?#]", domain.strip().casefold().rpartition("://")[2], maxsplit=1)[0]
    host = host.rpartition("@")[2].partition(":")[0].strip(".").removeprefix("www.")
    if host.isascii():
        # IDNA would give it back as it is, or refuse it; asking costs more than the rest of a lead's keys.
        return _short(host) if host else None
    try:
        return _short(idna.encode(host, uts46=True).decode())
    except idna.IDNAError:
        return _short(host)


def company_key(*, domain: str | None, email: str | None, name: str | None) -> str | None:
    """A company: its domain, else that of a business e-mail address, else its name without case, signs and legal form."""
    if key := domain_key(domain):
        return key
    mail = domain_key(email.rpartition("@")[2]) if email and "@" in email else None
    if mail and mail not in FREE_MAIL:
        return mail
    words = NO_WORD.sub(" ", unicodedata.normalize("NFKC", name or "").casefold()).split()
    while len(words) > 1 and words[-1] in LEGAL_FORMS:
        words.pop()
    return _short(" ".join(words)) or None


def _short(key: str) -> str:
    """The key, or a hash of one that is too long to be stored."""
    return key if len(key) <= MAX_KEY else f"sha256:{hashlib.sha256(key.encode()).hexdigest()}"
