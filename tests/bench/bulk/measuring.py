"""Bulk enrichment: 1,000 leads through worker, ledger, Postgres and Valkey, beside a program without any of them but the rows."""

import asyncio
import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

import httpx
import psycopg
from redis import Redis
from sqlalchemy import make_url

from tests.bench.bulk import leads as stored
from tests.bench.clock import cpu_seconds
from tests.bench.stage import Stage, start
from tests.dev import processes

LEADS = 1_000
AT_ONCE = 50
ROUNDS = 3
SLOWER = {0.05: 2.2, 0.5: 1.15}
"""Of a provider's seconds, how much longer than ideal all leads may take."""
CPU_MS = 1.2
COMMANDS = 0.2
MEMORY_MB = 120.0
START_MS = 50.0
STARTS = 20
PATIENCE = 120.0

SETTINGS = {
    "WIZA_REVEALS_PER_MINUTE": "10000000",
    "WIZA_API_KEY": "key",
    "WORKER_TIME_LIMIT": "50",
}


@dataclass(frozen=True)
class Run:
    """One job, or several at once: seconds from the request to the end, the worker's CPU, Redis' commands."""

    seconds: float
    cpu: float
    commands: int
    leads: int

    @property
    def cpu_ms(self) -> float:
        """Of a lead."""
        return self.cpu / self.leads * 1e3


class Scene:
    """The stand-in for Wiza, workers, and who asks."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.database = stage.settings["DATABASE_URL"]
        self._children: list[processes.Child] = []
        self.wiza = start("wiza", ["-m", "tests.bench.bulk.wiza"], {}, "ready", self._children, stage.folder)
        self.settings = stage.settings | SETTINGS | {"WIZA_BASE_URL": f"{self.wiza}/wiza"}
        self.workers: list[processes.Child] = []
        headers = {"Authorization": f"Bearer {stage.token}"}
        self.client = httpx.Client(base_url=stage.api_url, headers=headers, trust_env=False, timeout=60)
        broker = make_url(stage.settings["REDIS_URL"])
        self.redis = Redis.from_url(broker.render_as_string(hide_password=False))

    def start_worker(self, children: int = 1) -> None:
        """One more worker of enrichment."""
        command = ["-m", "api.jobs", "worker", "--queues", "lead-enrichment", "--concurrency", str(children)]
        name = f"worker-{len(self.workers) + 1}"
        worker = processes.start(name, command, self.settings, self.stage.folder / "logs")
        self.workers.append(worker)
        deadline = time.monotonic() + 90
        while " ready." not in worker.log.read_text(errors="replace"):
            processes.ensure_alive(worker)
            assert time.monotonic() < deadline, worker.last_lines(40)
            time.sleep(0.1)

    def close(self) -> None:
        """Stop everything that was started here."""
        self.client.close()
        processes.stop([*self._children, *self.workers])

    def pace(self, **how: Any) -> None:
        """How Wiza answers from now on."""
        httpx.post(f"{self.wiza}/pace", json=how, trust_env=False).raise_for_status()

    def told(self) -> dict[str, Any]:
        """What Wiza was asked since."""
        answer: dict[str, Any] = httpx.get(f"{self.wiza}/told", trust_env=False).json()
        return answer

    def processes(self) -> list[int]:
        """The workers and their children."""
        pids = [worker.process.pid for worker in self.workers]
        for pid in list(pids):
            told = Path(f"/proc/{pid}/task/{pid}/children").read_text()
            pids += [int(child) for child in told.split()]
        return pids

    def memory(self) -> float:
        """Megabytes of the workers, what parent and child share counted once."""
        return sum(map(_megabytes, self.processes()))

    def run(self, campaigns: list[int]) -> Run:
        """Enrich all leads of these campaigns, a job each."""
        leads = LEADS * len(campaigns)
        cpu = sum(map(cpu_seconds, self.processes()))
        commands = self._commands()
        began = time.perf_counter()
        jobs = [self.begin(f"/campaigns/{each}/leads/enrich", {"all": True}) for each in campaigns]
        self.wait(jobs)
        seconds = time.perf_counter() - began
        time.sleep(0.2)
        return Run(seconds, sum(map(cpu_seconds, self.processes())) - cpu, self._commands() - commands, leads)

    def starts(self, leads: list[int]) -> list[float]:
        """Milliseconds from the request for a job to its beginning, as Postgres' clock tells them."""
        jobs = []
        for lead in leads:
            jobs.append(self.begin(f"/leads/{lead}/enrich", {}))
            self.wait(jobs[-1:])
        with psycopg.connect(self.database) as connection:
            told = 'SELECT extract(epoch FROM "StartedAt" - "CreatedAt") * 1000 FROM "Jobs" WHERE "JobID" = ANY(%s::uuid[])'
            return [float(row[0]) for row in connection.execute(told, [jobs])]

    def begin(self, path: str, body: dict[str, Any]) -> str:
        """Start a job; its id."""
        answer = self.client.post(path, json=body)
        assert answer.status_code == 202, answer.text
        return str(answer.json()["data"]["jobId"])

    def wait(self, jobs: list[str], *, whole: bool = True) -> None:
        """Wait until these jobs are over, and `whole`: completed, without a failure."""
        told = 'SELECT count(*) FROM "Jobs" WHERE "JobID" = ANY(%s::uuid[]) AND "CompletedAt" IS NULL'
        deadline = time.monotonic() + PATIENCE
        with psycopg.connect(self.database, autocommit=True) as connection:
            while (row := connection.execute(told, [jobs]).fetchone()) and row[0]:
                assert time.monotonic() < deadline, f"{self._left(jobs)} {self.workers[0].last_lines(40)}"
                time.sleep(0.02)
            if not whole:
                return
            failed = 'SELECT "Status", "Output" FROM "Jobs" WHERE "JobID" = ANY(%s::uuid[])'
            for status, output in connection.execute(failed, [jobs]):
                assert status == "completed", output
                assert not (output or {}).get("failed"), (output, self.workers[0].last_lines(40))

    def job(self, job: str) -> dict[str, Any]:
        """How a job stands."""
        data: dict[str, Any] = self.client.get(f"/jobs/{job}").json()["data"]
        return data

    def _left(self, jobs: list[str]) -> list[Any]:
        told = 'SELECT "State", count(*) FROM "JobItems" WHERE "JobID" = ANY(%s::uuid[]) GROUP BY 1'
        with psycopg.connect(self.database) as connection:
            return connection.execute(told, [jobs]).fetchall()

    def _commands(self) -> int:
        told: Any = self.redis.info("stats")
        return int(told["total_commands_processed"])

    def limit(self, campaign: int) -> tuple[float, float]:
        """Seconds and CPU of the limit over a campaign's leads."""
        command = [sys.executable, "-m", "tests.bench.bulk.limit", "--campaign", str(campaign)]
        command += ["--database", self.database, "--redis", self.stage.settings["REDIS_URL"]]
        command += ["--url", f"{self.wiza}/wiza/api/individual_reveals"]
        env = {**os.environ, "PYTHONPATH": str(processes.ROOT)}
        said = subprocess.run(command, capture_output=True, check=True, env=env, cwd=processes.ROOT).stdout
        spent = json.loads(said)
        return float(spent["seconds"]), float(spent["cpu"])


