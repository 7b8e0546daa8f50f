"""What was asked of the stand-ins: the newest calls in memory, and counts that outlive them."""

import hashlib
import itertools
import json
import time
from collections import Counter, deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

KEPT = 5000


@dataclass
class Call:
    """One request to a stand-in; `status`, `behaviour` and the times are filled in while it is answered."""

    id: int
    provider: str
    kind: str
    path: str
    model: str | None = None
    stream: bool = False
    messages_hash: str | None = None
    body: Any = None
    behaviour: list[str] = field(default_factory=list)
    status: int = 200
    received_at: float = field(default_factory=time.time)
    first_token_at: float | None = None
    ended_at: float | None = None
    closed_by_client: bool = False
    input_tokens: int = 0
    output_tokens: int = 0
    invented: list[str] = field(default_factory=list)
    """Sentences of a letter that the model made up."""

    def as_json(self, *, body: bool) -> dict[str, Any]:
        """The call for the control API, with the full request body when asked."""
        shown = {_camel(name): value for name, value in vars(self).items() if name != "body"}
        return shown | {"body": self.body} if body else shown


class CallLog:
    """A ring of the newest calls, with counts per provider and kind since the last reset."""

    def __init__(self) -> None:
        self._calls: deque[Call] = deque(maxlen=KEPT)
        self._ids = itertools.count(1)
        self.counts: Counter[str] = Counter()
        self.open: Counter[str] = Counter()
        """Answers being written (or held back) now, by provider; a reset leaves them."""

    def record(self, provider: str, kind: str, path: str, **details: Any) -> Call:
        """Note a call and return its record."""
        call = Call(next(self._ids), provider, kind, path, **details)
        self._calls.append(call)
        self.counts[provider] += 1
        self.counts[f"{provider}.{kind}"] += 1
        return call

    @contextmanager
    def answering(self, call: Call) -> Iterator[None]:
        """While it lasts, the call counts as open; its end is noted."""
        self.open[call.provider] += 1
        call.ended_at = None
        try:
            yield
        finally:
            self.open[call.provider] -= 1
            call.ended_at = time.time()

    def find(self, *, provider: str | None, kind: str | None, since: int, limit: int) -> Iterator[Call]:
        """The kept calls after call id `since`, oldest first, at most `limit` (the newest)."""
        chosen = [
            call
            for call in self._calls
            if call.id > since and provider in {None, call.provider} and kind in {None, call.kind}
        ]
        return iter(chosen[-limit:])

    def reset(self) -> None:
        """Forget all calls and counts; ids go on, so `since` of before stays true."""
        self._calls.clear()
        self.counts.clear()


def fingerprint(value: Any) -> str:
    """A short hash of any JSON value."""
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()[:16]


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)
