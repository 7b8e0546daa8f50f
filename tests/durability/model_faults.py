"""The faults of a language model, each as it looks before the first word and after it."""

from dataclasses import dataclass
from typing import Any, Literal

Moment = Literal["before", "after"]
Json = dict[str, Any]
WORDS = 15
"""Pieces of an answer that have come when it breaks: more than are held back until they are clearly the model's own."""


@dataclass(frozen=True)
class Fault:
    """Rules of the sandbox for the two moments; none: the connection itself is refused or reset.

    `passes_on`: before the first word, the other provider is asked instead.
    """

    name: str
    before: Json | None
    after: Json | None
    passes_on: bool | None = True
    """None: either will do."""

    def rule(self, moment: Moment) -> Json | None:
        """The rule for this moment."""
        return self.before if moment == "before" else self.after


def refused(mode: str, **options: Any) -> Fault:
    """A refusal before the answer, or the same as an error in it."""
    name = "_".join([mode, *(str(value) for value in options.values())])
    return Fault(name, {"mode": mode, **options}, {"mode": "error_event", "error": mode, "after": WORDS})


def broken(mode: str, **options: Any) -> Fault:
    """A stream that breaks after so many pieces, which may be none."""
    return Fault(mode, {"mode": mode, "after": 0, **options}, {"mode": mode, "after": WORDS, **options})


def cut_short(mode: str, *, passes_on: bool | None) -> Fault:
    """An answer that its provider ends before its end, which may be at once."""
    return Fault(mode, {"mode": mode, "tokens": 0}, {"mode": mode, "tokens": WORDS}, passes_on)


FAULTS = (
    Fault("connection", None, None),
    refused("rate_limited"),
    refused("insufficient_quota"),
    refused("server_error"),
    refused("overloaded"),
    refused("rate_limited", retryAfter=61),
    Fault("hang", {"mode": "hang"}, {"mode": "slow", "delay": 0, "tokenDelay": 0.25}),
    broken("stall"),
    broken("cut"),
    broken("garbage", variant="chunk"),
    broken("error_event", error="overloaded"),
    broken("no_finish"),
    cut_short("length", passes_on=None),
    cut_short("content_filter", passes_on=False),
)
NEVER_PASSED_ON = (
    Fault("bad_request", {"mode": "bad_request"}, None, passes_on=False),
    Fault("unauthorized", {"mode": "unauthorized"}, None, passes_on=False),
)
