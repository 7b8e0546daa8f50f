"""Whatever a model answers: only words Wiza knows, shapes it takes, and nothing of what may not be touched."""

import os
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.tools.filters.specifications import SEARCHED, specification
from tools.experiments.design import DimensionName
from tools.experiments.targeting import filters_of
from tools.filters.answers import FilterDraft
from tools.filters.drafting import checked, laid_over
from tools.filters.places import Known
from tools.filters.run import drafted_of, moves_of, question
from tools.filters.search import Band
from tools.providers.wiza.filters import ProspectFilters, parse_filters
from tools.providers.wiza.vocabulary import VOCABULARY, allowed

EXAMPLES = int(os.environ.get("EXAMPLES", "60"))
NAMES = st.sampled_from([*FilterDraft.model_fields, *ProspectFilters.model_fields]) | st.text(max_size=8)
WORDS = st.sampled_from([word for words in VOCABULARY.values() for word in words]) | st.text(max_size=40)
SCALARS = WORDS | st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False)
TOWNS = st.sampled_from(["Berlin", "Paris", "Ontario, Canada", "nowhere"]) | st.text(max_size=10)
VALUES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=5)
        | st.dictionaries(st.sampled_from(["name", "kind", "v", "s", "b", "t"]), inner, max_size=3)
    ),
    max_leaves=12,
)
ANSWERS = st.dictionaries(NAMES, VALUES, max_size=12)
"""What a model may say: right and wrong words, in right and wrong places."""

KNOWN = st.dictionaries(
    TOWNS,
    st.lists(
        st.fixed_dictionaries({"v": TOWNS, "b": st.sampled_from(["city", "country", "moon"])}), max_size=3
    ),
)
"""What Wiza may offer."""


@settings(max_examples=EXAMPLES)
@given(ANSWERS, KNOWN)
def test_what_is_left_of_any_answer_is_what_wiza_takes(answer: dict[str, Any], known: Known) -> None:
    found = checked(answer, known)

    assert parse_filters(found["filters"]).wire() == found["filters"]
    for name, words in found["related"].items():
        assert set(words) <= allowed(name)
    for refused in found["refused"]:
        assert refused["filter"] in ProspectFilters.model_fields
        assert all(
            word in VOCABULARY.get(refused["filter"], refused["nearest"]) for word in refused["nearest"]
        )


@settings(max_examples=EXAMPLES)
@given(
    st.integers(0, 10_000),
    ANSWERS,
    KNOWN,
    st.sets(st.sampled_from(SEARCHED)),
    st.randoms(use_true_random=False),
)
def test_the_tested_dimension_is_untouched_by_any_answer_and_by_every_move(
    seed: int, answer: dict[str, Any], known: Known, tested: set[DimensionName], dice: Any
) -> None:
    saved = specification(seed).asked
    wanted = question(Band(10, 20), saved, tested=tested, facts=[{"name": "text", "text": "anybody"}])

    asked = drafted_of(wanted, checked(answer, known))

    if asked is None:
        return
    moves, _ = moves_of(asked)
    points = list(moves.points())
    for point in [moves.start, *dice.sample(points, min(20, len(points)))]:
        wired = moves.filters(point).wire()
        assert parse_filters(wired).wire() == wired
        for name in filters_of(tested):
            assert wired.get(name) == saved.wire().get(name)


@pytest.mark.parametrize(
    ("word", "known"),
    [
        ("Computer Software", "computer software"),
        ("Mining and Metals", "mining & metals"),
        ("BANKING", "banking"),
    ],
)
def test_another_spelling_is_taken_for_the_word_it_means(word: str, known: str) -> None:
    found = checked({"company_industry": [word]}, {})

    assert found["filters"] == {"company_industry": [{"v": known, "s": "i"}]}
    assert found["refused"] == []


def test_an_unknown_word_is_told_with_the_nearest_known_ones() -> None:
    (refused,) = checked({"job_title_level": ["Vice President", "CXO"]}, {})["refused"]

    assert (refused["filter"], refused["word"]) == ("job_title_level", "Vice President")
    assert len(refused["nearest"]) == 3
    assert set(refused["nearest"]) <= allowed("job_title_level")


def test_a_sentence_is_no_title() -> None:
    found = checked({"job_title": ["Head of finance", "people who close the books late at night"]}, {})

    assert found["filters"] == {"job_title": [{"v": "Head of finance", "s": "i"}]}
    assert [each["filter"] for each in found["refused"]] == ["job_title"]


def test_years_the_wrong_way_round_and_years_that_are_none_are_refused() -> None:
    reversed_years = checked({"year_founded_start": "2020", "year_founded_end": "2010"}, {})
    assert reversed_years["filters"] == {}
    assert [each["filter"] for each in reversed_years["refused"]] == [
        "year_founded_start",
        "year_founded_end",
    ]

    assert checked({"year_founded_start": "recently", "year_founded_end": "2010"}, {})["filters"] == {
        "year_founded_end": "2010"
    }


def test_an_industry_that_is_wanted_and_ruled_out_is_ruled_out() -> None:
    found = checked({"company_industry": ["banking", "wholesale"], "excluded_industry": ["banking"]}, {})

    assert found["filters"]["company_industry"] == [{"v": "wholesale", "s": "i"}, {"v": "banking", "s": "e"}]


def test_what_is_fixed_is_neither_changed_nor_added_nor_left_out() -> None:
    drafted = {"job_role": ["sales"], "skill": ["sql"], "revenue": ["$0-$1M"]}
    base = {"job_role": ["finance"], "company_type": ["private"]}

    assert laid_over(drafted, base, {"job_role", "revenue", "company_type"}) == {
        "skill": ["sql"],
        "job_role": ["finance"],
        "company_type": ["private"],
    }
