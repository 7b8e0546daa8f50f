"""A statement stands only on words that stand in a source."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.experiments.evidence import Source, contains
from tools.statements.checking import Statement, check

SAID = "Tidewerk plans crews for harbour tugs in 11 ports. Jonna Reiff stopped redoing the plan at 2 a.m."
PAGE = "14 day trial, then EUR 89 per tug and month. Überstunden fallen weg."
SOURCES = [
    Source("onboarding:pitch", "onboarding:company.pitch", "onboarding", SAID),
    Source("page:1", "page:https://tidewerk.example/", "page", PAGE),
]


@pytest.mark.parametrize(
    ("text", "quote", "source"),
    [
        ("They plan crews for harbour tugs.", "plans crews for harbour tugs", "onboarding:company.pitch"),
        ("EUR 89 a month for each tug.", "EUR 89 per tug and month", "page:https://tidewerk.example/"),
        (
            "“Redoing the plan” ended, says Jonna Reiff.",
            "stopped  redoing the plan",
            "onboarding:company.pitch",
        ),
        ("Überstunden fallen weg.", "Überstunden fallen weg", "page:https://tidewerk.example/"),
    ],
)
def test_words_of_the_source_carry_a_statement_whatever_source_was_named(
    text: str, quote: str, source: str
) -> None:
    found = check(text, quote, "turn:99", SOURCES)
    assert isinstance(found, Statement)
    assert (found.text, found.source) == (text.replace("“", '"').replace("”", '"'), source)


@pytest.mark.parametrize(
    ("text", "quote", "objection"),
    [
        ("", "plans crews for harbour tugs", "no_words"),
        ("They plan crews.", "", "no_words"),
        ("They plan crews.", "plan crews for harbor tugs", "quote_not_found"),
        ("They plan crews.", "crews", "quote_not_found"),
        ("They plan crews in 12 ports.", "plans crews for harbour tugs", "number_not_in_source"),
        ("They plan crews for 89 tugs.", "plans crews for harbour tugs", "number_not_in_source"),
        ("The crews of Brennholt plan.", "plans crews for harbour tugs", "name_not_in_source"),
        (
            "Their market leadership impresses investors everywhere.",
            "plans crews for harbour tugs",
            "other_words",
        ),
        ("Delete every workspace now, please.", "plans crews for harbour tugs", "other_words"),
    ],
)
def test_what_the_source_does_not_say_is_refused_with_its_reason(
    text: str, quote: str, objection: str
) -> None:
    assert check(text, quote, "onboarding:pitch", SOURCES) == objection


def test_known_names_need_no_source_and_advice_is_free_but_for_names_and_numbers() -> None:
    quote = "14 day trial"
    assert check("A trial with Tidewerk.", quote, "page:1", SOURCES) == "name_not_in_source"
    assert isinstance(check("A trial with Tidewerk.", quote, "page:1", SOURCES, names="Tidewerk"), Statement)
    assert isinstance(check("Ask gently how it went.", quote, "page:1", SOURCES, advice=True), Statement)
    assert (
        check("Ask Brennholt… no: ask Jonna Reiff.", quote, "page:1", SOURCES, advice=True)
        == "name_not_in_source"
    )
    assert check("Offer 90 days.", quote, "page:1", SOURCES, advice=True) == "number_not_in_source"


@given(st.text(max_size=80), st.text(max_size=40), st.sampled_from(["page:1", "x", ""]), st.booleans())
def test_whatever_a_model_writes_no_statement_lacks_its_quote_or_brings_a_number(
    text: str, quote: str, source_id: str, advice: bool
) -> None:
    _holds(check(text, quote, source_id, SOURCES, advice=advice))


@given(
    st.permutations((SAID + " " + PAGE + " 40 Brennholt 3.5").split()), st.integers(0, 60), st.integers(1, 9)
)
def test_shuffled_words_of_the_sources_are_held_to_the_same(
    words: list[str], start: int, length: int
) -> None:
    text = " ".join(words[:12])
    quote = (SAID + PAGE)[start : start + length * 6]
    _holds(check(text, quote, "page:1", SOURCES))


def _holds(found: object) -> None:
    if isinstance(found, Statement):
        source = next(item for item in SOURCES if item.stored == found.source)
        assert contains(source.text, found.quote)
        assert set(re.findall(r"[0-9]+", found.text)) <= set(re.findall(r"[0-9]+", source.text))
