"""`./quiver evals flaky`."""

import typer

from evals.analysis.flaky import stability
from evals.runs.file import read_results
from evals.runs.summary import summarise
from evals.terminal.naming import existing
from evals.terminal.tables import percent, table

app = typer.Typer(add_completion=False)


@app.command()
def flaky(run: str = typer.Argument(help="A run with --repeat.")) -> None:
    """Say which scorers flip between samples of one case: what passes at once, what passes always, and which cases flip."""
    summary = summarise(read_results(existing(run)))
    found = [each for metric in summary.metrics.values() if (each := stability(metric)) is not None]
    rows = [["scorer", "pass@1", "pass^k", "k", "flips", "cases that flip"]]
    for each in sorted(found, key=lambda each: -each.flip_rate):
        names = ", ".join(each.flipping[:5]) + (" …" if len(each.flipping) > 5 else "")
        rows.append(
            [
                each.scorer,
                percent(each.pass_at_1),
                percent(each.pass_all),
                str(each.samples),
                percent(each.flip_rate),
                names,
            ]
        )
    typer.echo(table(rows, right=(1, 2, 3, 4)))
    if all(each.samples < 2 for each in found):
        typer.echo("Each case ran once: nothing can flip. Run it with --repeat 3.")
