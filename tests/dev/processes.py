"""Child processes of `make dev`: started with a log file each, watched, and stopped together."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import httpx

ROOT = Path(__file__).resolve().parents[2]
STOP_AFTER = 25.0
"""Seconds a process has to end by itself after SIGTERM: longer than the API's own drain."""


class ChildDied(Exception):  # noqa: N818 — a fact
    """A process of the product ended although it should run. The message holds the end of its log."""


@dataclass(frozen=True)
class Child:
    """One process and where its output goes."""

    name: str
    process: subprocess.Popen[bytes]
    log: Path

    def last_lines(self, count: int = 15) -> str:
        """The end of the log, for an error message."""
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-count:])


def start(
    name: str,
    command: Sequence[str],
    environment: Mapping[str, str],
    logs: Path,
    *,
    python: Path = Path(sys.executable),
) -> Child:
    """Start `python <command>` in a process group of its own, so that Ctrl-C reaches only us and the order is ours."""
    logs.mkdir(parents=True, exist_ok=True)
    path = logs / f"{name}.log"
    with path.open("wb") as log:
        process = subprocess.Popen(
            [python, *command],
            env={**os.environ, **environment, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"},
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    return Child(name, process, path)


def run(name: str, command: Sequence[str], environment: Mapping[str, str], logs: Path) -> None:
    """Run a command to its end. Raises ChildDied when it fails."""
    wait_until_done(start(name, command, environment, logs))


def wait_until_done(child: Child) -> None:
    """Wait for a command's end. Raises ChildDied when it failed."""
    if child.process.wait() != 0:
        raise ChildDied(f"{child.name} failed:\n{child.last_lines()}")


def wait_until_ready(child: Child, url: str, seconds: float = 180) -> None:
    """Wait until `url` answers 200. Raises ChildDied when the process ends first or time runs out."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        ensure_alive(child)
        try:
            if httpx.get(url, timeout=2, trust_env=False).status_code == httpx.codes.OK:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.1)
    raise ChildDied(f"{child.name} did not become ready in {seconds:.0f} seconds:\n{child.last_lines()}")


def ensure_alive(child: Child) -> None:
    """Raise ChildDied when the process has ended."""
    if child.process.poll() is not None:
        raise ChildDied(f"{child.name} ended with code {child.process.returncode}:\n{child.last_lines()}")


def stop(children: Sequence[Child]) -> None:
    """Stop the newest first; each gets time to finish what it does, then it is killed."""
    for child in reversed(children):
        if child.process.poll() is None:
            child.process.send_signal(signal.SIGTERM)
        try:
            child.process.wait(STOP_AFTER)
        except subprocess.TimeoutExpired:
            os.killpg(child.process.pid, signal.SIGKILL)
            child.process.wait()
