"""What can be suppressed, in its normal form: the keys of `tools/keys.py`, of real addresses, domains and profiles only."""

import re

from tools import keys
from tools.text.storable import storable

_ADDRESS = re.compile(r"[^\s@<>,;:\"]+@[^\s@<>,;:\"]+\.[^\s@<>,;:\"]+")
_HOST = re.compile(r"[^\W_](?:[\w.-]*[^\W_])?\.[^\W_](?:[\w-]*[^\W_])?")
_SLUG = re.compile(r"[^\s/?#@:<>\"]+")


def email_key(text: str) -> str | None:
    """An address; None when it is none."""
    key = _only(_ADDRESS, keys.email_key(text))
    return key if key and domain_key(key.rpartition("@")[2]) else None


def domain_key(text: str) -> str | None:
    """A domain, given alone or in a web address; None when there is none."""
    return _only(_HOST, keys.domain_key(text))


def linkedin_key(text: str) -> str | None:
    """The slug of a profile, given as its address or alone; None when there is none."""
    return _only(_SLUG, keys.linkedin_key(text))


def domains_above(host: str) -> list[str]:
    """A host and the domains it lies in, the top level left out: `mail.acme.com` and `acme.com`."""
    labels = host.split(".")
    return [".".join(labels[start:]) for start in range(len(labels) - 1)]


def _only(form: re.Pattern[str], key: str | None) -> str | None:
    """A key that has the form, can be stored and is no hash of something too long."""
    return key if key and form.fullmatch(key) and storable(key) else None
