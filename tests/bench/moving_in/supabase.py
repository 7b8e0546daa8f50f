"""Moving in from Supabase beside a plain COPY of the same rows into the same indexed tables, in one run of one server.

Time is that of the wall and of all processes' CPU, ours and Postgres', since others may use the cores. `LEADS` sets the size.
"""

import io
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

from migrations.supabase.moving.running import move
from migrations.supabase.progress import Silence
from migrations.supabase.sources.postgres import PostgresSource
from migrations.supabase.target.connection import open_target
from migrations.supabase.verifying import verify
from persistence import schema
from tests import embedded
from tests.fixtures.database import create_database
from tests.integration.migrate.old_data import fill_plain

TICKS = os.sysconf("SC_CLK_TCK")
SMALL = ("Clients", "Users", "Projects", "Experiments", "Campaigns")
LARGE = ("Persons", "Leads", "CompanyAssignments", "OutreachMessages")
TENANTS = 20
PIECE = 1 << 20


@dataclass
class Taken:
    """Seconds of the wall and of CPU."""

    wall: float = 0.0
    cpu: float = 0.0


def run() -> None:
    """Measure and print."""
    leads = int(os.environ.get("LEADS", "100000"))
    folder = Path(tempfile.mkdtemp(prefix="quiver-bench-"))
    try:
        with embedded.postgres(folder / "postgres", durable=False) as server:
            postmaster = int((folder / "postgres" / "postmaster.pid").read_text().splitlines()[0])
            _measure(server, postmaster, folder, leads)
    finally:
        embedded.remove(folder)


def _measure(server: str, postmaster: int, folder: Path, leads: int) -> None:
    old = create_database(server)
    fill_plain(old, tenants=TENANTS, leads=leads)
    ours = create_database(server)
    schema.upgrade(ours)
    template = ours.rpartition("/")[2]
    empty, live, copied = (create_database(server, template=template) for _ in range(3))
    with _timed(postmaster) as into_empty:
        _move(old, empty)
    with _timed(postmaster) as checked, open_target(empty) as target:
        assert verify(target, Silence()).well
    with _timed(postmaster) as into_live:
        _move(old, live, live=True)
    plain = _plain_copy(empty, copied, folder, postmaster)
    rows = sum(_count(empty, table) for table in LARGE)
    print(f"{leads:,} leads; {rows:,} rows of {', '.join(LARGE)}")
    for name, taken, goal in (
        ("plain COPY into the indexed tables", plain, ""),
        ("move into empty tables, reading and mapping included", into_empty, "<= 1.0x"),
        ("move into tables in use, indexes kept", into_live, "<= 1.5x"),
        ("verify every column of every row", checked, "<= 0.5x"),
    ):
        ratio = f"{taken.wall / plain.wall:5.2f}x wall {taken.cpu / plain.cpu:5.2f}x CPU"
        print(
            f"{name:55} {taken.wall:7.1f} s {taken.cpu:7.1f} s CPU {rows / taken.wall:9,.0f} rows/s {ratio} {goal}"
        )
    _measure_memory(old, server, template, leads)


def _move(source: str, target: str, *, live: bool = False) -> None:
    with open_target(target) as ours:
        assert move(PostgresSource(source), ours, Silence(), live=live).unaccounted == {}


def _plain_copy(source: str, target: str, folder: Path, postmaster: int) -> Taken:
    """The rows of a moved database, by COPY out of files into another; only the large tables are timed."""
    for table in SMALL:
        _copy_in(target, table, io.BytesIO(_dumped(source, table)))
    for table in LARGE:
        (folder / table).write_bytes(_dumped(source, table))
    with _timed(postmaster) as taken:
        for table in LARGE:
            with (folder / table).open("rb") as file:
                _copy_in(target, table, file)
    return taken


def _dumped(url: str, table: str) -> bytes:
    with (
        psycopg.connect(url) as connection,
        connection.cursor().copy(f'COPY "{table}" TO STDOUT'.encode()) as rows,
    ):
        return b"".join(bytes(row) for row in rows)


def _copy_in(url: str, table: str, file: io.BufferedIOBase) -> None:
    with (
        psycopg.connect(url) as connection,
        connection.cursor().copy(f'COPY "{table}" FROM STDIN'.encode()) as rows,
    ):
        while piece := file.read(PIECE):
            rows.write(piece)


def _count(url: str, table: str) -> int:
    with psycopg.connect(url) as connection:
        row = connection.execute(f'SELECT count(*) FROM "{table}"'.encode()).fetchone()
    return int(row[0]) if row else 0


def _measure_memory(old: str, server: str, template: str, leads: int) -> None:
    """The most that the command holds, for a fifth of the leads and for all."""
    fewer = create_database(server)
    fill_plain(fewer, tenants=TENANTS, leads=leads // 5)
    peaks = [_peak(source, create_database(server, template=template)) for source in (fewer, old)]
    print(
        f"most memory of the command: {peaks[0]} MB with {leads // 5:,} leads, {peaks[1]} MB with {leads:,}"
    )


def _peak(source: str, target: str) -> int:
    arguments = [sys.executable, "-m", "migrations.supabase", "run", source, "--target", target]
    process = os.posix_spawn(sys.executable, arguments, os.environ | {"PYTHONPATH": "."}, file_actions=QUIET)
    _, status, usage = os.wait4(process, 0)
    assert status == 0
    return usage.ru_maxrss // 1024


QUIET = [(os.POSIX_SPAWN_OPEN, number, "/dev/null", os.O_WRONLY, 0) for number in (1, 2)]


@contextmanager
def _timed(postmaster: int) -> Iterator[Taken]:
    taken = Taken()
    began, used = time.perf_counter(), _cpu(postmaster)
    yield taken
    taken.wall, taken.cpu = time.perf_counter() - began, _cpu(postmaster) - used


def _cpu(postmaster: int) -> float:
    """CPU seconds of this process, of the server and of its backends, gone ones too."""
    own = time.process_time()
    server = _fields(postmaster, slice(13, 17))
    backends = [
        _fields(int(path.name), slice(13, 15))
        for path in Path("/proc").iterdir()
        if _is_child(path, postmaster)
    ]
    return own + (sum(server) + sum(map(sum, backends))) / TICKS


def _is_child(path: Path, parent: int) -> bool:
    return path.name.isdigit() and _fields(int(path.name), slice(3, 4)) == [parent]


def _fields(process: int, which: slice) -> list[int]:
    """Fields of a process's stat, counted from 0; none when it is gone."""
    try:
        text = Path(f"/proc/{process}/stat").read_text()
    except OSError:
        return []
    fields = ["", "", *text.rpartition(")")[2].split()]
    return [int(field) for field in fields[which]]
