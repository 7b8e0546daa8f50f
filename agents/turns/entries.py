"""Events with their place in a turn's log, and their short form for the record."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

import orjson

from agents.events import (
    NodeEntered,
    TextDelta,
    TurnEvent,
    TurnFailed,
    TurnFinished,
    TurnStarted,
    decode_event,
    encode_event,
)

END = 10**18
INSIDE = END - 1
"""Numbers of events that are told from the record: of the last, and whoever has it has read to the end; of all others, and
whoever comes back with it gets all of the turn, for the record has no places to go on from."""


class LogEntry(NamedTuple):
    """One event at place `number` (from 1) of the log's `epoch`. Epoch 0: at no place."""

    epoch: int
    number: int
    event: TurnEvent


Hear = Callable[[LogEntry], bool]
"""Is told of one more entry the moment it is shown, inside of what shows it: must return at once and raise nothing.

False: it did not take it, and wants it in the next batch.
"""


def is_terminal(event: TurnEvent) -> bool:
    """Whether nothing follows this event."""
    return isinstance(event, TurnFinished | TurnFailed)


def join_text(events: Iterable[TurnEvent]) -> list[TurnEvent]:
    """The same events with neighbouring pieces of one text made one."""
    joined: list[TurnEvent] = []
    pieces: list[str] = []
    for event in events:
        last = joined[-1] if joined else None
        if isinstance(event, TextDelta):
            if isinstance(last, TextDelta) and last.text_id == event.text_id:
                pieces.append(event.text)
                continue
            _close(joined, pieces)
            pieces = [event.text]
        else:
            _close(joined, pieces)
            pieces = []
        joined.append(event)
    _close(joined, pieces)
    return joined


def _close(joined: list[TurnEvent], pieces: Sequence[str]) -> None:
    last = joined[-1] if joined else None
    if len(pieces) > 1 and isinstance(last, TextDelta):
        joined[-1] = TextDelta(last.text_id, "".join(pieces))


def to_record(events: Iterable[TurnEvent]) -> list[dict[str, Any]]:
    """Events as plain JSON for `AgentRuns.Events`, text joined."""
    return [orjson.loads(encode_event(event)) for event in join_text(events)]


def from_record(events: Iterable[dict[str, Any]]) -> list[LogEntry]:
    """The entries of a recorded turn."""
    decoded = (decode_event(orjson.dumps(event)) for event in events)
    return [LogEntry(0, number, event) for number, event in enumerate(decoded, 1)]


def newest_attempt(entries: Sequence[LogEntry]) -> list[LogEntry]:
    """The entries from the last start on; all of them when there is none."""
    starts = [place for place, entry in enumerate(entries) if isinstance(entry.event, TurnStarted)]
    return list(entries[starts[-1] :] if starts else entries)


def going_on(attempt: Sequence[LogEntry], shown: Iterable[TurnEvent]) -> list[LogEntry] | None:
    """What of a new attempt comes after what a reader was `shown` of the one before; None when that was something else.

    Which nodes were entered doesn't matter: nobody keeps that.
    """
    seen = [event for event in shown if not isinstance(event, NodeEntered | TurnStarted)]
    for place, entry in enumerate(attempt):
        if not seen:
            return list(attempt[place:])
        if isinstance(entry.event, NodeEntered | TurnStarted):
            continue
        if entry.event != seen.pop(0):
            return None
    return None if seen else []


def visible_text(events: Iterable[TurnEvent]) -> str:
    """What the user could read: texts of different parts are paragraphs."""
    parts: dict[str, list[str]] = {}
    for event in events:
        if isinstance(event, TextDelta):
            parts.setdefault(event.text_id, []).append(event.text)
    return "\n\n".join("".join(pieces) for pieces in parts.values()).strip()


def remainder(whole: Sequence[TurnEvent], seen: Iterable[TurnEvent]) -> list[TurnEvent] | None:
    """What of `whole` (text joined) comes after `seen`; None when `seen` is not how it begins."""
    known = join_text(seen)
    if not known:
        return list(whole)
    last = len(known) - 1
    if list(whole[:last]) != known[:last] or len(whole) <= last:
        return None
    shown, recorded = known[last], whole[last]
    if shown == recorded:
        return list(whole[last + 1 :])
    if not (isinstance(shown, TextDelta) and isinstance(recorded, TextDelta)):
        return None
    if shown.text_id != recorded.text_id or not recorded.text.startswith(shown.text):
        return None
    rest = TextDelta(recorded.text_id, recorded.text.removeprefix(shown.text))
    return [rest, *whole[last + 1 :]]
