"""What must not be in a log is not, wherever in the line it stood."""

import io
import json
import logging

import pytest
import structlog

from api.logging import configure, redacted

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


def test_lines_are_json_and_clean_with_their_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    output = io.StringIO()
    monkeypatch.setattr("sys.stdout", output)
    try:
        configure("info")
        failure = ValueError("could not reach postgresql://quiver:hunter2@db/quiver")
        structlog.get_logger("test").error("it.failed", exc_info=failure, header="Bearer abc.def.ghi")
        logging.getLogger("library").warning("for %s", "somebody@example.com")
    finally:
        root.handlers[:] = handlers
        root.setLevel(level)
    lines = [json.loads(line) for line in output.getvalue().splitlines()]
    assert [line["event"] for line in lines] == ["it.failed", "for [email]"]
    assert "ValueError" in lines[0]["exception"]
    assert not any(leak in output.getvalue() for leak in LEAKS)
