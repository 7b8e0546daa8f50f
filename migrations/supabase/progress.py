"""How far a run is: a bar with rate and time left at a terminal, a line now and then elsewhere."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    SpinnerColumn,
    Task,
    TextColumn,
    TimeRemainingColumn,
)
from rich.text import Text

QUIET_SECONDS = 5.0


class Progression(Protocol):
    """Where the work tells how far it is."""

    def begin(self, what: str, total: int) -> None:
        """A new piece of work of so many rows."""
        ...

    def told(self, rows: int) -> None:
        """So many more rows are done."""
        ...


class _Rate(ProgressColumn):
    """Rows a second."""

    def render(self, task: Task) -> Text:
        speed = task.finished_speed or task.speed
        return Text(f"{speed:,.0f} rows/s" if speed else "")


class Bar:
    """A bar on standard error."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._task = progress.add_task("", total=None)

    def begin(self, what: str, total: int) -> None:
        """Start the bar anew."""
        self._progress.reset(self._task, description=what, total=total or None)

    def told(self, rows: int) -> None:
        """Move it on."""
        self._progress.advance(self._task, rows)


class Lines:
    """Lines on standard error, one every few seconds, for logs."""

    def __init__(self) -> None:
        self._what, self._total, self._rows = "", 0, 0
        self._began = self._said = time.monotonic()

    def begin(self, what: str, total: int) -> None:
        """Say what begins."""
        self._what, self._total, self._rows = what, total, 0
        self._began = self._said = time.monotonic()
        print(f"{what}: {total:,} rows", file=sys.stderr)

    def told(self, rows: int) -> None:
        """Say how far it is, unless that was said a moment ago."""
        self._rows += rows
        now = time.monotonic()
        if now - self._said < QUIET_SECONDS:
            return
        self._said = now
        rate = self._rows / (now - self._began)
        left = max(0, self._total - self._rows) / rate if rate else 0
        print(
            f"{self._what}: {self._rows:,} of {self._total:,}, {rate:,.0f} rows/s, {left:,.0f} s left",
            file=sys.stderr,
        )


class Silence:
    """For callers that want none."""

    def begin(self, what: str, total: int) -> None:
        """Nothing."""

    def told(self, rows: int) -> None:
        """Nothing."""


@contextmanager
def shown() -> Iterator[Progression]:
    """A bar at a terminal, else lines."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield Lines()
        return
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        _Rate(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console) as progress:
        yield Bar(progress)
