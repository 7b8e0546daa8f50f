"""The schedule inside a worker (`--beat`), kept alive: Celery starts its process once and does not miss it when it dies."""

import threading
from typing import Any

import structlog
from celery import bootsteps
from celery.beat import EmbeddedService

log = structlog.get_logger(__name__)

LOOK_SECONDS = 1.0


class KeepBeat(bootsteps.StartStopStep):
    """Looks every second whether the schedule's process lives, and starts another one when it doesn't."""

    requires = ("celery.worker.components:Beat",)

    def __init__(self, worker: Any, **options: Any) -> None:
        self._over = threading.Event()
        self._started: Any = None
        """The process that was started last, when it was by us."""
        super().__init__(worker, **options)

    def start(self, worker: Any) -> None:
        """Watch, in a thread of the worker's own."""
        if worker.beat is not None:
            threading.Thread(target=self._watch, args=(worker,), name="keep-beat", daemon=True).start()

    def stop(self, worker: Any) -> None:
        """Let it go; Celery ends the one it started."""
        self._over.set()
        if self._started is not None and self._started.is_alive():
            self._started.stop()

    def terminate(self, parent: Any) -> None:
        """The same, in a hurry."""
        self.stop(parent)

    def _watch(self, worker: Any) -> None:
        while not self._over.wait(LOOK_SECONDS):
            if worker.beat.is_alive():
                continue
            log.warning("schedule.died", exitcode=worker.beat.exitcode)
            self._started = worker.beat = EmbeddedService(
                worker.app, schedule_filename=worker.schedule_filename, scheduler_cls=worker.scheduler
            )
            worker.beat.start()
