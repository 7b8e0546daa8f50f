"""The statuses of experiments."""

from itertools import pairwise, product

import pytest

from persistence.models.experiment import ExperimentStatus
from tools.errors import Conflict
from tools.experiments.status import MOVES, START, check_move, check_start

S = ExperimentStatus
WAY = [
    S.PENDING,
    S.CREATING_HYPOTHESES,
    S.FINDING_LEADS,
    S.PRIORITIZING_LEADS,
    S.WARMUP_INITIATED,
    S.COMPLETE,
]


def test_the_way_leads_from_pending_to_complete() -> None:
    for present, following in pairwise(WAY):
        check_move(present, following)


def test_anything_but_a_complete_experiment_may_fail_and_begin_anew() -> None:
    for status in set(S) - {S.COMPLETE, S.FAILED}:
        check_move(status, S.FAILED)
    check_move(S.FAILED, S.PENDING)


@pytest.mark.parametrize(("present", "wanted"), list(product(S, repeat=2)))
def test_every_other_move_is_refused_with_the_legal_ones(
    present: ExperimentStatus, wanted: ExperimentStatus
) -> None:
    legal = {
        *pairwise(WAY),
        *((status, S.FAILED) for status in set(S) - {S.COMPLETE, S.FAILED}),
        (S.FAILED, S.PENDING),
    }
    if (present, wanted) in legal:
        check_move(present, wanted)
        return
    with pytest.raises(Conflict) as refused:
        check_move(present, wanted)
    named = {to.value for start, to in legal if start is present}
    assert set(refused.value.extra["legal"]) == named
    assert all(word in refused.value.message for word in named)


def test_every_status_has_its_moves_and_experiments_begin_pending() -> None:
    assert MOVES.keys() == set(S)
    check_start(START)
    with pytest.raises(Conflict):
        check_start(S.COMPLETE)
