"""Personal data that a line must not hold: addresses, numbers and links of the real world. Made-up ones end in `.example`."""

import re
from collections.abc import Iterator
from typing import Any

_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("an e-mail address", re.compile(r"[\w.+-]+@(?![\w.-]*\.example\b)[\w-]+(?:\.[\w-]+)+")),
    (
        "a link",
        re.compile(
            r"\b(?:https?://|www\.)(?![\w.-]*\.example\b)(?!127\.0\.0\.1)[\w-]+(?:\.[\w-]+)+", re.IGNORECASE
        ),
    ),
    ("a bank account", re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?\b")),
    (
        "a VAT number",
        re.compile(r"\b(?:ATU\d{8}|DE\d{9}|FR[A-Z0-9]{2}\d{9}|GB\d{9}|ES[A-Z]\d{8}|NL\d{9}B\d{2})\b"),
    ),
    (
        "a phone number",
        re.compile(r"(?<![\w.])(?:\+|00)\d{1,3}[ ./-]?(?:\(0\))?(?:[ ./-]?\d{2,5}){2,5}(?!\w)"),
    ),
    ("a profile", re.compile(r"\blinkedin\.com/in/[\w-]+", re.IGNORECASE)),
    ("a handle", re.compile(r"(?<![\w@/.])@[A-Za-z]\w{3,30}\b")),
)


def personal_data(value: Any) -> Iterator[str]:
    """What a JSON value holds of it, a description each; the datum itself is not repeated."""
    for path, text in texts_of(value):
        for kind, pattern in _PATTERNS:
            if pattern.search(text):
                yield f"{path} holds {kind}"


def texts_of(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Every text of a JSON value with its place."""
    if isinstance(value, str):
        yield path or "the value", value
    elif isinstance(value, dict):
        for name, item in value.items():
            yield from texts_of(item, f"{path}.{name}" if path else str(name))
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from texts_of(item, f"{path}.{number}")
