"""Keys: what is written differently and means the same person or company."""

import idna
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.keys import MAX_KEY, company_key, domain_key, email_key, linkedin_key, profile_address


@pytest.mark.parametrize(
    "url",
    [
        "https://www.linkedin.com/in/ada-lovelace",
        "http://linkedin.com/in/Ada-Lovelace/",
        "linkedin.com/in/ada-lovelace?utm_source=share",
        " https://de.linkedin.com/in/ada-lovelace/de#top ",
        "https://www.linkedin.com/pub/ada-lovelace/1/2/3",
        "https://LINKEDIN.com/in/%61da-lovelace/details/experience",
    ],
)
def test_one_profile_has_one_key(url: str) -> None:
    assert linkedin_key(url) == "ada-lovelace"


def test_accents_count_but_not_their_writing() -> None:
    assert linkedin_key("linkedin.com/in/andr%C3%A9") == linkedin_key("https://linkedin.com/in/andre\u0301")
    assert linkedin_key("linkedin.com/in/andr%C3%A9") != linkedin_key("linkedin.com/in/andre")


@pytest.mark.parametrize("nothing", [None, "", "  ", "https:///"])
def test_nothing_has_no_key(nothing: str | None) -> None:
    assert linkedin_key(nothing) is None
    assert domain_key(nothing) is None
    assert email_key(nothing) is None


def test_other_addresses_are_told_apart_by_host_and_path() -> None:
    assert linkedin_key("https://evil.example/in/ada") == "evil.example/in/ada"
    assert linkedin_key("https://notlinkedin.com/in/ada") != linkedin_key("https://linkedin.com/in/ada")
    assert linkedin_key("https://www.linkedin.com/sales/lead/ACw,NAME") == "linkedin.com/sales/lead/acw,name"
    assert linkedin_key("http://[broken") == "http://[broken"


def test_no_key_is_longer_than_its_column() -> None:
    for key in (
        linkedin_key("https://linkedin.com/in/" + "a" * 500),
        email_key("a" * 300 + "@example.com"),
        company_key(domain=None, email=None, name="ß" * 255),
    ):
        assert key is not None
        assert len(key) <= MAX_KEY


def test_an_address_is_compared_in_lower_case_with_its_domain_as_looked_up() -> None:
    assert email_key(" Ada@Acme.Example ") == email_key("ada@acme.example") == "ada@acme.example"
    assert email_key("ada@bücher.example") == email_key("ada@xn--bcher-kva.example")
    assert email_key("ada+1@acme.example") != email_key("ada@acme.example")


def test_a_company_is_its_domain_then_its_mail_then_its_name() -> None:
    assert company_key(domain="https://www.Acme.com/about", email=None, name="Acme") == "acme.com"
    assert company_key(domain=None, email="ada@acme.com", name="Acme Inc.") == "acme.com"
    assert company_key(domain=None, email="ada@gmail.com", name="Acme, Inc.") == "acme"
    assert company_key(domain=None, email=None, name="ACME  GmbH & Co. KG") == "acme"
    assert company_key(domain=None, email=None, name="Limited") == "limited"
    assert company_key(domain=None, email="ada@gmail.com", name=None) is None
    assert company_key(domain=None, email=None, name="...") is None


@given(st.text(max_size=600))
def test_whatever_is_written_has_a_key_that_can_be_stored_or_none(text: str) -> None:
    keys = (
        linkedin_key(text),
        linkedin_key(f"https://linkedin.com/in/{text}"),
        email_key(f"{text}@{text}"),
        domain_key(text),
        company_key(domain=text, email=text, name=text),
        company_key(domain=None, email=None, name=text),
    )
    for key in keys:
        assert key is None or 0 < len(key) <= MAX_KEY


@given(st.from_regex(r"[a-z0-9._-]{1,70}", fullmatch=True))
def test_a_plain_domain_is_what_idna_makes_of_it(domain: str) -> None:
    host = domain.strip(".").removeprefix("www.")
    try:
        expected = idna.encode(host, uts46=True).decode() if host else None
    except idna.IDNAError:
        expected = host
    assert domain_key(domain) == expected


WRITTEN = st.from_regex(r"[A-Za-z0-9._+-]{1,20}", fullmatch=True)
HOSTS = st.from_regex(r"(www\.)?[A-Za-z0-9]([A-Za-z0-9.-]{0,20}[A-Za-z0-9])?", fullmatch=True)


@given(WRITTEN, HOSTS, st.sampled_from(["in", "IN", "pub"]))
def test_what_is_written_plainly_has_the_key_that_any_writing_of_it_has(
    name: str, host: str, way: str
) -> None:
    # A space makes it be read the long way.
    assert email_key(f"{name}@{host}") == email_key(f" {name}@{host} ")
    assert domain_key(host) == domain_key(f" {host} ")
    for url in (f"https://www.linkedin.com/{way}/{name}", f"https://linkedin.com/{way}/{name}/"):
        assert linkedin_key(url) == linkedin_key(f" {url} ")


@pytest.mark.parametrize(
    ("written", "known"),
    [
        ("https://www.linkedin.com/in/ada-1/?utm_source=share", "https://www.linkedin.com/in/ada-1"),
        ("de.linkedin.com/in/Ada-1/en", "https://www.linkedin.com/in/Ada-1"),
        ("https://www.linkedin.com/in/zo%C3%AB-2#about", "https://www.linkedin.com/in/zo%C3%AB-2"),
        ("https://www.linkedin.com/sales/lead/ACwAA", "https://www.linkedin.com/sales/lead/ACwAA"),
        ("https://ada.example/in/ada?x=1", "https://ada.example/in/ada?x=1"),
        ("http://[broken", "http://[broken"),
    ],
)
def test_a_profile_is_asked_for_without_what_was_hung_on_its_address(written: str, known: str) -> None:
    assert profile_address(written) == known
