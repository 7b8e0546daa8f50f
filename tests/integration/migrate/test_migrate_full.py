"""At 50,000 leads: killed with `kill -9` at thirty moments, a move ends as one that was never killed."""

import os
import random
import subprocess
import sys
import time
from collections.abc import Callable

import pytest

from tests.fixtures.database import create_database
from tests.integration.migrate.canonical import canonical
from tests.integration.migrate.conftest import run, verdict_on
from tests.integration.migrate.old_data import fill_awkward, fill_plain

KILLS = int(os.environ.get("KILLS", "30"))
LEADS = int(os.environ.get("LEADS", "50000"))
SEED = int(os.environ.get("SEED", "1"))
KILLED_AT_MOST = 3
"""Kills of one move, before it is let go to its end."""


def start(source: str, target: str) -> subprocess.Popen[bytes]:
    """The command, in a process of its own."""
    command = [sys.executable, "-m", "migrations.supabase", "run", source, "--target", target]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def finish(source: str, target: str) -> None:
    """Run it to its end; the killed one's last statement may still hold the lock for a moment."""
    for _ in range(120):
        process = start(source, target)
        said = process.communicate()[1].decode()
        if process.returncode == 0:
            return
        assert "Another move" in said, said
        time.sleep(0.5)
    raise AssertionError("the lock was never let go")


@pytest.mark.full
@pytest.mark.timeout(2400)
def test_thirty_kills_lose_and_double_nothing(postgres_url: str, new_target: Callable[[], str]) -> None:
    source = create_database(postgres_url)
    fill_plain(source, tenants=5, leads=LEADS)
    fill_awkward(source)
    unbroken = new_target()
    began = time.monotonic()
    finish(source, unbroken)
    whole = time.monotonic() - began
    expected = canonical(unbroken)
    dice = random.Random(SEED)
    kills = 0
    while kills < KILLS:
        target = new_target()
        for _ in range(min(KILLED_AT_MOST, KILLS - kills)):
            process = start(source, target)
            try:
                process.communicate(timeout=dice.uniform(0.5, whole))
            except subprocess.TimeoutExpired:
                process.kill()
                process.communicate()
                kills += 1
        finish(source, target)
        assert canonical(target) == expected, f"after {kills} kills, seed {SEED}"
    assert run(source, target).unaccounted == {}
    assert verdict_on(target).well
