"""The Celery application: which tasks a worker knows, what its children open, and the schedule.

Task modules are imported only for the queues a worker serves: some load language-model packages for seconds, and
the beat needs none.
"""

import gc
import importlib
import os
from collections.abc import Mapping, Sequence
from typing import Any

import structlog
from celery import Celery, Task
from celery.signals import (
    beat_embedded_init,
    worker_before_create_process,
    worker_process_init,
    worker_process_shutdown,
)

from api.broker import create_celery
from api.jobs.process import Open, WorkerProcess
from api.jobs.schedule import beat_schedule
from api.jobs.supervision.beat import KeepBeat
from api.queue import TRACEPARENT
from api.settings import Settings
from tools.jobs.steps import DEFAULT, DISCOVERY, LEAD_ENRICHMENT, OUTREACH, WEBSITE_SCRAPER
from tools.queue import TaskArgument

log = structlog.get_logger(__name__)

MODULES: Mapping[str, Sequence[str]] = {
    DISCOVERY: ("api.jobs.chat", "api.jobs.experiments"),
    WEBSITE_SCRAPER: ("api.jobs.websites",),
    OUTREACH: ("api.jobs.outreach",),
    LEAD_ENRICHMENT: ("api.jobs.enrichment", "api.jobs.searches", "api.jobs.scaling"),
    DEFAULT: ("api.jobs.sweeps", "api.jobs.exports"),
}
"""Where the tasks of a queue are; each module has a `TASKS`."""


def create_app(settings: Settings) -> Celery:
    """The application without tasks, with its schedule: what the beat needs."""
    app = create_celery(settings.redis, settings.worker)
    app.conf.update(
        beat_schedule=beat_schedule(settings.worker),
        beat_scheduler="celery.beat:Scheduler",  # in memory: a file would remember nothing worth keeping
        beat_max_loop_interval=min(5.0, settings.worker.sweep_seconds),
        worker_proc_alive_timeout=30.0,
    )
    return app


class Worker:
    """The application with the tasks of some queues. Its children open their services when they start."""

    def __init__(self, settings: Settings, queues: Sequence[str]) -> None:
        self.app = create_app(settings)
        self.app.steps["worker"].add(KeepBeat)
        self._settings = settings
        self._child: WorkerProcess | None = None
        self._tasks = tasks_of(queues)
        for name in self._tasks:
            self._register(name)
        worker_before_create_process.connect(share_what_is_loaded, weak=False)
        worker_process_init.connect(self._start_child, weak=False)
        worker_process_shutdown.connect(self._end_child, weak=False)
        beat_embedded_init.connect(say_who_keeps_the_schedule, weak=False)

    def _register(self, name: str) -> None:
        @self.app.task(name=name, bind=True)
        def task(task: Task[Any, Any], /, **arguments: TaskArgument) -> None:
            assert self._child is not None, "tasks run in children only"
            self._child.handle(name, arguments, (task.request.headers or {}).get(TRACEPARENT))

    def _start_child(self, **_signal: Any) -> None:
        self._child = WorkerProcess(self._settings, self.app, self._tasks)

    def _end_child(self, **_signal: Any) -> None:
        child, self._child = self._child, None
        if child is not None:
            child.close()


def share_what_is_loaded(**_signal: Any) -> None:
    """Keep the garbage collector of a child from touching, and so copying, what it has in common with its parent."""
    gc.collect()
    gc.freeze()


def say_who_keeps_the_schedule(**_signal: Any) -> None:
    """Log which child of a worker with `--beat` keeps the schedule: it works on nothing. `supervision/beat.py` replaces it when it dies."""
    log.info("schedule.kept", pid=os.getpid())


def tasks_of(queues: Sequence[str]) -> dict[str, Open]:
    """The tasks of these queues by name. A queue whose work is still to come has none."""
    found: dict[str, Open] = {}
    for queue in queues:
        for module in MODULES.get(queue, ()):
            found |= importlib.import_module(module).TASKS
    return found