def _megabytes(pid: int) -> float:
    """Of a process, its share of what it has in common with others."""
    rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
    return next(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:")) / 1024


async def run(stage: Stage) -> None:
    """Measure in turns, print."""
    await asyncio.to_thread(_run, stage)


def _run(stage: Stage) -> None:
    scene = Scene(stage)
    try:
        stored.give_budget(scene.database, stage.workspace_id)
        scene.start_worker()
        for delay, times in SLOWER.items():
            _one_job(scene, delay, times)
        _starts(scene)
        print(f"memory of a worker with one child {scene.memory():.0f} MB, goal <= {MEMORY_MB:.0f}")
        _two_jobs(scene)
        scene.start_worker()
        _two_jobs(scene)
    finally:
        scene.close()


def _campaigns(scene: Scene, count: int = 1, leads: int = LEADS, workspace: int | None = None) -> list[int]:
    workspace = workspace or scene.stage.workspace_id
    return stored.fill(scene.database, workspace, count, leads)


def _one_job(scene: Scene, delay: float, times: float) -> None:
    """A job of 1,000 leads, in turns with the limit."""
    ideal = LEADS / AT_ONCE * delay
    runs: list[Run] = []
    limits: list[tuple[float, float]] = []
    for number in range(ROUNDS + 1):
        scene.pace(delay=delay)
        limit = scene.limit(_campaigns(scene)[0])
        scene.pace(delay=delay)
        ours = scene.run(_campaigns(scene))
        told = scene.told()
        assert told["twice"] == 0
        assert told["reveals"] == LEADS
        if number:  # the first warms up
            runs.append(ours)
            limits.append(limit)
        if number == 2 and delay > 0.1:
            break
    seconds, cpu = median(run.seconds for run in runs), median(run.cpu_ms for run in runs)
    limit_seconds = median(seconds for seconds, _ in limits)
    limit_cpu = median(cpu for _, cpu in limits) / LEADS * 1e3
    commands = median(run.commands / run.leads for run in runs)
    print(f"{LEADS:,} leads, provider of {delay * 1e3:.0f} ms, 50 at once: ideal {ideal:.1f} s")
    print(
        f"  limit    {limit_seconds:6.2f} s  {limit_seconds / ideal:5.2f} x ideal  CPU of a lead {limit_cpu:5.2f} ms"
    )
    print(
        f"  quiver   {seconds:6.2f} s  {seconds / ideal:5.2f} x ideal  CPU of a lead {cpu:5.2f} ms  most at once {told['most']}"
    )
    print(
        f"  goals: <= {times} x ideal, CPU <= {CPU_MS} ms; Redis commands a lead {commands:.2f}, goal <= {COMMANDS}"
    )


def _starts(scene: Scene) -> None:
    """From the request to the beginning of a job of one lead."""
    scene.pace(delay=0.0)
    told = scene.starts(stored.leads(scene.database, _campaigns(scene, 1, STARTS)[0]))
    print(
        f"from request to start {median(told):.1f} ms (longest of {STARTS} {max(told):.1f}), goal <= {START_MS:.0f}"
    )


def _two_jobs(scene: Scene) -> None:
    """Two workspaces ask at the same time."""
    scene.pace(delay=0.05)
    other = stored.other_workspace(scene.database, scene.stage.workspace_id)
    stored.give_budget(scene.database, other)
    ours = scene.run([*_campaigns(scene), *_campaigns(scene, workspace=other)])
    each = ours.leads / ours.seconds
    count = len(scene.workers)
    print(
        f"two workspaces, 2 x {LEADS:,} leads of 50 ms, {count} worker{'s' * (count > 1)} of one child each"
    )
    print(f"  {ours.seconds:6.2f} s  {each:6.0f} leads a second  CPU of a lead {ours.cpu_ms:5.2f} ms")
