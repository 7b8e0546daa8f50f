"""A writer may ask, guess and be polite: sentences that name nothing are no claims."""

import pytest

from tests.factories.outreach import claims, packet
from tests.unit.tools.outreach.honest_sentences import HONEST

CASES = [(language, sentence) for language, sentences in HONEST.items() for sentence in sentences]


def test_there_are_at_least_sixty_in_four_languages() -> None:
    assert len(CASES) >= 60
    assert len(HONEST) >= 4


@pytest.mark.parametrize(("language", "sentence"), CASES, ids=[sentence for _, sentence in CASES])
def test_an_honest_sentence_is_no_claim(language: str, sentence: str) -> None:
    assert claims(sentence, packet(language=language)) == []


@pytest.mark.parametrize("language", HONEST)
def test_a_whole_message_of_them_is_none(language: str) -> None:
    assert claims("\n".join(HONEST[language]), packet(language=language)) == []
