"""Which cases a command is about."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from evals.dataset.conversation import SUITES, Conversation
from evals.dataset.reading import conversations
from evals.runs.file import RunInvalid

SPLITS = ("dev", "holdout")
WIRING = "wiring"
WIRED_CASES = 10
"""Cases of a wiring run, besides the probes."""


@dataclass(frozen=True)
class Selection:
    """A choice of cases, read anew each time it is asked for."""

    suite: str
    split: str
    tags: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()

    def cases(self) -> Iterator[Conversation]:
        """The cases, one at a time. Raises DataInvalid."""
        found = conversations(
            suite=next((each for each in SUITES if each == self.suite), None),
            split="dev" if self.split == "dev" else "holdout" if self.split == "holdout" else None,
            tags=self.tags,
            ids=self.ids,
        )
        return _spread(found) if self.suite == WIRING else found

    def count(self) -> int:
        """How many they are."""
        return sum(1 for _ in self.cases())


def select(suite: str, split: str, only: Sequence[str] = ()) -> Selection:
    """A choice as a command line says it. Raises RunInvalid, for one that no case is part of, too; and DataInvalid."""
    if suite not in {*SUITES, WIRING, "all"}:
        raise RunInvalid(f"There is no suite {suite!r}: {', '.join(SUITES)}, {WIRING}, or all.")
    if split not in {*SPLITS, "all"}:
        raise RunInvalid(f"There is no split {split!r}: dev, holdout, or all.")
    tags = tuple(each.removeprefix("tag:") for each in only if each.startswith("tag:"))
    ids = tuple(each for each in only if not each.startswith("tag:"))
    chosen = Selection(suite, split, tags, ids)
    if next(chosen.cases(), None) is None:
        # A run of nothing would have no failure, and pass.
        raise RunInvalid(f"No case of {suite} ({split}) is meant by {' '.join(only) or 'this'}.")
    return chosen


def _spread(cases: Iterator[Conversation]) -> Iterator[Conversation]:
    """Some cases of each suite: enough to go every way through the graphs."""
    share = {"discovery": 4, "safety": 2, "filters": 2, "outreach": 2}
    seen = dict.fromkeys(share, 0)
    for case in cases:
        if seen[case.suite] < share[case.suite]:
            seen[case.suite] += 1
            yield case
