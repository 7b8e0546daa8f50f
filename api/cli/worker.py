"""`./quiver worker`: a Celery worker for the bulk jobs."""

import typer

from api.jobs.commands import run_worker
from tools.jobs.steps import QUEUES

app = typer.Typer(add_completion=False)


@app.command()
def worker(
    beat: bool = typer.Option(
        False, "--beat", help="Run the schedule in this worker as well. At most one may."
    ),
    queues: str = typer.Option(",".join(QUEUES), help="The queues to serve, separated by commas."),
    concurrency: int = typer.Option(0, min=0, help="Child processes; 0 takes the setting."),
) -> None:
    """Run a worker until it is told to stop; it finishes what it has begun."""
    run_worker(beat=beat, queues=queues.split(","), concurrency=concurrency or None)
