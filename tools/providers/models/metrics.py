"""What is told to Prometheus of calls to models: how many came to what, how long they took, what they cost."""

from functools import cache

from prometheus_client import Counter, Histogram

from tools.providers.models.usage import CallUsage

SECONDS = (0.1, 0.25, 0.5, 1, 2, 4, 8, 15, 30, 60, 120)

CALLS = Counter(
    "quiver_model_calls_total", "Calls of a model by what came of them.", ("provider", "model", "outcome")
)
TIMES = Histogram(
    "quiver_model_call_seconds",
    "Seconds of a call from its start to its end.",
    ("provider", "model"),
    buckets=SECONDS,
)
FIRST = Histogram(
    "quiver_model_first_token_seconds",
    "Seconds of a streamed call to its first piece of text.",
    ("provider", "model"),
    buckets=(0.05, *SECONDS),
)
WAITS = Histogram(
    "quiver_model_place_seconds",
    "Seconds a call waited for one of the provider's places.",
    ("provider",),
    buckets=(0.001, 0.01, *SECONDS),
)
COST = Counter(
    "quiver_model_cost_usd_total", "US dollars of the calls whose price is known.", ("provider", "model")
)
TOKENS = Counter(
    "quiver_model_tokens_total",
    "Tokens that providers counted: input or output.",
    ("provider", "model", "kind"),
)
FALLBACKS = Counter(
    "quiver_model_fallbacks_total", "Requests that went on to the next provider.", ("failed", "next")
)


def note_call(call: CallUsage) -> None:
    """Count one call that ended."""
    calls, times, first = _figures(call.provider, call.model, call.outcome)
    calls.inc()
    times.observe(call.seconds)
    if call.first_token_seconds is not None:
        first.observe(call.first_token_seconds)
    if call.tokens is not None:
        read, written = _tokens(call.provider, call.model)
        read.inc(call.tokens.input)
        written.inc(call.tokens.output)
    if call.cost_usd is not None:
        _cost(call.provider, call.model).inc(float(call.cost_usd))


def note_wait(provider: str, seconds: float) -> None:
    """Note how long a call waited for its place."""
    _waits(provider).observe(seconds)


# Looked up once, where there is something to count: to look costs more than to count, and makes a figure that is 0.


@cache
def _figures(provider: str, model: str, outcome: str) -> tuple[Counter, Histogram, Histogram]:
    return (
        CALLS.labels(provider, model, outcome),
        TIMES.labels(provider, model),
        FIRST.labels(provider, model),
    )


@cache
def _tokens(provider: str, model: str) -> tuple[Counter, Counter]:
    return TOKENS.labels(provider, model, "input"), TOKENS.labels(provider, model, "output")


@cache
def _cost(provider: str, model: str) -> Counter:
    return COST.labels(provider, model)


@cache
def _waits(provider: str) -> Histogram:
    return WAITS.labels(provider)
