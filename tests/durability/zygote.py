"""`python -m tests.durability.zygote`: imports the API once and forks processes of it, so that one starts without importing.

It reads a JSON order a line from its standard input and answers each with a JSON line: `{"command", "environment", "log"}` forks
and gives `{"pid"}`; `{"reap": pid}` waits for that process's end and gives `{"code"}`. At the end of the input it ends itself.

What is forked has no thread, event loop, connection or setting from here: it becomes `./quiver <command>` in the environment
it was ordered with. It dies with this process.
"""

import ctypes
import gc
import importlib
import json
import os
import signal
import sys
import threading
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn

from api.cli.__main__ import main

PRELOADED = (
    "api.app",
    "api.cli.serve",
    "uvicorn.lifespan.on",
    "uvicorn.loops.uvloop",
    "uvicorn.protocols.http.httptools_impl",
    "uvicorn.protocols.websockets.auto",
)
"""What `./quiver serve` imports when it runs."""

PR_SET_PDEATHSIG = 1
libc = ctypes.CDLL(None, use_errno=True)


def obey() -> None:
    """Carry out orders until there are no more."""
    for name in PRELOADED:
        importlib.import_module(name)
    gc.collect()
    gc.freeze()
    answer({"ready": True})
    for line in sys.stdin:
        order: dict[str, Any] = json.loads(line)
        if "reap" in order:
            _, status = os.waitpid(order["reap"], 0)
            answer({"code": os.waitstatus_to_exitcode(status)})
        else:
            answer({"pid": fork(order["command"], order["environment"], Path(order["log"]))})


def answer(said: dict[str, Any]) -> None:
    """One line for whoever gave the order."""
    print(json.dumps(said), flush=True)


def fork(command: Sequence[str], environment: dict[str, str], log: Path) -> int:
    """A new process that runs a command of `./quiver`; its id."""
    threads = len(list(Path("/proc/self/task").iterdir()))
    assert threads == threading.active_count() == 1, "a thread would be lost in a fork"
    parent = os.getpid()
    pid = os.fork()
    if pid == 0:
        become(command, environment, log, parent)
    return pid


def become(command: Sequence[str], environment: dict[str, str], log: Path, parent: int) -> NoReturn:
    """Run the command as if this process had been started with it; never returns."""
    code: object = 1
    try:
        libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(1)
        os.setsid()
        _redirect(log)
        os.environ.clear()
        os.environ.update(environment)
        main(command)
        code = 0
    except SystemExit as end:
        code = end.code
    except BaseException:  # noqa: BLE001 — nothing of it may unwind into the loop of orders
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code if isinstance(code, int) else int(code is not None))


def _redirect(log: Path) -> None:
    """Nothing comes in, all that goes out goes to a file."""
    nothing = os.open(os.devnull, os.O_RDONLY)
    output = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
    for number, opened in ((0, nothing), (1, output), (2, output)):
        os.dup2(opened, number)
    os.close(nothing)
    os.close(output)


if __name__ == "__main__":
    obey()
