"""Starting a worker or the beat: what `./quiver worker`, `./quiver beat` and `python -m api.jobs` run."""

from collections.abc import Sequence
from logging import WARNING, getLogger

from api.jobs.app import Worker, create_app
from api.jobs.supervision.metrics import WorkerMetrics
from api.logs import logging
from api.settings import Settings, load_settings
from tools.jobs.steps import QUEUES

ROUTINE = ("celery.beat", "celery.worker.strategy", "celery.app.trace")
"""Loggers that say the same every few seconds while nothing happens."""


def run_worker(*, beat: bool = False, queues: Sequence[str] = QUEUES, concurrency: int | None = None) -> None:
    """Run a worker until it is told to end. `beat` adds the schedule, for installations with one worker.

    Raises SettingsError.
    """
    settings = load_settings()
    _log(settings)
    arguments = ["worker", "--pool=prefork", f"--concurrency={concurrency or settings.worker.concurrency}"]
    arguments += [f"--queues={','.join(queues)}", f"--loglevel={settings.api.log_level.upper()}"]
    arguments += ["--without-gossip", "--without-mingle"]
    arguments += ["--task-events"] if settings.worker.events else ["--without-heartbeat"]
    if settings.worker.metrics_port is not None:
        WorkerMetrics(settings.worker.metrics_port)
    Worker(settings, queues).app.worker_main([*arguments, *(["--beat"] if beat else [])])


def run_beat() -> None:
    """Run the schedule alone, once for the whole installation. Raises SettingsError."""
    settings = load_settings()
    _log(settings)
    create_app(settings).start(["beat", f"--loglevel={settings.api.log_level.upper()}", "--pidfile="])


def _log(settings: Settings) -> None:
    """Logs as the API's, without the lines of each sweep."""
    logging.configure(settings.api.log_level)
    for name in ROUTINE:
        getLogger(name).setLevel(WARNING)
