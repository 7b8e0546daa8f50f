"""What is said to a person when the search can't do more."""

from dataclasses import replace

from tools.filters.advice import advice
from tools.filters.optimiser import Optimised
from tools.filters.search import Band
from tools.providers.wiza.filters import parse_filters

BAND = Band(500, 1_000)
FOUND = Optimised(
    filters=parse_filters({"job_role": ["finance"], "first_name": ["Ada"]}),
    count=12,
    reached=False,
    proven=True,
    steps=(),
    locked=("job_role",),
)


def test_nothing_is_advised_when_the_band_is_reached() -> None:
    assert advice(replace(FOUND, count=700, reached=True), BAND) == []


def test_too_few_names_the_nearest_what_stayed_and_what_only_a_person_can_change() -> None:
    nearest, stayed, stiff = advice(FOUND, BAND)

    assert nearest.startswith("The nearest that can be reached is 12, fewer than 500")
    assert stayed.startswith("job_role stayed")
    assert stiff.startswith("first_name can only be changed by you")


def test_counts_that_ran_out_are_not_called_the_nearest_there_is() -> None:
    assert "can be reached" not in advice(replace(FOUND, proven=False), BAND)[0]


def test_too_many_asks_for_one_more_filter() -> None:
    sentences = advice(replace(FOUND, count=5_000), BAND)

    assert sentences[0].endswith("nothing that may be moved leads nearer.")
    assert "narrows it further" in sentences[-1]


def test_a_word_that_was_left_out_is_told_with_its_neighbours() -> None:
    found = replace(FOUND, count=700, reached=True, refused=(
        {"filter": "company_industry", "word": "steel trading", "nearest": ["wholesale"]},
        {"filter": "year_founded_end", "word": "soon", "nearest": []},
    ))  # fmt: skip

    assert advice(found, BAND) == [
        "“steel trading” is not a word Wiza knows for company_industry and was left out; nearest: wholesale.",
        "“soon” is not a word Wiza knows for year_founded_end and was left out.",
    ]
