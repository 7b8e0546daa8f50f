"""What may stand in a log line: an allow-list of fields, of libraries that may speak for themselves, and of what a failure says.

A value that nobody thought of is left out by its field's name. What is allowed is cleaned all the same (`api/logs/logging.py`).
"""

import sys
import traceback
from collections.abc import Iterator
from logging import LogRecord
from typing import Any

from structlog.typing import EventDict, WrappedLogger

_NAMES = (
    # The line itself, and whose it is.
    "event level logger timestamp exception stack left_out request_id user_id client_id workspace_id job_id lead_id"
    " session_id campaign_id turn_id run_id message_id task"
    # Requests: the route's pattern, never the path or the query.
    " method route status ms"
    # How something failed, in words of ours or of a protocol: codes, names of classes, rules, settings, columns.
    " error code reason sqlstate exitcode why fate word setting dependency rules fields tool arm part failed next errors"
    # Who was asked: a provider, a model, a prompt's tag, a website's host.
    " provider model prompt host"
    # Figures.
    " attempt count found seconds failures answered kept pages port pid row keys_kept removed resolved"
)
FIELDS = frozenset(_NAMES.split())
"""Names of fields that may be written. None of them holds what people typed, what a model or a page said, or a secret."""

SPEAKING = ("uvicorn", "celery.apps", "celery.beat", "celery.worker", "alembic")
"""Libraries whose sentences are written whole: they tell of processes, not of what is worked on."""

PLAIN_FAILURES = (AttributeError, ImportError, NameError, NotImplementedError, OSError, TypeError)
"""Failures whose own words tell of code or of the system. What others say may quote what was worked on."""


def only_allowed(_logger: WrappedLogger, _name: str, event: EventDict) -> EventDict:
    """structlog's step that leaves out every field that is not on the list, and says which."""
    record = event.get("_record")
    if isinstance(record, LogRecord) and not event.get("_from_structlog"):
        event["event"] = _sentence(record, str(event["event"]))
    left_out = sorted(name for name in event if name not in FIELDS and not name.startswith("_"))
    for name in left_out:
        del event[name]
    if left_out:
        event["left_out"] = left_out
    return event


def failure_told(_logger: WrappedLogger, _name: str, event: EventDict) -> EventDict:
    """structlog's step that writes an exception: where it was raised, of what kind, and its words where they are harmless."""
    info = event.pop("exc_info", None)
    if info is True:
        info = sys.exc_info()
    if isinstance(info, tuple):
        info = info[1]
    if isinstance(info, BaseException):
        event["exception"] = "\n".join(_told(info)).strip()
    return event


def _sentence(record: LogRecord, said: str) -> str:
    """What a library says: whole, or the pattern of its sentence without what was put in, or only that it said something."""
    if record.name.startswith(SPEAKING):
        return said
    pattern = str(record.msg)
    return "said something" if pattern == said else pattern


def _told(error: BaseException) -> Iterator[str]:
    """The lines of a failure, what it came from first."""
    origin = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if origin is not None:
        yield from _told(origin)
        yield "then"
    yield "".join(traceback.format_tb(error.__traceback__)).rstrip()
    yield f"{type(error).__module__}.{type(error).__qualname__}{_words(error)}"
    if isinstance(error, BaseExceptionGroup):
        for inner in error.exceptions:
            yield from _told(inner)


def _words(error: BaseException) -> str:
    said: Any = getattr(error, "error_code", None)
    if isinstance(error, PLAIN_FAILURES):
        said = str(error)
    return f": {said}" if said else ""
