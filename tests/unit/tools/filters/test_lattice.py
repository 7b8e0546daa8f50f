"""Whatever a model proposes: only known words, the tested dimension as it was, nothing asked that nobody asked for."""

import random
from itertools import islice, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.sandbox.wiza.selection import selected
from tests.unit.tools.filters.specifications import SEARCHED, specification
from tools.experiments.design import DimensionName
from tools.experiments.targeting import DIMENSIONS_OF, filters_of
from tools.filters.ladders import Related, ladders
from tools.filters.lattice import MOST_POINTS, lattice
from tools.providers.wiza.filters import ProspectFilters, parse_filters
from tools.providers.wiza.vocabulary import VOCABULARY

WORDS = st.sampled_from([word for words in VOCABULARY.values() for word in words]) | st.text(max_size=30)
PROPOSED = st.dictionaries(
    st.sampled_from(sorted(ProspectFilters.model_fields)) | st.text(max_size=10), st.lists(WORDS, max_size=5)
)
SEEDS = st.integers(0, 10_000)


def test_every_filter_speaks_for_a_dimension() -> None:
    assert set(DIMENSIONS_OF) == set(ProspectFilters.model_fields)


def test_a_funding_round_stays_whether_the_trigger_or_the_kind_of_company_is_tested() -> None:
    assert "funding_stage" in filters_of({DimensionName.TRIGGER})
    assert "funding_stage" in filters_of({DimensionName.FIRMOGRAPHIC})
    assert "funding_stage" not in filters_of({DimensionName.PERSONA})


@settings(max_examples=60)
@given(SEEDS, PROPOSED, st.sets(st.sampled_from(SEARCHED)))
def test_no_proposal_brings_an_unknown_word_or_touches_what_is_tested(
    seed: int, proposed: Related, tested: set[DimensionName]
) -> None:
    asked, locked = specification(seed).asked, filters_of(tested)
    moves = lattice(asked, locked=locked, related=proposed)
    points = list(islice(moves.points(), MOST_POINTS + 1))

    assert len(points) <= MOST_POINTS
    assert moves.filters(moves.start) == asked
    for point in random.Random(seed).sample(points, min(40, len(points))):
        wired = moves.filters(point).wire()
        assert parse_filters(wired).wire() == wired
        assert wired.keys() <= asked.wire().keys()
        for name in locked:
            assert wired.get(name) == asked.wire().get(name)


@pytest.mark.parametrize("seed", range(60))
def test_each_setting_of_a_filter_holds_the_people_of_the_narrower_one(seed: int) -> None:
    wanted = specification(seed)
    for ladder in ladders(wanted.asked, wanted.related, ()):
        sets = [selected({ladder.name: rung}) for rung in ladder.rungs]
        assert all(narrow & ~broad == 0 for narrow, broad in pairwise(sets)), ladder
        assert len(ladder.growth) == len(ladder.rungs) - 1


def test_exclusions_stay_in_every_setting() -> None:
    asked = parse_filters(
        {
            "company_industry": [{"v": "banking"}, {"v": "airlines/aviation", "s": "e"}],
            "location": [{"v": "Austin, Texas, United States", "b": "city"}, {"v": "France", "b": "country", "s": "e"}],
        }
    )  # fmt: skip
    moves = lattice(asked, related={"company_industry": ["accounting", "airlines/aviation"]})

    for point in moves.points():
        wired = moves.filters(point).wire()
        assert {"v": "airlines/aviation", "s": "e"} in wired["company_industry"]
        assert {"v": "airlines/aviation", "s": "i"} not in wired["company_industry"]
        assert {"v": "France", "b": "country", "s": "e"} in wired["location"]


def test_a_city_widens_to_its_country_and_no_further() -> None:
    asked = parse_filters({"location": [{"v": "Austin, Texas, United States", "b": "city"}]})
    (places,) = ladders(asked, {}, ())

    assert [rung[0]["v"] for rung in places.rungs] == [
        "Austin, Texas, United States",
        "Texas, United States",
        "United States",
    ]


def test_a_range_of_sizes_grows_by_its_neighbours() -> None:
    (sizes,) = ladders(parse_filters({"company_size": ["51-200"]}), {}, ())

    assert sizes.rungs[:3] == (["51-200"], ["51-200", "201-500"], ["11-50", "51-200", "201-500"])
