"""A URL that may be fetched: parsed once, by the library that also sends the request."""

import re
from dataclasses import dataclass
from ipaddress import IPv4Address
from urllib.parse import urldefrag

import httpx

from tools.providers.website.errors import WebsiteRefused

MAX_URL = 2048
PORTS = {"http": 80, "https": 443}
SCHEME = re.compile(r"^[A-Za-z][A-Za-z0-9+.-]*:")
HOST_WITH_PORT = re.compile(r"^[^/?#@\s]+:\d+([/?#]|$)")
LABEL = re.compile(r"^(?!-)[a-z0-9_-]{1,63}(?<!-)$")
FORBIDDEN = re.compile(r"[\x00-\x20\x7f\\]")

LOCAL_ENDINGS = (
    "localhost", "local", "internal", "intranet", "lan", "home", "corp", "private", "localdomain",
    "home.arpa", "in-addr.arpa", "ip6.arpa", "onion", "test", "invalid",
)  # fmt: skip
"""Names that never belong to a public website."""


@dataclass(frozen=True)
class Target:
    """One page: `url` with an ASCII host in lower case, no user, no fragment, and the scheme's own port."""

    url: httpx.URL
    host: str

    @property
    def scheme(self) -> str:
        """http or https."""
        return self.url.scheme

    @property
    def origin(self) -> str:
        """Scheme and host, as in `https://acme.com`."""
        return f"{self.url.scheme}://{self.host}"

    def __str__(self) -> str:
        return str(self.url)


def parse_target(text: str, *, base: Target | None = None) -> Target:
    """The target a person or a redirect means; a bare `acme.com` means https.

    Raises WebsiteRefused when it is no http(s) URL on the usual ports or names a user.
    """
    cleaned = text.strip()
    if not cleaned or len(cleaned) > MAX_URL or FORBIDDEN.search(cleaned):
        raise WebsiteRefused("This is not a web address.")
    try:
        url = base.url.join(cleaned) if base else httpx.URL(_with_scheme(cleaned))
        url = httpx.URL(urldefrag(str(url)).url)
    except (httpx.InvalidURL, ValueError) as error:
        raise WebsiteRefused("This is not a web address.") from error
    return _checked(url)


def _with_scheme(text: str) -> str:
    if SCHEME.match(text) and not HOST_WITH_PORT.match(text):
        return text
    return f"https://{text.removeprefix('//')}"


def _checked(url: httpx.URL) -> Target:
    if url.scheme not in PORTS:
        raise WebsiteRefused("Only http and https addresses can be read.")
    if url.userinfo:
        raise WebsiteRefused("A web address with a user name or password is not read.")
    if url.port not in {None, PORTS[url.scheme]}:
        raise WebsiteRefused("Only the usual web ports, 80 and 443, are read.")
    host = url.raw_host.decode("ascii").lower().removesuffix(".")
    _check_host(host)
    return Target(url.copy_with(host=host, port=None), host)


def _check_host(host: str) -> None:
    """Refuse what is no host name, IPv6 literals, and unusual ways to write IPv4 (0x7f.1, 2130706433)."""
    labels = host.split(".")
    if len(host) > 253 or not all(LABEL.match(label) for label in labels):
        raise WebsiteRefused("This is not the name of a website.")
    if labels[-1][0].isdigit() and not is_literal(host):
        raise WebsiteRefused("This is not the name of a website.")


def is_literal(host: str) -> bool:
    """Whether a host is an IPv4 address in its plain form: other forms mean different things to different programs."""
    try:
        IPv4Address(host)
    except ValueError:
        return False
    return True


def has_local_name(host: str) -> bool:
    """Whether a name can't belong to a public website, whatever it resolves to."""
    return "." not in host or any(host == ending or host.endswith(f".{ending}") for ending in LOCAL_ENDINGS)
