"""`./quiver evals coverage`."""

import typer

from evals.analysis.coverage import cover
from evals.dataset.reading import conversations
from evals.runs.file import read_results
from evals.runs.output import recorded
from evals.terminal.naming import existing

app = typer.Typer(add_completion=False)


@app.command()
def coverage(run: str = typer.Argument("", help="A run; without one, what was recorded.")) -> None:
    """Say what the cases go through, and what they never hit."""
    if run:
        outputs = {result.item.case: result.item.output for result in read_results(existing(run))}
        pairs = ((case, outputs[case.id]) for case in conversations() if case.id in outputs)
    else:
        pairs = ((case, recorded(case)) for case in conversations())
    found = cover(pairs)
    for group, hits in found.hits.items():
        hit = ", ".join(
            f"{name} {count}" for name, count in sorted(hits.items(), key=lambda item: -item[1]) if count
        )
        typer.echo(f"{group}: {hit or 'none'}")
    typer.echo("\nnever hit")
    for group, names in found.never().items():
        typer.echo(f"  {group}: {', '.join(names)}")
