"""`./quiver evals diff`."""

import typer

from evals.gating.comparison import compare
from evals.gating.thresholds import read_thresholds
from evals.gating.verdict_text import cells, changes_text, is_this_real
from evals.runs.file import RunInvalid
from evals.scorers.registry import HARD
from evals.terminal.loading import load
from evals.terminal.naming import stop
from evals.terminal.tables import stamp, table

app = typer.Typer(add_completion=False)


@app.command()
def diff(
    before: str = typer.Argument(help="A run or a baseline."),
    after: str = typer.Argument(help="The run to compare with it."),
) -> None:
    """Compare two runs: the table, what is newly broken, and for each gated metric whether the difference is real."""
    try:
        gated = frozenset(read_thresholds().metrics)
        found = compare(load(before), load(after), gated=gated - HARD)
    except RunInvalid as error:
        raise stop(error) from error
    typer.echo(f"{found.before.name} → {found.after.name}  {stamp(found.after)}")
    heads = ["metric", "before", "after", "Δ pp", "95 %", "p", "n/N", "smallest visible"]
    typer.echo(table([heads, *map(cells, found.rows)], right=(1, 2, 3, 4, 5, 6, 7)))
    typer.echo("\n" + (changes_text(found).replace("**", "") or "Nothing is newly broken or fixed."))
    for row in found.rows:
        if row.name in gated and row.pairs.difference:
            typer.echo(is_this_real(row))
