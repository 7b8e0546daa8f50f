"""Onboarding answers as single texts: free-form JSON walked down to its fields, each with its path."""

import re
from collections.abc import Iterator
from typing import Any

from prompts.characters import clean

MAX_DEPTH = 8

GENERATED = frozenset(
    {"website_scrape", "websitescrape", "favicon_url", "faviconurl", "worldview_full", "worldviewfull"}
)
"""Sections the product made itself: they are no words of the user."""


def answered(data: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Every field the user answered, in their order: its path (`company.price`) and its text."""
    yield from _leaves(data, (), 0)


def _leaves(value: Any, path: tuple[str, ...], depth: int) -> Iterator[tuple[str, str]]:
    """Every answered field with its path, keys reduced to what may stand in a source id."""
    if depth > MAX_DEPTH:
        return
    if isinstance(value, dict):
        for key, item in value.items():
            name = re.sub(r"[^\w-]", "_", str(key), flags=re.ASCII)[:60] or "_"
            if name.casefold() not in GENERATED:
                yield from _leaves(item, (*path, name), depth + 1)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _leaves(item, (*path, str(index)), depth + 1)
    elif value is not None:
        text = clean(str(value).casefold() if isinstance(value, bool) else str(value))[0].strip()
        if text and path:
            yield ".".join(path), text
