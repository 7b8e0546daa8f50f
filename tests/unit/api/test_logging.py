"""What must not be in a log is not, wherever in the line it stood."""

import ast
import io
import json
import logging
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import structlog

from api.logs.lines import FIELDS
from api.logs.logging import configure, redacted
from tools.errors import NotFound

ROOT = Path(__file__).resolve().parents[3]

SECRETS = [
    "Bearer abc.def.ghi",
    "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln",
    "sk-proj-abcdef123456",
    "AIzaSyA1234567890abcdef",
    "postgresql://quiver:hunter2@db:5432/quiver",
    "redis://:hunter2@cache:6379/0",
    "somebody@example.com",
    "/jobs/1/events?ticket=abcdef123456",
]
LEAKS = ["abc.def", "c2ln", "abcdef1", "SyA1234", "hunter2", "somebody@"]


@pytest.mark.parametrize("secret", SECRETS)
def test_secrets_are_replaced(secret: str) -> None:
    for value in (secret, f"before {secret} after", [secret], {"k": {secret: secret}}, ValueError(secret)):
        assert not any(leak in str(redacted(value)) for leak in LEAKS)


def test_ordinary_values_stay() -> None:
    plain = {
        "status": 200,
        "ms": 1.5,
        "ok": True,
        "none": None,
        "route": "/workspaces/{workspace_id}",
        "ids": [1, 2],
    }
    assert redacted(plain) == plain


@pytest.fixture
def lines(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], list[dict[str, Any]]]]:
    """The lines that were written so far, as JSON."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    output = io.StringIO()
    monkeypatch.setattr("sys.stdout", output)
    configure("info")
    try:
        yield lambda: [json.loads(line) for line in output.getvalue().splitlines()]
    finally:
        root.handlers[:] = handlers
        root.setLevel(level)


Lines = Callable[[], list[dict[str, Any]]]


def test_a_field_that_nobody_allowed_is_left_out_and_named(lines: Lines) -> None:
    structlog.get_logger("test").info("it.was", status=200, text="We sell pumps to mines", body={"a": 1})
    (line,) = lines()
    assert line["left_out"] == ["body", "text"]
    assert (line["event"], line["status"]) == ("it.was", 200)
    assert "pumps" not in str(line)


def test_an_allowed_field_is_cleaned_all_the_same(lines: Lines) -> None:
    structlog.get_logger("test").info("it.was", reason="Bearer abc.def.ghi")
    (line,) = lines()
    assert line["reason"] == "Bearer [token]"


def test_context_is_held_to_the_same_list(lines: Lines) -> None:
    with structlog.contextvars.bound_contextvars(request_id="r-1", typed="We sell pumps"):
        structlog.get_logger("test").info("it.was")
    (line,) = lines()
    assert (line["request_id"], line["left_out"]) == ("r-1", ["typed"])


@pytest.mark.parametrize(
    ("name", "message", "arguments", "said"),
    [
        ("library", "for %s", ("somebody@example.com",), "for %s"),
        ("asyncio", "Task failed: ValueError('We sell pumps')", (), "said something"),
        ("celery.apps.worker", "%s ready.", ("worker@host.example",), "[email] ready."),
        ("celery.app.trace", "Task %s raised: %s", ("enrich", "We sell pumps"), "Task %s raised: %s"),
        ("uvicorn.error", "Started server process [%d]", (7,), "Started server process [7]"),
    ],
)
def test_libraries_say_only_what_they_may(
    lines: Lines, name: str, message: str, arguments: tuple[Any, ...], said: str
) -> None:
    logging.getLogger(name).warning(message, *arguments)
    (line,) = lines()
    assert line["event"] == said


def test_a_failure_says_where_and_of_what_kind_but_not_what_it_quotes(lines: Lines) -> None:
    def fail() -> None:
        try:
            {}["We sell pumps"]
        except KeyError as error:
            raise ValueError("postgresql://quiver:hunter2@db/quiver said: We sell pumps") from error

    try:
        fail()
    except ValueError:
        structlog.get_logger("test").exception("it.failed")
        logging.getLogger("library").exception("it failed")
    for line in lines():
        told = line["exception"]
        assert "builtins.KeyError" in told
        assert told.index("KeyError") < told.index("builtins.ValueError")
        assert "test_logging.py" in told
        assert "in fail" in told
        assert "pumps" not in told.replace('{}["We sell pumps"]', "").replace("said: We sell pumps", "")
        assert "hunter2" not in told


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (TypeError("'int' object is not iterable"), "builtins.TypeError: 'int' object is not iterable"),
        (OSError(28, "No space left on device"), "builtins.OSError: [Errno 28] No space left on device"),
        (NotFound("Nobody called Jo here."), "tools.errors.NotFound: not_found"),
        (ValueError("We sell pumps"), "builtins.ValueError"),
        (
            ExceptionGroup("many", [ValueError("We sell pumps")]),
            "builtins.ExceptionGroup\n\nbuiltins.ValueError",
        ),
    ],
    ids=lambda given: type(given).__name__,
)
def test_words_of_a_failure_are_written_where_they_are_harmless(
    lines: Lines, error: BaseException, told: str
) -> None:
    structlog.get_logger("test").error("it.failed", exc_info=error)
    (line,) = lines()
    assert line["exception"] == told


def test_every_field_that_is_logged_anywhere_is_on_the_list() -> None:
    """And nothing is unpacked into a line: what is not named where it is written can't be looked over."""
    used = {name for path in sources() for name in logged_fields(path)}
    assert used - {"exc_info"} <= FIELDS
    assert None not in used


def sources() -> list[Path]:
    return [
        path for folder in ("api", "agents", "tools", "persistence") for path in (ROOT / folder).rglob("*.py")
    ]


def logged_fields(path: Path) -> Iterator[str | None]:
    """The names of fields in the calls of a module's `log`; None for what is unpacked."""
    for node in ast.walk(ast.parse(path.read_text())):
        method = node.func if isinstance(node, ast.Call) else None
        if (
            isinstance(method, ast.Attribute)
            and ast.unparse(method.value) == "log"
            and method.attr != "write"
        ):
            assert isinstance(node, ast.Call)
            yield from (keyword.arg for keyword in node.keywords)
