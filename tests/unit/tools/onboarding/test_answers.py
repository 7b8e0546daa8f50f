"""Free-form onboarding becomes one path and one text a field, however it is nested."""

import re
from collections.abc import Iterator
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from prompts.characters import clean
from tools.onboarding.answers import GENERATED, MAX_DEPTH, answered

KEYS = st.sampled_from(["company", "best customers", "Ünïcode", "", "website_scrape", "FaviconURL", "a.b"])
LEAVES = (
    st.none() | st.booleans() | st.integers() | st.sampled_from(["", "  ", "Boats", " b\u200bo\x00 ", "Öl"])
)
JSON = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(KEYS | st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=20,
)


def walked(value: Any, path: tuple[str, ...] = (), depth: int = 0) -> Iterator[tuple[str, str]]:
    """The definition: depth first, each level by its own rule."""
    if depth > MAX_DEPTH:
        return
    if isinstance(value, dict):
        for key, item in value.items():
            name = re.sub(r"[^\w-]", "_", str(key), flags=re.ASCII)[:60] or "_"
            if name.casefold() not in GENERATED:
                yield from walked(item, (*path, name), depth + 1)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from walked(item, (*path, str(index)), depth + 1)
    elif value is not None:
        text = clean(str(value).casefold() if isinstance(value, bool) else str(value))[0].strip()
        if text:
            yield ".".join(path), text


@given(data=st.dictionaries(KEYS, JSON, max_size=4), deeper=st.integers(0, MAX_DEPTH + 2))
def test_every_answered_field_is_found_in_its_order(data: dict[str, Any], deeper: int) -> None:
    nested: Any = data
    for level in range(deeper):
        nested = [nested, level] if level % 2 else nested
        nested = {"first": level, "inside": nested, "last": "end"}

    assert list(answered(nested)) == list(walked(nested))


def test_nothing_is_walked_that_nobody_asks_for() -> None:
    fields = answered({"first": "a", "rest": [{"field": str(number)} for number in range(1_000)]})

    assert next(fields) == ("first", "a")
    assert next(fields) == ("rest.0.field", "0")


def test_what_is_nested_too_deeply_is_no_answer() -> None:
    data: Any = "deep"
    for _ in range(MAX_DEPTH + 1):
        data = {"in": data}

    assert list(answered(data)) == []
    assert list(answered(data["in"])) == [(".".join(["in"] * MAX_DEPTH), "deep")]
