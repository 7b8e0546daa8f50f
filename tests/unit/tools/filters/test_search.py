"""The band is found when it can be, in at most 8 counts; else what is said of the nearest is true."""

import pytest

from tests.unit.tools.filters.specifications import Specification, counted, oracle, specification
from tools.filters.ladders import Ladder
from tools.filters.lattice import Lattice, Point
from tools.filters.optimiser import Optimised, optimised
from tools.filters.search import MOST_COUNTS, Band, next_point, verdict
from tools.providers.wiza.filters import parse_filters

SOME, ALL = 15, 200
ENOUGH = 0.95


def searched(wanted: Specification) -> Optimised:
    """The whole way: each setting's filters are counted in the population."""
    lattice, counts = wanted.lattice(), dict[Point, int]()
    while (point := next_point(lattice, wanted.band, counts)) is not None:
        assert point not in counts
        counts[point] = counted(lattice.filters(point))
    return optimised(lattice, wanted.band, counts)


@pytest.mark.parametrize("specifications", [SOME, pytest.param(ALL, marks=pytest.mark.full)])
def test_agents_filters_against_all_that_can_be_reached(specifications: int) -> None:
    reachable = found = unreachable = nearest = 0
    for seed in range(specifications):
        wanted = specification(seed)
        least = min(wanted.band.misses(count) for count in oracle(wanted.lattice()).values())
        answer = searched(wanted)
        miss = wanted.band.misses(answer.count)
        assert answer.count == counted(answer.filters)
        assert 1 <= len(answer.steps) <= MOST_COUNTS
        assert answer.reached == (miss == 0)
        assert not answer.proven or miss == least, f"{seed} claims a nearest that is none"
        reachable, found = reachable + (least == 0), found + answer.reached
        unreachable, nearest = unreachable + (least > 0), nearest + (least > 0 and miss == least)
    print(f"reached {found} of {reachable}; true nearest {nearest} of {unreachable}")
    assert min(reachable, unreachable) > specifications // 5, "the specifications try too little of one kind"
    assert found >= ENOUGH * reachable
    assert nearest >= ENOUGH * unreachable


def test_what_already_fits_is_left_as_it_is() -> None:
    asked = parse_filters({"job_role": ["design"], "company_size": ["1-10", "11-50"]})
    count = counted(asked)

    answer = searched(Specification(asked, Band(count, count), None, {}))

    assert (answer.filters, answer.count, len(answer.steps)) == (asked, count, 1)


def test_the_same_counts_lead_to_the_same_steps() -> None:
    assert searched(specification(7)) == searched(specification(7))


def test_nothing_to_move_is_one_count_and_a_proven_nearest() -> None:
    asked = parse_filters({"first_name": ["Ada"]})

    answer = searched(Specification(asked, Band(1, 2), None, {}))

    assert (answer.reached, answer.proven, len(answer.steps)) == (False, True, 1)


def test_a_gap_between_two_neighbours_is_proven_not_guessed() -> None:
    lattice = Lattice(parse_filters({"skill": ["sql"]}), (Ladder("skill", (["sql"], None), 0, (1.0,)),))

    assert verdict(lattice, Band(50, 60), {(0,): 10}).proven is False
    assert verdict(lattice, Band(50, 60), {(0,): 10, (1,): 70}) == verdict(
        lattice, Band(50, 60), {(1,): 70, (0,): 10}
    )
    assert verdict(lattice, Band(50, 60), {(0,): 10, (1,): 70}).proven


def test_the_trail_says_what_was_changed_and_why() -> None:
    asked = parse_filters({"job_role": ["design"], "company_size": ["51-200"]})

    answer = searched(Specification(asked, Band(1_000, 2_000), None, {}))

    assert answer.reached
    assert answer.steps[0].change == "Counted what was asked for."
    for before, step in zip(answer.steps, answer.steps[1:], strict=False):
        assert step.change.startswith("company_size wider: ")
        assert step.why == f"{before.count} are fewer than 1000."


@pytest.mark.parametrize(("low", "high"), [(-1, 3), (4, 3)])
def test_a_band_the_wrong_way_round_is_refused(low: int, high: int) -> None:
    with pytest.raises(ValueError, match="a band goes from"):
        Band(low, high)
