"""Whether a judge's scores may decide anything, looked up by who gave them. Reads files only."""

from collections.abc import Set as AbstractSet

from evals.dataset.conversation import Suite
from evals.judging.calibration import FILE, mark, standing_problems
from evals.judging.labels import LABELS, by_people, read_labels

JUDGES: dict[str, tuple[Suite, ...]] = {"question_quality": ("discovery",)}
"""Every judge, and the suites whose answers it looks at."""
SANDBOX = "sandbox"


def signature(model: str, wording: str) -> str:
    """Who judged: what a score is marked with, and a calibration holds for."""
    return f"{model}#{wording}"


def why_grey(judge: str, judges: AbstractSet[str]) -> str | None:
    """Why scores by these judges (`signature`) decide nothing; None when they may. Raises DataInvalid for a broken label."""
    if len(judges) != 1:
        return "judged by more than one wording or model: judge both runs by the same"
    model, _, wording = next(iter(judges)).rpartition("#")
    if model == SANDBOX:
        return "the sandbox judged"
    people = by_people(read_labels(judge, LABELS))
    problems = standing_problems(judge, mark(wording, model, people), FILE)
    return "; ".join(problems) or None
