"""An adversarial review's sentences: none that names something without evidence passes, nearly all honest ones do."""

from functools import cache
from pathlib import Path

import pytest
import yaml

from tests.factories.outreach import evidence, failed, packet, review
from tests.unit.tools.outreach.twists import EVIDENCE

Sentences = dict[str, dict[str, dict[str, list[str]]]]

OF_WORDS = {
    "supported_claims",
    "fresh_evidence",
    "honest_about_us",
    "right_name",
    "no_broken_token",
    "honest_subject",
}
PLAIN = {
    "en": "Is this worth a talk?",
    "de": "Ist das bei Ihnen auch so?",
    "fr": "Est-ce le cas chez vous ?",
    "es": "¿Es así en su caso?",
}
"""What stands under a subject."""
PRESUMING = 5
HONEST = 3
"""So many presuming ones may pass, and so many honest ones may not: the rest would cost more of the other."""

HELD_OUT = 6
"""What passes of those that were written after the code: vague guesses, which name nobody and nothing."""


@cache
def _sentences(file: str) -> Sentences:
    read: Sentences = yaml.safe_load(Path(__file__).with_name(file).read_text(encoding="utf-8"))
    return read


def _passing(file: str, group: str) -> tuple[list[str], list[str]]:
    """Those of a group that pass, and those that don't."""
    passed: list[str] = []
    stopped: list[str] = []
    for part, by_language in _sentences(file)[group].items():
        for language, said in by_language.items():
            given = packet(
                *(evidence(f"page.{number}", text) for number, text in enumerate(EVIDENCE, 1)),
                language=language,
            )
            for sentence in said:
                body, subject = (PLAIN[language], sentence) if part == "subjects" else (sentence, None)
                found = review(body, given, subject=subject)
                (stopped if failed(found) & OF_WORDS else passed).append(sentence)
    return passed, stopped


def test_nothing_that_is_named_without_evidence_passes() -> None:
    passed, stopped = _passing("reviewed.yaml", "naming")
    assert passed == []
    assert len(stopped) >= 300


def test_hardly_anything_is_taken_for_granted() -> None:
    passed, stopped = _passing("reviewed.yaml", "presuming")
    assert len(passed) <= PRESUMING, passed
    assert len(stopped) >= 90


def test_honest_sentences_pass() -> None:
    passed, stopped = _passing("reviewed.yaml", "honest")
    assert len(stopped) <= HONEST, stopped
    assert len(passed) >= 60


def test_of_what_was_written_later_little_passes() -> None:
    passed, stopped = _passing("reviewed.yaml", "held_out")
    assert len(passed) <= HELD_OUT, passed
    assert len(stopped) >= 110


@pytest.mark.parametrize("language", ["ja", "pl", "uk", "tr", "ar", "nl"])
def test_in_a_language_without_plain_words_only_evidence_itself_passes(language: str) -> None:
    said = _sentences("reviewed.yaml")["naming"]["bodies"][language]
    given = packet(
        *(evidence(f"page.{number}", text) for number, text in enumerate(said, 1)), language=language
    )
    for sentence in said:
        assert "supported_claims" not in failed(review(sentence, given, subject=None)), sentence
        assert "supported_claims" in failed(review(sentence, packet(language=language), subject=None)), (
            sentence
        )
