"""The shape of a score and of a scorer."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from pydantic import Field

from evals.dataset.conversation import Conversation, Record, Suite, Turn
from evals.runs.output import Output

Verdict = Literal["pass", "fail", "score", "na", "error"]


class Score(Record):
    """What one scorer says: 1 or 0 for pass or fail, 0 to 1 for a score; n/a and error have no value."""

    scorer: str
    verdict: Verdict
    value: float | None = None
    turn: int | None = None
    reason: str = ""
    by: str | None = Field(
        None, description="Who judged, where a model did: its name and the wording's hash."
    )


@dataclass(frozen=True)
class Case:
    """What a scorer sees: the recorded conversation, and what a run produced for it."""

    conversation: Conversation
    output: Output

    def answers(self) -> Iterator[tuple[Turn, Sequence[Turn]]]:
        """Each answer with the turns before it."""
        for turn in self.output.answers():
            yield turn, self.output.history(self.conversation, turn.i)


@dataclass(frozen=True)
class Finding:
    """What a scorer's function yields; the scorer's name is put to it by whoever runs it.

    `passed` None: there is nothing to look at.
    """

    passed: bool | None
    reason: str = ""
    turn: int | None = None
    value: float | None = None


Grade = Callable[[Case], Iterable[Finding]]


@dataclass(frozen=True)
class Scorer:
    """A named look at a case. `hard`: one new failure fails a gate. `judge`: a model looks."""

    name: str
    suites: frozenset[Suite]
    grade: Grade
    hard: bool = False
    judge: bool = False

    @property
    def purpose(self) -> str:
        """The first line of its docstring."""
        return (self.grade.__doc__ or "").strip().splitlines()[0]

    def scores(self, case: Case) -> list[Score]:
        """What it says of a case: at least one score. An error in it is a score too, never a silence."""
        if case.output.error is not None and not case.output.turns:
            return [Score(scorer=self.name, verdict="error", reason=case.output.error)]
        try:
            found = list(self.grade(case))
        except Exception as error:  # noqa: BLE001 — a scorer that breaks is reported, the run goes on
            return [Score(scorer=self.name, verdict="error", reason=f"{type(error).__name__}: {error}")]
        return [self._score(finding) for finding in found] or [self._score(Finding(None))]

    def _score(self, finding: Finding) -> Score:
        if finding.passed is None and finding.value is None:
            return Score(scorer=self.name, verdict="na", turn=finding.turn, reason=finding.reason)
        if finding.passed is None:
            return Score(
                scorer=self.name,
                verdict="score",
                value=finding.value,
                turn=finding.turn,
                reason=finding.reason,
            )
        return Score(
            scorer=self.name,
            verdict="pass" if finding.passed else "fail",
            value=finding.value if finding.value is not None else float(finding.passed),
            turn=finding.turn,
            reason="" if finding.passed else finding.reason,
        )


def failing(reasons: Iterable[str], turn: int | None = None) -> Iterator[Finding]:
    """One finding for all that is wrong: a pass when nothing is."""
    said = list(reasons)
    yield Finding(not said, "; ".join(said[:4]), turn)
