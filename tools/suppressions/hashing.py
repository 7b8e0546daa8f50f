"""Suppressed contacts as keyed hashes: they can be recognised, not read, and outlive the data they came from."""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass

from persistence.models.suppression import SuppressionKind
from tools.suppressions.identifiers import domain_key, domains_above, email_key, linkedin_key

NORMAL_FORM = {
    SuppressionKind.EMAIL: email_key,
    SuppressionKind.DOMAIN: domain_key,
    SuppressionKind.LINKEDIN: linkedin_key,
}


@dataclass(frozen=True)
class Contact:
    """The ways in which somebody can be reached, as far as they are known."""

    email: str | None = None
    linkedin_url: str | None = None
    company_domain: str | None = None


class ContactHashes:
    """Hashes of contacts under the product's secret."""

    def __init__(self, secret: str) -> None:
        self._secret = secret.encode()

    def of(self, kind: SuppressionKind, key: str) -> bytes:
        """The hash of a contact in its normal form."""
        return hmac.digest(self._secret, f"{kind.value}:{key}".encode(), hashlib.sha256)

    def matching(self, contact: Contact) -> Mapping[bytes, SuppressionKind]:
        """The hashes of every suppression that would forbid writing to this contact."""
        found = [(SuppressionKind.DOMAIN, domain) for domain in _domains(contact)]
        if email := email_key(contact.email or ""):
            found.append((SuppressionKind.EMAIL, email))
        if slug := linkedin_key(contact.linkedin_url or ""):
            found.append((SuppressionKind.LINKEDIN, slug))
        return {self.of(kind, key): kind for kind, key in found}


def masked(kind: SuppressionKind, key: str) -> str:
    """Enough of a contact for people to recognise it, not enough to write to it."""
    if kind is SuppressionKind.EMAIL:
        local, _, domain = key.rpartition("@")
        return f"{local[:1]}***@{domain}"
    if kind is SuppressionKind.DOMAIN:
        name, _, top = key.rpartition(".")
        return f"{name[:2]}***.{top}"
    return f"{key[:2]}***"


def _domains(contact: Contact) -> set[str]:
    email = email_key(contact.email or "") or ""
    hosts = (email.rpartition("@")[2], domain_key(contact.company_domain or "") or "")
    return {domain for host in hosts if host for domain in domains_above(host)}
