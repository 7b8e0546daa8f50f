"""How experiments move from status to status: the table, kept as data, and the one check against it."""

from persistence.models.experiment import ExperimentStatus
from tools.errors import Conflict

S = ExperimentStatus

MOVES: dict[ExperimentStatus, tuple[ExperimentStatus, ...]] = {
    S.PENDING: (S.CREATING_HYPOTHESES, S.FAILED),
    S.CREATING_HYPOTHESES: (S.FINDING_LEADS, S.FAILED),
    S.FINDING_LEADS: (S.PRIORITIZING_LEADS, S.FAILED),
    S.PRIORITIZING_LEADS: (S.WARMUP_INITIATED, S.FAILED),
    S.WARMUP_INITIATED: (S.COMPLETE, S.FAILED),
    S.COMPLETE: (),
    S.FAILED: (S.PENDING,),
}

START = S.PENDING
"""Where every experiment begins."""

OPEN_DESIGN = (S.PENDING, S.CREATING_HYPOTHESES)
"""While an experiment has one of these and no leads, its type and design may still be changed."""


def check_move(present: ExperimentStatus, wanted: ExperimentStatus) -> None:
    """Raise Conflict, saying which moves are legal, unless `wanted` may follow `present`."""
    if wanted not in MOVES[present]:
        raise illegal_move(f"`{present.value}`", wanted, MOVES[present])


def check_start(wanted: ExperimentStatus) -> None:
    """Raise Conflict unless an experiment may begin in this status."""
    if wanted is not START:
        raise illegal_move("a new experiment", wanted, (START,))


def illegal_move(present: str, wanted: ExperimentStatus, legal: tuple[ExperimentStatus, ...]) -> Conflict:
    """The refusal of a move. `legal` is told in words and as a list."""
    words = [status.value for status in legal]
    named = " or ".join(f"`{word}`" for word in words) or "nothing: it is final"
    return Conflict(
        f"After {present} comes {named}, not `{wanted.value}`.", code="illegal_move", extra={"legal": words}
    )
