"""Aegra, a server for LangGraph of others: the same streams from the same provider, Postgres and Valkey.

It lives in an environment of its own under `.dev/aegra`, which is made when it isn't there and `uv` can get it.
"""

import shutil
import subprocess
import sys
from pathlib import Path

import psycopg

from tests import embedded
from tests.bench import subjects, tokens
from tests.bench.hearing import Subject
from tests.bench.stage import Stage
from tests.dev import processes

HOME = processes.ROOT / ".dev" / "aegra"
APP = Path(__file__).parent / "aegra_app"
PACKAGES = ("aegra-api", "langchain-openai", "uvloop")
ROUNDS = 3
TOKEN_RATIO = 0.4
CHAT_RATIO = 0.2
CHAT_MS = 13.2
"""The same where Aegra takes 66 ms."""


async def run(stage: Stage) -> None:
    """Measure it beside the product, or say that it can't be had."""
    python = installed()
    if python is None:
        print("Aegra: not measured, aegra-api can't be installed here (it needs the package index)")
        return
    child, subject = _start(stage, python)
    try:
        costs = await tokens.measure(stage, [subject, subjects.quiver(stage)], rounds=ROUNDS)
    finally:
        processes.stop([child])
    aegra, quiver = costs["aegra"], costs["quiver"]
    print(f"a chat in Aegra and in the product, {tokens.AT_ONCE} streams at 50 tokens/s")
    tokens.show(costs)
    print(f"  CPU a token {quiver.token_us / aegra.token_us:.2f} of Aegra's, goal <= {TOKEN_RATIO}")
    print(
        f"  CPU a chat besides {quiver.chat_ms / aegra.chat_ms:.2f} of Aegra's, goal <= {CHAT_RATIO}, or {CHAT_MS} ms"
    )


def installed() -> Path | None:
    """The interpreter of Aegra's environment; None when it can't be made."""
    python = HOME / "bin" / "python"
    if not python.exists() and not any(map(_made, (_on_its_python(python), _on_ours(python)))):
        return None
    return python


def _on_its_python(python: Path) -> list[list[Path | str]]:
    """Commands that make the environment as Aegra wants it: with Python 3.12 or 3.13, which uv may have to get."""
    uv = Path(sys.executable).with_name("uv")
    return [
        [uv, "venv", "--quiet", "--python", ">=3.12,<3.14", HOME],
        [uv, "pip", "install", "--quiet", "--python", python, *PACKAGES],
    ]


def _on_ours(python: Path) -> list[list[Path | str]]:
    """The same where no such Python can be had. Aegra does not promise to run on ours; version 0.11 does."""
    return [
        [sys.executable, "-m", "venv", HOME],
        [python, "-m", "pip", "install", "--quiet", "--ignore-requires-python", *PACKAGES],
    ]


def _made(commands: list[list[Path | str]]) -> bool:
    """Whether all of these went well; nothing is left of an environment that was not finished."""
    if all(
        subprocess.run(command, check=False, stdin=subprocess.DEVNULL).returncode == 0 for command in commands
    ):
        return True
    shutil.rmtree(HOME, ignore_errors=True)
    return False


def _start(stage: Stage, python: Path) -> tuple[processes.Child, Subject]:
    port, url = embedded.free_port(), stage.settings["DATABASE_URL"]
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE DATABASE aegra")
    settings = {
        "DATABASE_URL": url.rpartition("/")[0] + "/aegra",
        "REDIS_URL": stage.settings["REDIS_URL"].removesuffix("/0") + "/3",
        "REDIS_BROKER_ENABLED": "true",
        "AEGRA_CONFIG": str(APP / "aegra.json"),
        "OPENAI_BASE_URL": stage.settings["OPENAI_BASE_URL"],
        "LOG_LEVEL": "ERROR",
        "ENV_MODE": "PRODUCTION",
    }
    command = ["-m", "uvicorn", "aegra_api.main:app", "--port", str(port), "--no-access-log"]
    child = processes.start("aegra", command, settings, stage.folder / "logs", python=python)
    processes.wait_until_ready(child, f"http://127.0.0.1:{port}/health")
    body = {
        "assistant_id": "agent",
        "input": {"messages": [{"role": "user", "content": subjects.MESSAGE}]},
        "stream_mode": ["messages-tuple"],
    }
    return child, Subject("aegra", child.process.pid, f"http://127.0.0.1:{port}/runs/stream", {}, body)
