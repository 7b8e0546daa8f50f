"""Two spellings of one contact become equal; what is none is refused."""

import pytest

from tools.suppressions.identifiers import domain_key, domains_above, email_key, linkedin_key


@pytest.mark.parametrize(
    ("given", "key"),
    [
        ("Kim.Lee@Example.COM", "kim.lee@example.com"),
        ("  kim@example.com ", "kim@example.com"),
        ("kim@BÜCHER.example", "kim@xn--bcher-kva.example"),
        ("kim+news@example.com", "kim+news@example.com"),
        ("kim", None),
        ("kim@", None),
        ("@example.com", None),
        ("kim@localhost", None),
        ("a b@example.com", None),
        ("kim@exa mple.com", None),
        ("kim\x00@example.com", None),
        ("k" * 300 + "@example.com", None),
    ],
)
def test_an_address(given: str, key: str | None) -> None:
    assert email_key(given) == key


@pytest.mark.parametrize(
    ("given", "key"),
    [
        ("Example.com", "example.com"),
        ("https://www.example.com/about?x=1", "example.com"),
        ("WWW.example.com", "example.com"),
        ("@example.com", "example.com"),
        ("example.com.", "example.com"),
        ("mail.example.com:8080", "mail.example.com"),
        ("bücher.example", "xn--bcher-kva.example"),
        ("example", None),
        ("", None),
        ("exa mple.com", None),
        ("-.com", None),
        ("\ud800.com", None),
    ],
)
def test_a_domain(given: str, key: str | None) -> None:
    assert domain_key(given) == key


@pytest.mark.parametrize(
    ("given", "key"),
    [
        ("https://www.linkedin.com/in/Kim-Lee/", "kim-lee"),
        ("http://de.linkedin.com/in/kim-lee?trk=x", "kim-lee"),
        ("linkedin.com/in/kim-lee#about", "kim-lee"),
        ("https://www.linkedin.com/in/j%C3%B6rg-m", "jörg-m"),
        ("kim-lee", "kim-lee"),
        ("https://example.com/in/kim", None),
        ("https://www.linkedin.com/company/acme", None),
        ("kim lee", None),
        ("", None),
    ],
)
def test_a_profile(given: str, key: str | None) -> None:
    assert linkedin_key(given) == key


def test_a_host_lies_in_the_domains_above_it() -> None:
    assert domains_above("a.b.example.com") == ["a.b.example.com", "b.example.com", "example.com"]
