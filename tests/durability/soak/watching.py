"""What processes hold, sampled again and again, and whether it grows."""

import asyncio
import re
import statistics
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

RESIDENT = re.compile(r"^VmRSS:\s+(\d+) kB$", re.MULTILINE)
BETWEEN = 5.0
"""Seconds between two samples."""


@dataclass(frozen=True)
class Sample:
    """One look at a process with its children, `minute` minutes after the beginning."""

    minute: float
    megabytes: float
    descriptors: int


@dataclass
class Watched:
    """Processes by name, and what they held so far."""

    pids: Mapping[str, int]
    began: float = field(default_factory=time.monotonic)
    samples: dict[str, list[Sample]] = field(default_factory=dict)

    async def look(self, over: asyncio.Event) -> None:
        """Sample them until it is over."""
        while not over.is_set():
            for name, pid in self.pids.items():
                self.samples.setdefault(name, []).append(self._sample(pid))
            try:
                async with asyncio.timeout(BETWEEN):
                    await over.wait()
            except TimeoutError:
                continue

    def slope(self, name: str, *, after: float) -> float:
        """Megabytes a minute by which it grows, warmed up after so many minutes: the least squares' line."""
        kept = [sample for sample in self.samples[name] if sample.minute >= after]
        return statistics.linear_regression(
            [sample.minute for sample in kept], [sample.megabytes for sample in kept]
        ).slope

    def descriptors(self, name: str, *, after: float) -> tuple[float, float]:
        """How many it held in the first and in the last third of what follows the warming up: medians."""
        kept = [sample.descriptors for sample in self.samples[name] if sample.minute >= after]
        third = len(kept) // 3
        return statistics.median(kept[:third]), statistics.median(kept[-third:])

    def table(self, name: str) -> str:
        """A line a minute or so, for the report."""
        shown = self.samples[name][:: round(60 / BETWEEN)]
        return " ".join(f"{sample.megabytes:.0f}/{sample.descriptors}" for sample in shown)

    def _sample(self, pid: int) -> Sample:
        family = _family(pid)
        megabytes = sum(_megabytes(one) for one in family)
        return Sample(
            (time.monotonic() - self.began) / 60, megabytes, sum(_descriptors(one) for one in family)
        )


def _family(pid: int) -> list[int]:
    """A process and all below it that run."""
    children = _read(pid, f"task/{pid}/children").split()
    return [pid, *(below for child in children for below in _family(int(child)))]


def _megabytes(pid: int) -> float:
    """What it holds in memory; nothing once it has ended, as a worker's child does after its share of work."""
    found = RESIDENT.search(_read(pid, "status"))
    return int(found[1]) / 1024 if found else 0.0


def _descriptors(pid: int) -> int:
    try:
        return len(list(Path(f"/proc/{pid}/fd").iterdir()))
    except (FileNotFoundError, ProcessLookupError):
        return 0


def _read(pid: int, name: str) -> str:
    try:
        return Path(f"/proc/{pid}/{name}").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return ""
