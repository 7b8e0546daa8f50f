"""The clock of one worker of two is an hour off, either way: no lead is lost, none is paid for twice, progress and times make sense.

`make test-full PART=worker_clock`; needs Debian's libfaketime.
"""

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.durability.jobs.faults import WORKED_ON
from tests.durability.jobs.play import go_home, verdict
from tests.durability.jobs.stage import Stage, make_stage
from tests.fixtures.api import served
from tests.fixtures.jobs import JobStand

LIBRARY = next(iter(sorted(Path("/usr/lib").glob("*/faketime/libfaketime.so.1"))), None)
LEADS = 60
SECONDS = 120.0

pytestmark = [pytest.mark.full, pytest.mark.timeout(600)]


@asynccontextmanager
async def _two_workers(stand: JobStand, off: timedelta) -> AsyncIterator[None]:
    """One whose clock is right, which is killed in the middle, and the stand's own, whose clock is off by so much."""
    stand.kill_worker()
    await stand.start_worker(*WORKED_ON)
    right, stand.worker = stand.worker, None
    assert right is not None
    told = dict(stand.environment)
    # Only the time of day: how long something takes is measured by another clock, which no administrator can set.
    faked = {
        "FAKETIME": f"{off.total_seconds():+.0f}",
        "DONT_FAKE_MONOTONIC": "1",
        "LD_PRELOAD": str(LIBRARY),
    }
    stand.environment |= faked
    try:
        await stand.start_worker(*WORKED_ON)
        yield
    finally:
        for name in faked:
            stand.environment.pop(name)
        stand.environment |= told
        if right.process.poll() is None:
            os.killpg(right.process.pid, signal.SIGKILL)
            right.process.wait()
        stand.kill_worker()
        await stand.start_worker()


@pytest.mark.parametrize("off", [timedelta(hours=1), timedelta(hours=-1)], ids=["ahead", "behind"])
async def test_a_worker_whose_clock_is_an_hour_off_loses_and_repeats_nothing(
    job_stand: JobStand, off: timedelta
) -> None:
    assert LIBRARY, "There is no libfaketime: install it (Debian: apt-get install libfaketime)."
    async with served(job_stand.api.app, job_stand.callback_port), _two_workers(job_stand, off):
        stage = await make_stage(job_stand, LEADS)
        await job_stand.sandbox.wiza(delay=0.3)
        began = datetime.now(UTC)
        job = await stage.start()
        assert job is not None
        await asyncio.sleep(2)
        middle = await stage.job(job)
        await go_home(stage, seconds=SECONDS)
        await verdict(stage)
        done = await stage.job(job)
        _assert_sane(stage, done, middle, began)
        assert _told(job_stand, began + off), "its clock was right"


def _assert_sane(stage: Stage, done: dict[str, object], middle: dict[str, object], began: datetime) -> None:
    """What people are told of the job holds by their own clock."""
    left = middle["estimatedSecondsRemaining"]
    assert left is None or (isinstance(left, int | float) and 0 <= left < SECONDS * 2)
    assert done["status"] == "completed"
    assert (done["completedSteps"], done["totalSteps"]) == (stage.leads, stage.leads)
    for name in ("startedAt", "completedAt"):
        moment = datetime.fromisoformat(str(done[name]))
        print(f"{name}: {(moment - began).total_seconds():+.1f} s from the beginning")


def _told(stand: JobStand, about: datetime) -> bool:
    """Whether the log of the stand's worker is written in that time."""
    assert stand.worker is not None
    log = stand.worker.log.read_text(errors="replace")
    return f"{about:%Y-%m-%dT%H}" in log or f"{about + timedelta(minutes=5):%Y-%m-%dT%H}" in log
