"""The CPU that another process of this machine has used."""

import time

_PROCESS_CLOCK = 2
"""Linux: a process's clock is named by its id, turned over and shifted, and this."""


def cpu_seconds(pid: int) -> float:
    """User and system time of a process and all its threads, to the nanosecond (`/proc` counts in hundredths)."""
    return time.clock_gettime((~pid << 3) | _PROCESS_CLOCK)
