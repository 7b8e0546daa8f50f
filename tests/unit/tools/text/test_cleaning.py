"""Text and JSON from outside, made fit to store."""

from contextlib import nullcontext
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from prompts.characters import clean
from tools.text.cleaning import clean_delta, clean_json, clean_text, one_line
from tools.text.storable import CONTROL, storable


def test_text_is_cleaned_counted_and_bounded() -> None:
    cleaned = clean_text("Bo\x00ats\u200b for \ud800 all", 10)

    assert (cleaned.text, cleaned.dropped, cleaned.cut) == ("Boats for ", 3, True)
    assert clean_text("Boats", 10).cut is False


@given(st.text(st.characters(codec=None, exclude_categories=()) | st.sampled_from("\u200c\u200d👩می \x00\n"), max_size=50))  # fmt: skip
@example("Heads of the 👩\u200d💻 studio")
@example("A\u200b\u200d👩\u200d\u200d💻")
def test_a_line_of_foreign_text_is_a_name_that_can_be_stored(text: str) -> None:
    for limit in (1, 14, 50):
        line = one_line(text, limit=limit)
        assert storable(line) and not CONTROL.search(line)
        assert len(line) <= limit
        assert line == " ".join(line.split())


def test_a_line_has_its_white_space_folded() -> None:
    assert one_line(" Heads\n of\tfinance\u2028 in\x00 Ulm ", limit=80) == "Heads of finance in Ulm"


def test_a_delta_keeps_its_spaces_and_emoji() -> None:
    assert clean_delta(" \u200d🚀\x00 ") == " \u200d🚀 "


def test_strings_and_keys_of_json_are_cleaned_and_the_rest_stays() -> None:
    value = {"a\x00": ["b\u202e", 1, 2.5, True, None, {"c": "\ud800"}]}

    assert clean_json(value) == {"a": ["b", 1, 2.5, True, None, {"c": "�"}]}


def test_deep_json_is_refused() -> None:
    value: Any = "x"
    for _ in range(40):
        value = [value]

    with pytest.raises(ValueError, match="deeper than 32"):
        clean_json(value)


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(
        st.characters(codec=None, exclude_categories=())
        | st.sampled_from('aÄ"\\{[1#\u200d\ufe0f👩\x00\n\x7f'),
        max_size=6,
    ),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(max_size=4) | st.sampled_from(["a\x00", "\u200d"]), inner, max_size=3)
    ),
    max_leaves=12,
)


def one_by_one(value: Any) -> Any:
    if isinstance(value, str):
        return clean(value)[0]
    if isinstance(value, list):
        return [one_by_one(item) for item in value]
    if isinstance(value, dict):
        return {clean(key)[0]: one_by_one(item) for key, item in value.items()}
    return value


@given(JSON)
def test_json_is_cleaned_as_its_strings_are_one_by_one(value: Any) -> None:
    assert repr(clean_json(value)) == repr(one_by_one(value))


@pytest.mark.parametrize("depth", [31, 32, 33])
def test_json_as_deep_as_it_may_be_is_kept(depth: int) -> None:
    value: Any = "x"
    for _ in range(depth):
        value = {"in": value}

    with nullcontext() if depth <= 32 else pytest.raises(ValueError, match="deeper than 32"):
        assert clean_json(value) == value
