"""Runs by name: `main` is `evals/runs/recorded/main.jsonl`, and a path is a path."""

from pathlib import Path

import typer

from evals.runs.file import RUNS, RunInvalid, read_head


def run_path(name: str, folder: Path = RUNS) -> Path:
    """Where a run is kept, or is to be."""
    path = Path(name)
    return path if path.suffix == ".jsonl" else folder / f"{name}.jsonl"


def existing(name: str, folder: Path = RUNS) -> Path:
    """The file of a run that is there; else the command ends with 2 and says which there are."""
    path = run_path(name, folder)
    if path.is_file():
        return path
    there = ", ".join(sorted(each.stem for each in folder.glob("*.jsonl"))) or "none yet"
    typer.echo(f"There is no run {name}; there are: {there}", err=True)
    raise typer.Exit(2)


def latest(folder: Path = RUNS) -> Path | None:
    """The run that was written last."""
    found = sorted(folder.glob("*.jsonl"), key=lambda path: path.stat().st_mtime)
    return found[-1] if found else None


def stop(error: Exception) -> typer.Exit:
    """Say what can't be done, and end with 2: nothing was judged."""
    typer.echo(str(error), err=True)
    return typer.Exit(2)


__all__ = ["RunInvalid", "existing", "latest", "read_head", "run_path", "stop"]
