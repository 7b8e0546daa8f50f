"""Large pages: asked for where the heap is large and full, and nothing of it changes."""

import subprocess
import sys
from pathlib import Path

import pytest

from api.cli import large_pages
from api.cli.large_pages import use_large_pages

SMAPS = """\
555500000000-555500500000 rw-p 00000000 00:00 0                          [heap]
Size:               5120 kB
Rss:                5120 kB
VmFlags: rd wr mr mw me ac
7f0000100000-7f0000700000 rw-p 00000000 00:00 0
Size:               6144 kB
Rss:                6000 kB
7f0010000000-7f0011000000 rw-p 00000000 00:00 0
Size:              16384 kB
Rss:                  24 kB
7f0020000000-7f0020800000 r-xp 00000000 fe:00 1234                       /usr/lib/libpython3.11.so
Size:               8192 kB
Rss:                8192 kB
7ffc00000000-7ffc00800000 rw-p 00000000 00:00 0                          [stack]
Size:               8192 kB
Rss:                8192 kB
7f0030000000-7f0030100000 rw-p 00000000 00:00 0
Size:               1024 kB
Rss:                1024 kB
"""
"""As Linux writes it (proc(5)): a full heap, a full piece that begins between two large pages, one hardly used, and others."""

GROWS = """
from pathlib import Path
from api.cli.large_pages import use_large_pages

def figure(name):
    told = Path("/proc/self/smaps_rollup")
    lines = told.read_text().splitlines() if told.exists() else []
    return sum(int(line.split()[1]) for line in lines if line.startswith(name))

held = [str(number) * 40 for number in range(200_000)]
before, room = figure("AnonHugePages:"), figure("Rss:")
agreed = use_large_pages() // 1024
print(agreed, figure("AnonHugePages:") - before, figure("Rss:") - room, all(text == str(i) * 40 for i, text in enumerate(held)))
"""


def test_only_what_is_large_and_full_is_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "smaps").write_text(SMAPS)
    monkeypatch.setattr(large_pages, "MAPS", tmp_path / "smaps")
    assert list(large_pages._held()) == [(0x555500000000, 4 << 20), (0x7F0000200000, 4 << 20)]


def test_where_the_system_has_no_such_file_all_stays_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(large_pages, "MAPS", tmp_path / "missing")
    assert use_large_pages() == 0


def test_what_the_system_agreed_to_is_in_large_pages_takes_little_more_room_and_reads_the_same() -> None:
    ran = subprocess.run([sys.executable, "-c", GROWS], capture_output=True, text=True, check=True)
    agreed, grown, more, same = ran.stdout.split()
    assert int(grown) == int(agreed), "a kernel before 6.1, or another system, agrees to nothing"
    assert int(more) < 0.3 * 50_000
    assert same == "True"
