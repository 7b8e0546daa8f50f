"""Onboarding answers as single texts: free-form JSON walked down to its fields, each with its path."""

import re
from collections.abc import Iterator
from typing import Any

from prompts.characters import clean

MAX_DEPTH = 8
_FOREIGN = re.compile(r"[^\w-]", re.ASCII)
_NESTED = (dict, list)

GENERATED = frozenset(
    {"website_scrape", "websitescrape", "favicon_url", "faviconurl", "worldview_full", "worldviewfull"}
)
"""Sections the product made itself: they are no words of the user."""


def answered(data: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Every field the user answered, in their order: its path (`company.price`) and its text.

    Keys are reduced to what may stand in a source id.
    """
    opened: list[tuple[str, Iterator[tuple[Any, Any]]]] = [("", iter(data.items()))]
    while opened:
        above, entries = opened[-1]
        for key, value in entries:
            name = str(key)
            # Most are names already, and known as such sooner than they are looked through.
            if not (name.isascii() and name.isidentifier()):
                name = _FOREIGN.sub("_", name)
            name = name[:60] or "_"
            if name.casefold() in GENERATED:
                continue
            if isinstance(value, _NESTED):
                if len(opened) < MAX_DEPTH:
                    opened.append((f"{above}{name}.", _entries(value)))
                    break
            # Nearly always: printable ASCII hides nothing.
            elif isinstance(value, str) and value.isascii() and value.isprintable():
                if text := value.strip():
                    yield above + name, text
            elif text := _text(value):
                yield above + name, text
        else:
            opened.pop()


def _entries(value: dict[str, Any] | list[Any]) -> Iterator[tuple[Any, Any]]:
    return iter(value.items()) if isinstance(value, dict) else enumerate(value)


def _text(value: Any) -> str:
    if value is None:
        return ""
    text = str(value)
    return clean(text.casefold() if isinstance(value, bool) else text)[0].strip()
