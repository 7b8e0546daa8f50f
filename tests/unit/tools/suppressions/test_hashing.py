"""Suppressed contacts as keyed hashes."""

import pytest

from persistence.models.suppression import SuppressionKind
from tools.suppressions.hashing import Contact, ContactHashes, masked

HASHES = ContactHashes("a-secret-of-this-test")
EMAIL, DOMAIN, LINKEDIN = SuppressionKind.EMAIL, SuppressionKind.DOMAIN, SuppressionKind.LINKEDIN


def test_a_contact_is_met_by_address_domain_profile_and_company() -> None:
    contact = Contact("Kim@mail.example.com", "https://linkedin.com/in/Kim/", "https://acme.example")
    assert set(HASHES.matching(contact)) == {
        HASHES.of(EMAIL, "kim@mail.example.com"),
        HASHES.of(DOMAIN, "mail.example.com"),
        HASHES.of(DOMAIN, "example.com"),
        HASHES.of(DOMAIN, "acme.example"),
        HASHES.of(LINKEDIN, "kim"),
    }
    assert HASHES.matching(Contact()) == {}


def test_a_hash_depends_on_the_secret_and_the_kind() -> None:
    assert HASHES.of(EMAIL, "kim") != HASHES.of(LINKEDIN, "kim")
    assert HASHES.of(EMAIL, "kim") != ContactHashes("another secret").of(EMAIL, "kim")


@pytest.mark.parametrize(
    ("kind", "key", "shown"),
    [
        (EMAIL, "kim@example.com", "k***@example.com"),
        (DOMAIN, "acme.example", "ac***.example"),
        (LINKEDIN, "kim-lee", "ki***"),
    ],
)
def test_what_is_shown_can_be_recognised_but_not_written_to(
    kind: SuppressionKind, key: str, shown: str
) -> None:
    assert masked(kind, key) == shown
