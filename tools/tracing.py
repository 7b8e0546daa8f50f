"""Spans: what a request, a turn, a node, a model's call and a job's item took, for whoever follows one through the system.

What fills this port is chosen once per process (`api/tracing`), as for logs; until then spans cost nothing and go nowhere.
"""

from contextlib import AbstractContextManager, nullcontext
from typing import Protocol, TypedDict, Unpack


class Attributes(TypedDict, total=False):
    """All that a span may say: ids, words of our own and numbers. Never a text, a name or an address."""

    workspace_id: int
    session_id: int
    lead_id: int
    turn_id: str
    job_id: str
    graph: str
    node: str
    method: str
    route: str
    status: int
    task: str
    attempt: int
    provider: str
    model: str
    prompt: str
    outcome: str
    first_token_ms: float
    input_tokens: int
    output_tokens: int
    error_type: str


class Span(Protocol):
    """Something that is under way."""

    def name(self, name: str) -> None:
        """Call it otherwise, now that more is known."""
        ...

    def note(self, **attributes: Unpack[Attributes]) -> None:
        """Say more of it."""
        ...


class Tracing(Protocol):
    """What becomes of spans."""

    def span(
        self, name: str, *, leaf: bool, parent: str | None, attributes: Attributes
    ) -> AbstractContextManager[Span]:
        """A span around a block. See `span`."""
        ...

    def carried(self) -> str | None:
        """The present span as W3C Trace Context writes it, for a message to carry."""
        ...


class NoSpan:
    """What is under way when nobody looks."""

    def name(self, name: str) -> None:
        """Nothing."""

    def note(self, **attributes: Unpack[Attributes]) -> None:
        """Nothing."""


NOTHING: AbstractContextManager[Span] = nullcontext(NoSpan())
_used: Tracing | None = None


def use(tracing: Tracing | None) -> None:
    """From now on this process's spans go there."""
    global _used  # noqa: PLW0603 — a process has one, like its logs
    _used = tracing


def span(
    name: str, *, leaf: bool = False, parent: str | None = None, **attributes: Unpack[Attributes]
) -> AbstractContextManager[Span]:
    """A span around a block, below the span that is open here. An error that leaves the block is noted by its type alone.

    `leaf`: nothing below it is looked for, so that the block may be one of an asynchronous generator, which others may close.
    `parent`: a `traceparent` (https://www.w3.org/TR/trace-context/) that came with a message or a request.
    """
    if _used is None:
        return NOTHING
    return _used.span(name, leaf=leaf, parent=parent, attributes=attributes)


def carried() -> str | None:
    """The present span for a message to carry; nothing when nobody looks."""
    return None if _used is None else _used.carried()
