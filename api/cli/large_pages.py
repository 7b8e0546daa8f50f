"""Large pages for the memory that a process holds from its start on.

An interpreter jumps about in some 100 MB of code and tables. In pages of 4 KB their addresses are more than a processor keeps
translated, and a virtual machine translates each twice. Linux makes pages of 2 MB of memory that is there already when it is
asked to (madvise(2), MADV_COLLAPSE, since 6.1), whatever the system's setting; where it can't, all stays as it is.
"""

import ctypes
from collections.abc import Iterator
from pathlib import Path

MAPS = Path("/proc/self/smaps")
MADV_COLLAPSE = 25
"""Linux, include/uapi/asm-generic/mman-common.h; the `mmap` module does not know it."""
LARGE_PAGE = 2 << 20
FILLED = 0.75
"""How much of a piece of memory must be in use: the rest of it takes room, too, once it is in large pages."""


def use_large_pages() -> int:
    """Ask for large pages for what this process holds; for how many bytes the system agreed."""
    if not MAPS.exists():
        return 0
    libc = ctypes.CDLL(None, use_errno=True)
    libc.madvise.argtypes = (ctypes.c_size_t, ctypes.c_size_t, ctypes.c_int)
    return sum(size for start, size in _held() if libc.madvise(start, size, MADV_COLLAPSE) == 0)


def _held() -> Iterator[tuple[int, int]]:
    """Address and bytes of pieces of the heap that are large enough and well filled, in whole large pages.

    The file has a line of addresses for each piece (proc(5)), without a name where no file stands behind it, and lines of figures.
    """
    start = end = 0
    for line in MAPS.read_text().splitlines():
        first, *rest = line.split()
        if first == "Rss:" and int(rest[0]) * 1024 >= FILLED * (end - start):
            yield from _whole_pages(start, end)
        elif not first.endswith(":"):
            heap = rest[0] == "rw-p" and rest[4:] in ([], ["[heap]"])
            start, end = (int(address, 16) for address in first.split("-")) if heap else (0, 0)


def _whole_pages(start: int, end: int) -> Iterator[tuple[int, int]]:
    first = -(-start // LARGE_PAGE) * LARGE_PAGE
    size = (end - first) // LARGE_PAGE * LARGE_PAGE
    if size > 0:
        yield first, size
