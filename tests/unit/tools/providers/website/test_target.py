"""Which words are web addresses, and which tricks are none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.providers.website.errors import WebsiteRefused
from tools.providers.website.target import has_local_name, parse_target


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("acme.com", "https://acme.com"),
        (" https://Acme.COM/About?a=b#team ", "https://acme.com/About?a=b"),
        ("http://acme.com:80/", "http://acme.com/"),
        ("https://acme.com:443/x", "https://acme.com/x"),
        ("acme.com:443", "https://acme.com"),
        ("https://acme.com./", "https://acme.com/"),
        ("https://bücher.de/", "https://xn--bcher-kva.de/"),
        ("https://93.184.216.34/", "https://93.184.216.34/"),
        ("//acme.com/x", "https://acme.com/x"),
    ],
)
def test_what_people_type_becomes_a_plain_address(text: str, url: str) -> None:
    assert str(parse_target(text)).removesuffix("/") == url.removesuffix("/")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "ftp://acme.com/",
        "file:///etc/passwd",
        "gopher://acme.com/",
        "javascript:alert(1)",
        "data:text/html,hello",
        "https://",
        "https:///etc/passwd",
        "https://user@acme.com/",
        "https://user:secret@acme.com/",
        "https://acme.com@127.0.0.1/",
        "https://acme.com:8080/",
        "http://acme.com:22/",
        "http://acme.com:443/",
        "https://acme.com:0/",
        "https://acme.com:99999/",
        "https://ac me.com/",
        "https://acme.com/\r\nHost: internal",
        "https://acme.com\\@127.0.0.1/",
        "https://acme.com/\x00",
        "https://[::1]/",
        "https://[::ffff:127.0.0.1]/",
        "https://[2a00:1450:4001:81b::200e]/",
        "http://0x7f.1/",
        "http://0x7f000001/",
        "http://2130706433/",
        "http://0177.0.0.1/",
        "http://127.1/",
        "http://127.0.1/",
        "http://127.0.0.0x1/",
        "http://1.2.3.4.5/",
        "http://256.256.256.256/",
        "http://%31%32%37.0.0.1/",
        "https://-acme.com/",
        "https://acme..com/",
        "https://a_very" + "x" * 70 + ".com/",
        "https://acme.com/" + "x" * 3000,
    ],
)
def test_tricks_and_other_schemes_are_refused(text: str) -> None:
    with pytest.raises(WebsiteRefused):
        parse_target(text)


@pytest.mark.parametrize("text", ["http://１２７.0.0.1/", "http://127。0。0。1/", "http://ⓛocalhost/"])
def test_look_alikes_of_an_address_never_become_a_foreign_name(text: str) -> None:
    try:
        host = parse_target(text).host
    except WebsiteRefused:
        return
    assert host == "127.0.0.1" or has_local_name(host)


@pytest.mark.parametrize(
    "host",
    ["localhost", "redis", "db.local", "vault.internal", "api.localhost", "printer.lan", "x.home.arpa"],
)
def test_names_of_machines_nearby_are_local(host: str) -> None:
    assert has_local_name(host)


def test_a_redirect_is_read_relative_to_the_page_it_came_from() -> None:
    base = parse_target("https://acme.com/a/b")
    assert str(parse_target("../c", base=base)) == "https://acme.com/c"
    assert str(parse_target("//other.com/d", base=base)) == "https://other.com/d"
    with pytest.raises(WebsiteRefused):
        parse_target("ftp://acme.com/", base=base)


@given(st.text(max_size=80))
def test_any_text_is_a_safe_target_or_refused(text: str) -> None:
    try:
        target = parse_target(text)
    except WebsiteRefused:
        return
    assert target.scheme in {"http", "https"}
    assert target.url.raw_host.decode() == target.host == target.host.lower()
    assert not target.url.userinfo
    assert target.url.port is None
