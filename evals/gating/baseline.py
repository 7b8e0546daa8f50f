"""Baselines: runs that later ones are measured by, kept in the repository without their texts."""

from pathlib import Path

from evals.runs.file import RunInvalid, RunWriter, read_head, read_results
from evals.runs.output import Output

BASELINES = Path(__file__).resolve().parents[1] / "baselines"


def keep(run: Path, name: str, folder: Path = BASELINES) -> Path:
    """Make a run the baseline of this name; what was said in it is left out. Raises RunInvalid for a run that can't be one."""
    head = read_head(run)
    if head.sandbox and not name.startswith("wiring"):
        raise RunInvalid("a run that the sandbox played can only be a baseline of wiring: name it wiring-…")
    path = folder / f"{name}.jsonl"
    path.unlink(missing_ok=True)
    writer = RunWriter(path, head.model_copy(update={"name": name, "ways": None}))
    try:
        for result in read_results(run):
            kept = result.item.output
            bare = Output(mode=kept.mode, calls=kept.calls, ms=kept.ms, error=kept.error)
            scores = [score.model_copy(update={"reason": ""}) for score in result.scores]
            writer.add(result.item.model_copy(update={"output": bare}), scores)
    finally:
        writer.close()
    return path
