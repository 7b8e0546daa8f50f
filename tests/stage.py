"""Servers for a run of the evals: an empty Postgres and Valkey, and the sandbox, as a program of their own.

`python -m tests.stage FOLDER [--no-sandbox]` prints their URLs as one line of JSON and ends when its standard input does: a
killed evals run leaves nothing behind. Postgres keeps its data in FOLDER, so that a second run finds its schema made.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import httpx

from persistence import schema
from tests import embedded


def main() -> None:
    """Start, tell, wait, stop."""
    parser = argparse.ArgumentParser(prog="python -m tests.stage")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--no-sandbox", action="store_true")
    asked = parser.parse_args()
    with ExitStack() as servers:
        told = {
            "databaseUrl": servers.enter_context(embedded.postgres(asked.folder / "postgres", durable=False))
        }
        volatile = Path(servers.enter_context(tempfile.TemporaryDirectory(prefix="quiver-evals-")))
        told["redisUrl"] = servers.enter_context(embedded.valkey(volatile))
        if not asked.no_sandbox:
            told["sandboxUrl"] = servers.enter_context(sandbox())
        schema.upgrade(told["databaseUrl"])
        print(json.dumps(told), flush=True)
        sys.stdin.read()


@contextmanager
def sandbox() -> Iterator[str]:
    """A running sandbox; yields its URL. Raises RuntimeError when it does not answer."""
    port = embedded.free_port()
    command = [sys.executable, "-m", "tests.sandbox", "--port", str(port), "--token-delay", "0"]
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    url = f"http://127.0.0.1:{port}"
    try:
        _wait(url, process)
        yield url
    finally:
        process.terminate()
        process.wait(10)


def _wait(url: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        try:
            httpx.get(f"{url}/control/health", timeout=1, trust_env=False).raise_for_status()
        except httpx.HTTPError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError("The sandbox did not start.")


if __name__ == "__main__":
    main()
