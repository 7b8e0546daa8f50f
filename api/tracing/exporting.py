"""Spans on their way to a collector, by OpenTelemetry: in a thread, in batches, dropped when nobody takes them.

Only what `tools.tracing.Attributes` names is sent: no query (a stream's ticket is in it), no header, no message of an error.
FastAPI's own spans say the query and its logs the error, so they stay off.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from threading import Thread
from typing import Unpack

from opentelemetry import trace
from opentelemetry.context import Context
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import SERVICE_NAME, Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.sdk.trace.sampling import ParentBasedTraceIdRatio
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

from api.tracing.settings import TracingSettings
from tools.tracing import Attributes

TRACEPARENT = "traceparent"
EXPORT_SECONDS = 5
"""How long a collector may take for a batch."""
WORDS = TraceContextTextMapPropagator()


class OpenTelemetrySpan:
    """Fills `tools.tracing.Span`."""

    def __init__(self, span: trace.Span) -> None:
        self._span = span

    def name(self, name: str) -> None:
        """Call it otherwise."""
        self._span.update_name(name)

    def note(self, **attributes: Unpack[Attributes]) -> None:
        """Say more of it."""
        for name, value in attributes.items():
            if isinstance(value, str | int | float):
                self._span.set_attribute(f"quiver.{name}", value)


class OpenTelemetryTracing:
    """Fills `tools.tracing.Tracing`."""

    def __init__(self, settings: TracingSettings) -> None:
        """`settings.endpoint` is set."""
        endpoint = f"{str(settings.endpoint).rstrip('/')}/v1/traces"
        headers = dict(_pairs(settings.headers.get_secret_value())) if settings.headers else None
        exporter = OTLPSpanExporter(endpoint=endpoint, headers=headers, timeout=EXPORT_SECONDS)
        self._provider = TracerProvider(
            resource=Resource({SERVICE_NAME: settings.service}),
            sampler=ParentBasedTraceIdRatio(settings.share),
            shutdown_on_exit=False,
        )
        self._provider.add_span_processor(BatchSpanProcessor(exporter))
        self._tracer = self._provider.get_tracer("quiver")

    @contextmanager
    def span(
        self, name: str, *, leaf: bool, parent: str | None, attributes: Attributes
    ) -> Iterator[OpenTelemetrySpan]:
        """A span around a block."""
        context = WORDS.extract({TRACEPARENT: parent}) if parent else None
        with self._started(name, context, leaf=leaf) as span:
            ours = OpenTelemetrySpan(span)
            ours.note(**attributes)
            try:
                yield ours
            except Exception as error:
                ours.note(error_type=type(error).__name__)
                span.set_status(trace.StatusCode.ERROR)
                raise
            finally:
                span.end()

    def carried(self) -> str | None:
        """The present span for a message to carry."""
        carrier: dict[str, str] = {}
        WORDS.inject(carrier)
        return carrier.get(TRACEPARENT)

    def close(self) -> None:
        """Send what waits, and end; after the time of one batch what is left is dropped."""
        ending = Thread(target=self._provider.shutdown, daemon=True)
        ending.start()
        ending.join(EXPORT_SECONDS)

    def _started(
        self, name: str, context: Context | None, *, leaf: bool
    ) -> AbstractContextManager[trace.Span]:
        if leaf:
            return _alone(self._tracer.start_span(name, context))
        return self._tracer.start_as_current_span(
            name, context, record_exception=False, set_status_on_exception=False, end_on_exit=False
        )


@contextmanager
def _alone(span: trace.Span) -> Iterator[trace.Span]:
    yield span


def _pairs(headers: str) -> Iterator[tuple[str, str]]:
    for pair in headers.split(","):
        name, _, value = pair.partition("=")
        if name.strip():
            yield name.strip().lower(), value.strip()
