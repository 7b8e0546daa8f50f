"""100,000 leads in one job: memory that stays, progress that lives, a neighbour of ten leads, and an end within a second.

`python -m tests.bench.bulk.hundred_thousand [leads [children]]`; it takes five minutes or more. One worker with one child is the
hardest for the neighbour: the usual one has two (`WORKER_CONCURRENCY`), and a job of many leads works in one of them.
"""

import sys
import time
from threading import Event, Thread

from tests.bench.bulk import leads as stored
from tests.bench.bulk.measuring import Scene
from tests.bench.stage import stage

LEADS = 100_000
FEW = 10
DELAY = 0.05
LONGER = 2.0
"""Times as long as alone that the neighbour may take."""


class Watched:
    """What is seen of a job and its worker while it runs."""

    def __init__(self, scene: Scene, job: str) -> None:
        self._scene, self._job = scene, job
        self._over = Event()
        self.memory: list[float] = []
        self.progress: list[int] = []
        self._thread = Thread(target=self._watch)
        self._thread.start()

    def _watch(self) -> None:
        while not self._over.wait(1.0):
            self.memory.append(self._scene.memory())
            job = self._scene.job(self._job)
            self.progress.append(job["completedSteps"])

    def end(self) -> None:
        """See no more."""
        self._over.set()
        self._thread.join()


def main(leads: int, children: int = 1) -> None:
    """Measure, and print."""
    with stage() as running:
        scene = Scene(running)
        try:
            stored.give_budget(scene.database, running.workspace_id)
            scene.start_worker(children)
            print(f"one worker, children: {children}")
            _measure(scene, leads)
        finally:
            scene.close()


def _measure(scene: Scene, leads: int) -> None:
    other = stored.other_workspace(scene.database, scene.stage.workspace_id)
    stored.give_budget(scene.database, other)
    scene.pace(delay=DELAY)
    alone = min(_few(scene, other) for _ in range(3))
    campaign = stored.fill(scene.database, scene.stage.workspace_id, 1, leads)[0]
    began = time.perf_counter()
    job = scene.begin(f"/campaigns/{campaign}/leads/enrich", {"all": True})
    print(f"a job of {leads:,} leads was answered after {time.perf_counter() - began:.2f} s", flush=True)
    watched = Watched(scene, job)
    time.sleep(20)
    beside = sorted(_few(scene, other) for _ in range(5))
    print(
        f"{FEW} leads of another workspace: alone {alone:.2f} s, beside it {beside[2]:.2f} s (median of 5, longest"
    )
    print(f"  {beside[-1]:.2f}), {beside[2] / alone:.2f} times, goal <= {LONGER}")
    while scene.job(job)["completedSteps"] < leads * 0.9 and time.perf_counter() - began < 1500:
        time.sleep(2)
    spent, done = time.perf_counter() - began, scene.job(job)["completedSteps"]
    print(f"{done:,} leads in {spent:.0f} s, {done / spent:.0f} a second, provider of {DELAY * 1e3:.0f} ms")
    _cancel(scene, job)
    watched.end()
    falls = sum(after < before for before, after in zip(watched.progress, watched.progress[1:], strict=False))
    first, last = watched.memory[len(watched.memory) // 10], max(watched.memory[-10:])
    print(f"progress read {len(watched.progress)} times: {len(set(watched.progress))} values, {falls} falls")
    print(f"memory of the worker {first:.0f} MB after a tenth, {last:.0f} MB at the end")
    told = scene.told()
    print(f"asked for twice: {told['twice']}; at most {told['most']} at once")


def _few(scene: Scene, workspace: int) -> float:
    """Seconds for a few leads of this workspace."""
    campaign = stored.fill(scene.database, workspace, 1, FEW)[0]
    began = time.perf_counter()
    scene.wait([scene.begin(f"/campaigns/{campaign}/leads/enrich", {"all": True})])
    return time.perf_counter() - began


def _cancel(scene: Scene, job: str) -> None:
    """Cancel, and see whether anything is asked for a second later."""
    answer = scene.client.post(f"/jobs/{job}/cancel")
    assert answer.status_code == 200, answer.text
    time.sleep(1.0)
    before = scene.told()["reveals"]
    time.sleep(4.0)
    after = scene.told()["reveals"]
    scene.wait([job], whole=False)
    print(
        f"cancelled: {after - before} calls began later than a second after; the job is {scene.job(job)['status']}"
    )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:3] or [LEADS]))
