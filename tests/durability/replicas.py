"""API processes on one database, forked on demand, and what can befall each: killed, frozen, told to stop."""

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

import httpx

from tests.dev.processes import ROOT, ChildDied
from tests.embedded import free_port

READY_SECONDS = 30.0
LAST_LINES = 15


class Zygote:
    """The process that every replica is forked from; see `zygote.py`."""

    def __init__(self, logs: Path) -> None:
        self._logs = logs
        with (logs / "zygote.log").open("wb") as errors:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.durability.zygote"],
                env={**os.environ, "PYTHONPATH": str(ROOT)},
                cwd=ROOT,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                start_new_session=True,
            )

    def fork(self, command: Sequence[str], environment: Mapping[str, str], name: str) -> tuple[int, Path]:
        """Start `./quiver <command>` in this environment; the process and its log."""
        log = self._logs / f"{name}.log"
        everything = {**os.environ, **environment}
        order = {"command": list(command), "environment": everything, "log": str(log)}
        return int(self._ask(order)["pid"]), log

    def reap(self, pid: int) -> int:
        """The exit code of a process that has ended, or that ends soon; negative: the signal that ended it."""
        return int(self._ask({"reap": pid})["code"])

    def wait_until_ready(self) -> None:
        """Return when it has imported everything."""
        self._answer()

    def end(self) -> None:
        """End it, and with it every process it forked."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(10)
        assert self._process.stdout is not None
        self._process.stdout.close()

    def _ask(self, order: dict[str, Any]) -> dict[str, Any]:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(order).encode() + b"\n")
        self._process.stdin.flush()
        return self._answer()

    def _answer(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise ChildDied(f"the zygote died:\n{last_lines(self._logs / 'zygote.log')}")
        return dict(json.loads(line))


@dataclass(eq=False)
class Replica:
    """One API process."""

    zygote: Zygote
    port: int
    pid: int
    log: Path
    code: int | None = None
    """How it ended; see `Zygote.reap`."""

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.port}"

    async def ready(self) -> Self:
        """Return when it answers that it is ready. Raises ChildDied when it doesn't in time."""
        return await self._answers("ready")

    async def alive(self) -> Self:
        """Return when it answers that it lives, whatever it needs is there or not. Raises ChildDied as `ready` does."""
        return await self._answers("health")

    async def _answers(self, path: str) -> Self:
        deadline = time.monotonic() + READY_SECONDS
        async with httpx.AsyncClient(trust_env=False, timeout=5) as client:
            while time.monotonic() < deadline and not self.ended():
                try:
                    if (await client.get(f"{self.url}/{path}")).status_code == httpx.codes.OK:
                        return self
                except httpx.TransportError:
                    pass
                await asyncio.sleep(0.02)
        raise ChildDied(f"the replica at {self.port} does not answer {path}:\n{last_lines(self.log)}")

    def kill(self) -> None:
        """`kill -9`, and only of this process."""
        self._signal(signal.SIGKILL)
        self.code = self.zygote.reap(self.pid)

    def freeze(self) -> None:
        """It does nothing until it thaws; its connections stay."""
        self._signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """It goes on as if no time had passed."""
        self._signal(signal.SIGCONT)

    def tell_to_stop(self) -> None:
        """As a roll-out does."""
        self._signal(signal.SIGTERM)

    async def end(self, seconds: float) -> int:
        """Its exit code, once it has ended by itself. Raises TimeoutError."""
        async with asyncio.timeout(seconds):
            while not self.ended():  # noqa: ASYNC110 — another process has no event
                await asyncio.sleep(0.02)
        if self.code is None:
            self.code = self.zygote.reap(self.pid)
        return self.code

    def ended(self) -> bool:
        """Whether it runs no more."""
        return self.code is not None or _state(self.pid) == "Z"

    def said(self, event: str) -> int:
        """How many lines of its log tell of this event."""
        return self.log.read_text(errors="replace").count(f'"event": "{event}"')

    def _signal(self, number: signal.Signals) -> None:
        assert self.code is None, "it has ended, and its id may be another process's"
        os.kill(self.pid, number)


@dataclass
class Replicas:
    """All replicas of one product: `settings` are every replica's, unless it is started with others."""

    zygote: Zygote
    settings: Mapping[str, str]
    running: list[Replica] = field(default_factory=list)

    async def start(self, settings: Mapping[str, str] | None = None) -> Replica:
        """A fresh replica that answers."""
        return await self.fork(settings).ready()

    def fork(self, settings: Mapping[str, str] | None = None) -> Replica:
        """A fresh replica that may not answer yet."""
        port = free_port()
        command = ["serve", "--port", str(port)]
        pid, log = self.zygote.fork(command, {**self.settings, **(settings or {})}, f"replica-{port}")
        replica = Replica(self.zygote, port, pid, log)
        self.running = [*(other for other in self.running if other.code is None), replica]
        return replica

    def kill_all(self) -> None:
        """End what still runs."""
        for replica in self.running:
            if replica.code is None:
                replica.kill()


def last_lines(log: Path) -> str:
    """The end of a log, for an error message."""
    return "\n".join(log.read_text(errors="replace").splitlines()[-LAST_LINES:])


def _state(pid: int) -> str:
    """The kernel's letter for how a process is: Z when it has ended and nobody has asked how."""
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
