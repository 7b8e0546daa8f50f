"""Any sentence that names somebody, a number, a date or an event without evidence is found, however it is put."""

from collections.abc import Callable

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.factories.outreach import evidence, packet, unsupported
from tests.unit.tools.outreach import statements as made
from tests.unit.tools.outreach.fabrications import FABRICATED
from tests.unit.tools.outreach.honest_sentences import HONEST

CASES = [(language, sentence) for language, sentences in FABRICATED.items() for sentence in sentences]
LANGUAGES = sorted(FABRICATED)
KINDS = {
    "name": (made.NAMED, dict.fromkeys(LANGUAGES, made.NAMES)),
    "number": (made.COUNTED, made.NUMBERS),
    "date": (made.DATED, made.DATES),
    "event": (made.HAPPENED, made.EVENTS),
}
TRUE = evidence("page.1.1", "We tow ships in the harbour of Emden.")


@pytest.mark.parametrize(("language", "sentence"), CASES, ids=[sentence for _, sentence in CASES])
def test_an_invention_is_found(language: str, sentence: str) -> None:
    assert unsupported(sentence, packet(TRUE, language=language)) != []


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_form_of_a_statement_is_found(kind: str, language: str) -> None:
    frames, words = KINDS[kind]
    given_packet = packet(TRUE, language=language)
    missed = [
        sentence
        for frame in frames[language]
        for word in words[language]
        if not unsupported(sentence := frame.format(word), given_packet)
    ]
    assert missed == []


@st.composite
def inventions(draw: st.DrawFn) -> tuple[str, str, str]:
    """A language, a sentence of it that invents something, and what it invents."""
    language, kind = draw(st.sampled_from(LANGUAGES)), draw(st.sampled_from(sorted(KINDS)))
    frames, words = KINDS[kind]
    word = draw(st.sampled_from(words[language]))
    return language, draw(st.sampled_from(frames[language])).format(word), word


@given(inventions(), st.data())
@settings(max_examples=60)
def test_among_honest_sentences_an_invention_is_found_where_it_stands(
    invention: tuple[str, str, str], data: st.DataObject
) -> None:
    language, sentence, _ = invention
    before = data.draw(st.lists(st.sampled_from(HONEST[language]), max_size=3))
    after = data.draw(st.lists(st.sampled_from(HONEST[language]), max_size=3))
    glue = data.draw(st.sampled_from(["\n", "\n\n", " "]))
    text = glue.join([*before, sentence, *after])
    found = unsupported(text, packet(TRUE, language=language))
    assert found
    assert any(sentence in claim or claim in sentence for claim in found)


@given(st.integers(2, 9_999_999))
@settings(max_examples=60)
def test_any_number_in_digits_is_found(number: int) -> None:
    given_packet = packet(TRUE)
    assert unsupported(f"Do {number} shifts fail?", given_packet)
    assert unsupported(f"Perhaps {number:,} shifts fail.", given_packet)


@given(st.text(alphabet="bcdfghklmnprstvz", min_size=5, max_size=9))
@example("globex")
@settings(max_examples=60)
def test_any_unknown_name_with_a_capital_is_found(name: str) -> None:
    given_packet = packet(TRUE)
    assert unsupported(f"Do you know {name.capitalize()}?", given_packet)
    assert unsupported(f"{name.capitalize()} works like this.", given_packet)
    assert unsupported(f"Perhaps {name.upper()}'s way is better.", given_packet)


DODGES: dict[str, Callable[[str], str]] = {
    "zero width": "\u200b".join,
    "soft hyphens": "\u00ad".join,
    "joiners": lambda text: text.replace("e", "e\u2060").replace("n", "n\u200d"),
    "full width": lambda text: "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text),
    "mathematical letters": lambda text: "".join(chr(0x1D400 + ord(c) - 65) if c.isupper() else chr(0x1D41A + ord(c) - 97) if c.islower() else c for c in text),
    "Cyrillic letters": lambda text: text.translate(str.maketrans("aeopcyxT", "аеорсухТ")),
    "capitals": str.upper,
    "hyphens": lambda text: text.replace("Brennholt", "Brenn-holt"),
    "underscores": lambda text: text.replace(" ", "_"),
    "possessive": lambda text: text.replace("Brennholt", "Brennholt’s team"),
    "spread out": lambda text: text.replace("Brennholt", "B r e n n h o l t"),
    "lower case": str.lower,
    "in quotes": lambda text: f"“{text}”",
    "in brackets": lambda text: f"({text})",
    "postscript": lambda text: f"P.S. {text}",
    "list": lambda text: f"- {text}",
    "accents": lambda text: text.replace("Brennholt", "Brënnhölt"),
    "no-break spaces": lambda text: text.replace(" ", "\u00a0"),
    "emoji": lambda text: text.replace(" ", " 🎉 "),
}  # fmt: skip
INVENTED = (
    "Brennholt raised eight million euros in March.",
    "Brennholt opened a depot.",
    "Perhaps Brennholt lost 40 people.",
)


@pytest.mark.parametrize("sentence", INVENTED)
@pytest.mark.parametrize("dodge", DODGES)
def test_no_dodge_hides_an_invention(dodge: str, sentence: str) -> None:
    assert unsupported(DODGES[dodge](sentence), packet(TRUE))


@pytest.mark.parametrize(
    "subject",
    [
        "your 8 million round",
        "Globex and you",
        "congrats on the launch",
        "re: your podcast",
        "after last week",
    ],
)
def test_a_subject_is_read_too(subject: str) -> None:
    assert unsupported("Is this worth a talk?", packet(TRUE), subject=subject)
