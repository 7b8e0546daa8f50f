"""A campaign of faults over one stage: each step starts what is left, lets something happen, and goes on."""

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

from tests.durability.campaigns import Campaign
from tests.durability.jobs.faults import WORKED_ON, Fault
from tests.durability.jobs.stage import LOOKING, Stage
from tools.jobs.steps import FINAL

POLL = 0.5
LOOK = 0.03
WATCHERS = 5
MORE = 500
DONE = {status.value for status in FINAL}


async def play(stage: Stage, campaign: Campaign, faults: Sequence[Fault]) -> Counter[str]:
    """Let the campaign's faults happen while leads are enriched; how many of each."""
    happened: Counter[str] = Counter()
    job: str | None = None
    for step in campaign.steps():
        await _supervise(stage)
        chance = campaign.chance(step)
        job = await _running(stage, job) or await _with_more(stage)
        await asyncio.sleep(chance.uniform(0.1, 0.6))
        fault = faults[step % len(faults)]
        await fault(stage, job, chance)
        happened[fault.__name__] += 1
    return happened


async def go_home(stage: Stage, *, seconds: float) -> None:
    """Let everything come to its end: what failed is started again, what is in doubt is decided by who looks at Wiza."""
    deadline = time.monotonic() + seconds
    await stage.stand.sandbox.behave_well()
    job: str | None = None
    while True:
        await _supervise(stage)
        found = await stage.statuses()
        waiting = await stage.found() - stage.left
        if not waiting and not found.get("enriching") and not await stage.open_items():
            return
        assert time.monotonic() < deadline, (
            f"not home: {found}, {job and await stage.job(job)}\n{_log(stage)}"
        )
        job = await _running(stage, job)
        await asyncio.sleep(POLL)


@asynccontextmanager
async def watched(stage: Stage) -> AsyncIterator[Counter[str]]:
    """Several look at the newest job again and again: how often at each.

    Progress that falls before the eyes of one of them is an error, but for items that somebody decided to do again: they count anew.
    """
    looks: Counter[str] = Counter()

    async def watch() -> None:
        highest: dict[str, int] = {}
        while True:
            await asyncio.sleep(LOOK)
            if (job := stage.newest) is None:
                continue
            answer = await stage.client.get(f"/jobs/{job}")
            if answer.status_code == 503:
                continue
            state = answer.json()["data"]
            looks[job] += 1
            least = highest.get(job, 0) - stage.retried[job]
            assert state["completedSteps"] >= least, f"fell below {least}: {state}"
            highest[job] = max(highest.get(job, 0), state["completedSteps"])

    watching = [asyncio.create_task(watch()) for _ in range(WATCHERS)]
    try:
        yield looks
    finally:
        for task in watching:
            task.cancel()
        ended = await asyncio.gather(*watching, return_exceptions=True)
    for end in ended:
        assert isinstance(end, asyncio.CancelledError), end


async def _supervise(stage: Stage) -> None:
    """Start the worker again when it ended by itself, as whoever runs it does, and say so."""
    worker = stage.stand.worker
    if worker is not None and worker.process.poll() is not None:
        print(f"the worker ended by itself:\n{worker.last_lines(20)}")
        await stage.stand.start_worker(*WORKED_ON)


def _log(stage: Stage) -> str:
    worker = stage.stand.worker
    return worker.last_lines(60) if worker else "no worker"


async def _running(stage: Stage, job: str | None) -> str | None:
    """A job that is under way: this one, or a new one for whoever is left; doubts of one that is over are decided."""
    if job is not None:
        state = await stage.job(job)
        if state["status"] not in DONE:
            return job
        await decide(stage, state)
        if (await stage.job(job))["status"] not in DONE:
            return job
    return await stage.start()


async def _with_more(stage: Stage) -> str:
    """Faults remain and nobody to be enriched: further leads."""
    await stage.more(MORE)
    job = await stage.start()
    assert job is not None
    return job


async def decide(stage: Stage, job: dict[str, Any]) -> None:
    """Decide about items in doubt like somebody who looks at Wiza's bill: again what is not on it, else left alone."""
    doubts = [each for each in job["failures"] if each["code"] == "needs_review"]
    if not doubts or job["status"] == "cancelled":
        return
    charges = (await stage.stand.sandbox.wiza())["charges"]
    keys = await stage.call_keys([each["leadId"] for each in doubts])
    for doubt in doubts:
        arrived = bool(charges.get(keys[doubt["leadId"]]))
        if arrived:
            stage.left.add(doubt["leadId"])
        else:
            stage.retried[job["jobId"]] += 1
        path = f"/jobs/{job['jobId']}/items/{doubt['itemId']}/resolve"
        answer = await stage.client.post(path, json={"action": "drop" if arrived else "retry"})
        assert answer.status_code in {200, 409}, answer.text


async def verdict(stage: Stage) -> None:
    """Nothing lost, nobody charged twice, and books that are true but for what Wiza never told the end of."""
    wiza = await stage.stand.sandbox.wiza()
    for told in (wiza["charges"], wiza["charged"]):
        told.pop(LOOKING, None)
    found = await stage.found()
    assert found <= stage.left, f"lost: {found - stage.left}"
    enriched = (await stage.statuses()).get("enriched", 0)
    assert enriched + len(found) == stage.leads
    twice = {key: count for key, count in wiza["charges"].items() if count > 1}
    assert not twice, f"charged twice: {twice}"
    reserved, spent = await stage.credits()
    assert reserved == 0, "held back for nothing"
    untold = await stage.untold()
    assert len(untold) <= len(stage.left)
    assert float(spent) == sum(cost for key, cost in wiza["charged"].items() if key not in untold)
    assert await stage.drift() == []
    print(f"{enriched} enriched, {len(found)} left by a person, {len(wiza['charges'])} charged, none twice")
