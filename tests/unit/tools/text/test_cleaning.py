"""Text and JSON from outside, made fit to store."""

from typing import Any

import pytest

from tools.text.cleaning import clean_delta, clean_json, clean_text


def test_text_is_cleaned_counted_and_bounded() -> None:
    cleaned = clean_text("Bo\x00ats\u200b for \ud800 all", 10)

    assert (cleaned.text, cleaned.dropped, cleaned.cut) == ("Boats for ", 3, True)
    assert clean_text("Boats", 10).cut is False


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
