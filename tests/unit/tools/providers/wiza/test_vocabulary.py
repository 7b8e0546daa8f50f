"""No word passes that Wiza does not know, and whoever misspells one is shown it."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.errors import Invalid
from tools.providers.wiza.filters import ProspectFilters, parse_filters
from tools.providers.wiza.vocabulary import VOCABULARY, nearest

ROOT = Path(__file__).resolve().parents[5]
WORD_LISTS = (
    "job_title_level",
    "job_role",
    "job_sub_role",
    "company_size",
    "company_annual_growth",
    "company_type",
    "revenue",
)
ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("vsbt") | st.text(max_size=4), inner, max_size=3),
    max_leaves=8,
)  # fmt: skip


def words(wired: dict[str, object]) -> list[tuple[str, str]]:
    """Each vocabulary word of these filters, with the name of its vocabulary."""
    found: list[tuple[str, str]] = []
    for name, value in wired.items():
        if name in WORD_LISTS and isinstance(value, list):
            found += [(name, word) for word in value]
        if name == "company_industry" and isinstance(value, list):
            found += [(name, choice["v"]) for choice in value]
    return found


def test_the_sandbox_speaks_the_same_vocabulary() -> None:
    ours, theirs = "tools/providers/wiza/vocabulary.json", "tests/sandbox/wiza/vocabulary.json"

    assert (ROOT / ours).read_text() == (ROOT / theirs).read_text()


@pytest.mark.parametrize("name", [*WORD_LISTS, "company_industry"])
def test_every_word_of_the_vocabulary_passes_and_goes_over_the_wire_as_it_is(name: str) -> None:
    for word in VOCABULARY[name]:
        value = {"v": word, "s": "e"} if name == "company_industry" else word
        assert parse_filters({name: [value]}).wire() == {name: [value]}


@given(st.sampled_from(WORD_LISTS), st.text(max_size=200))
def test_an_unknown_word_is_refused_and_known_ones_are_suggested(name: str, word: str) -> None:
    if word in VOCABULARY[name]:
        return
    with pytest.raises(Invalid) as refused:
        parse_filters({name: [word]})

    (error,) = refused.value.errors
    assert error.pointer == f"/filters/{name}/0"
    assert all(close in error.reason for close in nearest(name, word))
    assert set(nearest(name, word)) <= set(VOCABULARY[name])


@given(st.data(), st.sampled_from(sorted(VOCABULARY)))
def test_a_word_in_capitals_with_a_letter_too_many_is_still_found(data: st.DataObject, name: str) -> None:
    word = data.draw(st.sampled_from(VOCABULARY[name]))

    assert nearest(name, word.upper())[0].lower() == word.lower()
    if len(word) > 8:
        assert word in nearest(name, word + word[-1])


@given(st.dictionaries(st.sampled_from([*ProspectFilters.model_fields, "keywords"]), ANY_JSON, max_size=4))
def test_whatever_comes_in_either_is_refused_with_its_place_or_holds_known_words_only(
    raw: dict[str, object],
) -> None:
    try:
        filters = parse_filters(raw)
    except Invalid as refused:
        assert refused.errors
        assert all(error.pointer.startswith("/filters") and error.reason for error in refused.errors)
    else:
        assert all(word in VOCABULARY[name] for name, word in words(filters.wire()))


@pytest.mark.parametrize(
    ("raw", "pointer", "said"),
    [
        ({"company_industry": [{"v": "Software", "s": "i"}]}, "/filters/company_industry/0/v", "computer software"),
        ({"job_title_level": ["C-Level"]}, "/filters/job_title_level/0", "nearest"),
        ({"keywords": ["crm"]}, "/filters/keywords", "not permitted"),
        ({"location": [{"v": "Berlin", "b": "town"}]}, "/filters/location/0/b", "city"),
        ({"funding_stage": {"t": "last", "v": ["series_x"]}}, "/filters/funding_stage/v/0", "series_"),
        ({"department_size": ["sales"]}, "/filters/department_size/0", "pattern"),
        ({"year_founded_start": "2020", "year_founded_end": "2010"}, "/filters", "after"),
    ],
)  # fmt: skip
def test_a_refusal_names_the_place_and_says_why(raw: dict[str, object], pointer: str, said: str) -> None:
    with pytest.raises(Invalid) as refused:
        parse_filters(raw)

    assert [error.pointer for error in refused.value.errors] == [pointer]
    assert said in refused.value.errors[0].reason
