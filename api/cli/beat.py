"""`./quiver beat`: the schedule of sweeps and autopilot, one for the whole installation."""

import typer

from api.jobs.commands import run_beat

app = typer.Typer(add_completion=False)


@app.command()
def beat() -> None:
    """Run the schedule until it is told to stop."""
    run_beat()
