"""Our own sentences exist in every language, with the same figures in each."""

import string

import pytest

from tools.experiments.sentences import SENTENCES, sentence


def figures(text: str) -> set[str]:
    return {field for _, field, _, _ in string.Formatter().parse(text) if field}


@pytest.mark.parametrize("language", SENTENCES)
def test_a_language_says_all_that_english_says(language: str) -> None:
    assert {name: figures(text) for name, text in SENTENCES[language].items()} == {
        name: figures(text) for name, text in SENTENCES["en"].items()
    }


def test_a_region_speaks_its_language_and_strangers_get_english() -> None:
    assert sentence("saved", "de-CH", count=5) == "Gespeichert: 5 Experimente."
    assert sentence("saved", "fi", count=5) == "Saved: 5 experiments."
