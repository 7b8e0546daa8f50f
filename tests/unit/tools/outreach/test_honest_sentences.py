"""A writer may ask, guess and be polite: sentences that name nothing are no claims, or rest on what is tested alone."""

from collections.abc import Iterable

import pytest

from tests.factories.outreach import claims, packet
from tests.unit.tools.outreach.honest_sentences import HONEST
from tools.outreach.claims import Claim

CASES = [(language, sentence) for language, sentences in HONEST.items() for sentence in sentences]


def test_there_are_at_least_sixty_in_four_languages() -> None:
    assert len(CASES) >= 60
    assert len(HONEST) >= 4


@pytest.mark.parametrize(("language", "sentence"), CASES, ids=[sentence for _, sentence in CASES])
def test_an_honest_sentence_is_no_claim(language: str, sentence: str) -> None:
    assert stated([sentence], language) == []


@pytest.mark.parametrize("language", HONEST)
def test_a_whole_message_of_them_is_none(language: str) -> None:
    assert stated(HONEST[language], language) == []


def stated(sentences: Iterable[str], language: str) -> list[Claim]:
    """The claims that are more than words of the experiment."""
    found = claims("\n".join(sentences), packet(language=language))
    return [
        claim
        for claim in found
        if not claim.evidence_ids or not all(name.startswith("experiment.") for name in claim.evidence_ids)
    ]
