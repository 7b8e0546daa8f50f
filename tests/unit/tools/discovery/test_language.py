"""A language is named only when the message shows it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories.states import SAID
from tools.discovery.language import SMALL_WORDS, detect_language, language_name, next_language

SENTENCES = [
    *((code, text) for code, texts in SAID.items() for text in texts[:3]),
    ("fr", "Nos clients sont des négociants qui ferment leurs livres à la main."),
    ("it", "I nostri clienti sono commercianti che chiudono i libri a mano."),
    ("pt", "Os nossos clientes são comerciantes e fecham os livros à mão."),
    ("nl", "Onze klanten zijn handelaren en zij sluiten de boeken met de hand."),
    ("ja", "私たちの顧客は鉄鋼商社です"),
    ("zh", "我们的客户是钢铁贸易商"),
]


@pytest.mark.parametrize(("code", "text"), SENTENCES)
def test_sentences_show_their_language(code: str, text: str) -> None:
    assert detect_language(text) == code


@pytest.mark.parametrize("text", ["CFOs", "ok", "", "12345", "https://example.com"])
def test_a_word_keeps_the_talks_language(text: str) -> None:
    assert next_language(text, "de") == "de"


def test_an_unknown_language_is_left_to_the_model() -> None:
    assert language_name("") == "the language of their last message"
    assert language_name("de-CH") == "German"


@given(st.lists(st.sampled_from(["strange", *sorted(frozenset().union(*SMALL_WORDS.values()))]), max_size=12))
def test_the_language_with_most_small_words_is_named_when_no_other_has_as_many(words: list[str]) -> None:
    counts = sorted(
        [(sum(word in small for word in words), code) for code, small in SMALL_WORDS.items()], reverse=True
    )
    (best, code), (second, _) = counts[:2]
    told = best > second and best >= min(3, max(2, len(words) // 3))

    assert detect_language(" ".join(words)) == (code if told else None)
