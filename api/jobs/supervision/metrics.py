"""A worker's figures for Prometheus: of all its processes together, on a port of its own.

Each child counts in a file that it maps into memory; whoever asks the parent gets the sum. The library decides how values
are kept when it is loaded, so the folder is named to it before any task's module is.
"""

import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

import structlog
from celery.signals import worker_process_shutdown, worker_ready, worker_shutdown
from prometheus_client import CollectorRegistry, start_http_server, values
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead

log = structlog.get_logger(__name__)

FOLDER = "PROMETHEUS_MULTIPROC_DIR"


class WorkerMetrics:
    """Serves the sum of all processes of this worker."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._folder = Path(tempfile.mkdtemp(prefix="quiver-metrics-"))
        os.environ[FOLDER] = str(self._folder)
        values.ValueClass = values.get_value_class()  # type: ignore[no-untyped-call]
        worker_ready.connect(self._serve, weak=False)
        worker_process_shutdown.connect(self._forget, weak=False)
        worker_shutdown.connect(self._remove, weak=False)

    def _serve(self, **_signal: Any) -> None:
        registry = CollectorRegistry()
        MultiProcessCollector(registry, path=str(self._folder))  # type: ignore[no-untyped-call]
        start_http_server(self._port, registry=registry)
        log.info("worker.metrics", port=self._port)

    def _forget(self, pid: int | None = None, **_signal: Any) -> None:
        if pid is not None:
            mark_process_dead(pid, str(self._folder))  # type: ignore[no-untyped-call]

    def _remove(self, **_signal: Any) -> None:
        shutil.rmtree(self._folder, ignore_errors=True)
