"""Whether this process's spans are sent. Who sends none loads none of the packages for it."""

import importlib
from collections.abc import Iterator
from contextlib import contextmanager

from api.tracing.settings import TracingSettings
from tools import tracing


@contextmanager
def traced(settings: TracingSettings) -> Iterator[None]:
    """This process's spans go to the collector, if one is set, until the end of the block."""
    if settings.endpoint is None:
        yield
        return
    sent = importlib.import_module("api.tracing.exporting").OpenTelemetryTracing(settings)
    tracing.use(sent)
    try:
        yield
    finally:
        tracing.use(None)
        sent.close()
