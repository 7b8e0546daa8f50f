"""Two runs and what is decided of them, for the commands that compare."""

from pathlib import Path

from evals.dataset.reading import Problem, data_files, read_file
from evals.gating.baseline import BASELINES
from evals.runs.file import Head, read_head, read_results
from evals.runs.summary import Summary, summarise
from evals.terminal.naming import existing, run_path


def load(name: str) -> tuple[Head, Summary]:
    """A run by name or path, else the baseline of that name. Raises RunInvalid; ends the command when there is neither."""
    path = located(name)
    return read_head(path), summarise(read_results(path))


def located(name: str) -> Path:
    """Where a run or a baseline lies."""
    kept = BASELINES / f"{name}.jsonl"
    return kept if not run_path(name).is_file() and kept.is_file() else existing(name)


def leaked_holdout() -> tuple[str, ...]:
    """The hold-out ids that lie in dev."""
    ids: dict[str, set[str]] = {"dev": set(), "holdout": set()}
    for path in data_files():
        found = (item for item in read_file(path) if not isinstance(item, Problem))
        ids.setdefault(path.parent.name, set()).update(item.conversation.id for item in found)
    return tuple(sorted(ids["dev"] & ids["holdout"]))
