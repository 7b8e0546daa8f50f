"""A text that matches a regular expression: from what was read when possible, else the shortest that fits."""

import re
from re import _constants as sre_constants  # type: ignore[attr-defined]
from re import _parser as sre_parse
from typing import Any

FORMATS = {
    "date": "2026-01-15",
    "date-time": "2026-01-15T09:00:00+00:00",
    "time": "09:00:00+00:00",
    "duration": "P14D",
    "email": "nobody@example.com",
    "hostname": "example.com",
    "ipv4": "192.0.2.1",
    "ipv6": "2001:db8::1",
    "uuid": "00000000-0000-4000-8000-000000000000",
    "uri": "https://example.com/",
}
FORMAT_PATTERNS = {
    "date": r"\b\d{4}-\d{2}-\d{2}\b",
    "date-time": r"\b\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})",
    "email": r"[\w.+-]+@[\w-]+\.[\w.-]*\w",
    "uri": r"https?://[^\s<>\"”)]+",
    "uuid": r"\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b",
}


def formatted(kind: str, text: str) -> tuple[str, bool]:
    """A value of a JSON Schema format, and whether it stands in the text."""
    found = re.search(FORMAT_PATTERNS.get(kind, r"(?!)"), text)
    return (found.group(), True) if found else (FORMATS.get(kind, ""), False)


def matching(pattern: str, candidates: list[str]) -> str:
    """The first candidate that matches, also written as a slug or in capitals; else a made-up match."""
    for candidate in candidates:
        slug = re.sub(r"[^a-z0-9]+", "-", candidate.lower()).strip("-")
        for form in (candidate, slug, slug.replace("-", "_"), candidate.upper()):
            if form and re.search(pattern, form):
                return form
    return _generate(sre_parse.parse(pattern))


def _generate(tree: Any) -> str:
    return "".join(_one(operation, argument) for operation, argument in tree)


def _one(operation: Any, argument: Any) -> str:
    if operation is sre_constants.LITERAL:
        return chr(argument)
    if operation in {sre_constants.MAX_REPEAT, sre_constants.MIN_REPEAT}:
        low, high, inner = argument
        return _generate(inner) * max(low, 1 if high else 0)
    if operation is sre_constants.SUBPATTERN:
        return _generate(argument[3])
    if operation is sre_constants.BRANCH:
        return _generate(argument[1][0])
    if operation is sre_constants.IN:
        return _member(argument)
    return "a" if operation in {sre_constants.ANY, sre_constants.NOT_LITERAL} else ""


def _member(options: Any) -> str:
    if options[0][0] is sre_constants.NEGATE:
        return next(letter for letter in "a0 -" if not any(_holds(option, letter) for option in options[1:]))
    return next(
        letter for letter in map(chr, range(32, 0x250)) if any(_holds(option, letter) for option in options)
    )


def _holds(option: Any, letter: str) -> bool:
    operation, argument = option
    if operation is sre_constants.LITERAL:
        return ord(letter) == argument
    if operation is sre_constants.RANGE:
        return argument[0] <= ord(letter) <= argument[1]
    classes = {
        sre_constants.CATEGORY_DIGIT: str.isdigit,
        sre_constants.CATEGORY_SPACE: str.isspace,
        sre_constants.CATEGORY_WORD: lambda sign: sign.isalnum() or sign == "_",
    }
    return bool(classes.get(argument, lambda _: False)(letter))
