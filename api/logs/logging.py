"""Logs: one JSON object a line, with request, user and workspace, and nothing in it that must not be kept.

What may be written stands in `api/logs/lines.py`; here it is cleaned once more, and brought to stdout.
"""

import logging
import re
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import orjson
import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

from api.logs.lines import failure_told, only_allowed

SECRETS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"\b[Bb]earer\s+\S+"), "Bearer [token]"),
    (re.compile(r"\beyJ[A-Za-z0-9_-]{5,}(?:\.[A-Za-z0-9_-]*){0,2}"), "[token]"),
    (re.compile(r"\bsk-[A-Za-z0-9_-]{6,}"), "[key]"),
    (re.compile(r"\bAIza[A-Za-z0-9_-]{10,}"), "[key]"),
    (re.compile(r"\b([a-z][a-z0-9+]*://)[^\s/@:]*:[^\s@]+@"), r"\1[credentials]@"),
    (re.compile(r"([?&]ticket=)[^\s&\"']+"), r"\1[ticket]"),
    (re.compile(r"[\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+"), "[email]"),
)
"""What is replaced wherever it stands in a log line: the last net, not the rule."""

NOISY = ("httpx", "httpx2", "httpcore", "uvicorn.access", "sse_starlette", "openai")
"""Libraries whose lines hold addresses, or chunks of answers at DEBUG."""


def redacted(value: Any) -> Any:
    """The same value with tokens, keys, credentials and e-mail addresses replaced."""
    if isinstance(value, str):
        for pattern, replacement in SECRETS:
            value = pattern.sub(replacement, value)
        return value
    if isinstance(value, Mapping):
        return {redacted(key): redacted(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [redacted(item) for item in value]
    return value if value is None or isinstance(value, bool | int | float) else redacted(str(value))


def redact(_logger: WrappedLogger, _name: str, event: EventDict) -> EventDict:
    """structlog's step that cleans a line just before it is written."""
    return {key: value if key.startswith("_") else redacted(value) for key, value in event.items()}


SHARED: list[Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.StackInfoRenderer(),
]
PROCESSORS: list[Processor] = [
    structlog.stdlib.filter_by_level,
    *SHARED,
    structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
]
"""One list for the life of the process: loggers remember it, so a second `configure` must not replace it."""


class ReadyLine(str):
    """A line that is JSON already."""

    __slots__ = ()


class Lines(structlog.stdlib.ProcessorFormatter):
    """Writes records as JSON lines."""

    def format(self, record: logging.LogRecord) -> str:
        """The line of a record."""
        return record.msg if isinstance(record.msg, ReadyLine) else super().format(record)


class RequestLog:
    """The line of each request: the one that is written most, put together without structlog's steps.

    Its fields are ours (words of our own, numbers) but for the request's id, which is cleaned like everything.
    """

    def __init__(self, name: str) -> None:
        self._logger = logging.getLogger(name)

    def write(self, fields: dict[str, Any]) -> None:
        """Write one; `fields` holds `request_id`."""
        if not self._logger.isEnabledFor(logging.INFO):
            return
        said = {
            **fields,
            "event": "request",
            "request_id": redacted(fields["request_id"]),
            "logger": self._logger.name,
            "level": "info",
            "timestamp": datetime.now(UTC),
        }
        line = ReadyLine(orjson.dumps(said, option=orjson.OPT_UTC_Z).decode())
        self._logger.handle(self._logger.makeRecord(self._logger.name, logging.INFO, "", 0, line, (), None))


def configure(level: str = "info") -> None:
    """Send structlog's lines and the standard library's to stdout as JSON."""
    structlog.configure(
        processors=PROCESSORS,
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(
        Lines(
            foreign_pre_chain=SHARED,
            processors=[
                failure_told,
                only_allowed,
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                redact,
                structlog.processors.JSONRenderer(),
            ],
        )
    )
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    for name in NOISY:
        logging.getLogger(name).setLevel(logging.WARNING)
