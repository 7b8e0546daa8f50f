"""The same leads by Celery alone: a task a lead, `acks_late`, `reject_on_worker_lost`, retries, no ledger. Killed again and again it
pays for some of them twice: what the ledger is for.

`python -m tests.bench.bulk.plain_celery [leads] [kills]`
"""

import os
import random
import signal
import sys
import tempfile
import time
from pathlib import Path

import httpx
from celery import Celery, Task
from redis import Redis

from tests import embedded
from tests.bench.stage import start
from tests.dev import processes

BROKER, WIZA = "PLAIN_BROKER", "PLAIN_WIZA"
CHILDREN = 8
DELAY = 0.2
PATIENCE = 60.0
"""Seconds without another lead after which the rest counts as lost."""

app = Celery("plain", broker=os.environ.get(BROKER))
app.conf.update(
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    task_ignore_result=True,
    worker_prefetch_multiplier=1,
    broker_transport_options={
        "visibility_timeout": 10,
        "unacked_restore_interval": 2,
        "unacked_restore_throttle": 1,
    },
)


@app.task(bind=True, name="enrich", max_retries=5)
def enrich(self: "Task[..., None]", lead: int) -> None:
    """Ask for one lead, again when that fails, and note that it is done."""
    body = {"individual_reveal": {"profile_url": f"https://www.linkedin.com/in/p-{lead}"}}
    try:
        url = f"{os.environ[WIZA]}/wiza/api/individual_reveals"
        httpx.post(
            url, json=body, headers={"x-call-key": str(lead)}, timeout=5, trust_env=False
        ).raise_for_status()
    except httpx.HTTPError as error:
        raise self.retry(exc=error, countdown=1) from error
    Redis.from_url(os.environ[BROKER]).sadd("done", lead)


def main(leads: int, kills: int) -> None:
    """Enrich, kill, count."""
    folder = Path(tempfile.mkdtemp(prefix="quiver-plain-"))
    children: list[processes.Child] = []
    with embedded.valkey(folder / "valkey") as broker:
        try:
            wiza = start("wiza", ["-m", "tests.bench.bulk.wiza"], {}, "ready", children, folder)
            httpx.post(f"{wiza}/pace", json={"delay": DELAY}, trust_env=False).raise_for_status()
            environment = {BROKER: broker, WIZA: wiza}
            command = [
                "-m",
                "celery",
                "-A",
                "tests.bench.bulk.plain_celery",
                "worker",
                f"--concurrency={CHILDREN}",
            ]
            worker = processes.start("worker", command, environment, folder / "logs")
            children.append(worker)
            redis = Redis.from_url(broker)
            app.conf.broker_url = broker
            for lead in range(leads):
                enrich.delay(lead)
            killed = _kill(worker, redis, kills, leads)
            done = _wait(redis, leads)
            told = httpx.get(f"{wiza}/told", trust_env=False).json()
            print(f"{leads:,} leads, {killed} kills of a child: {done:,} done, {leads - done} lost,", end=" ")
            print(f"{told['twice']} of {told['keys']:,} paid for more than once")
        finally:
            processes.stop(children)
    embedded.remove(folder)


def _kill(worker: processes.Child, redis: "Redis[bytes]", kills: int, leads: int) -> int:
    """kill -9 of a child, as often as asked for while there is work; not before the first is done."""
    deadline = time.monotonic() + PATIENCE
    while not redis.scard("done"):
        processes.ensure_alive(worker)
        assert time.monotonic() < deadline, worker.last_lines(40)
        time.sleep(0.1)
    chance, killed = random.Random(7), 0
    while killed < kills and int(redis.scard("done")) < leads:
        time.sleep(chance.uniform(0.2, 0.6))
        pid = worker.process.pid
        told = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        if told:
            os.kill(int(chance.choice(told)), signal.SIGKILL)
            killed += 1
    return killed


def _wait(redis: "Redis[bytes]", leads: int) -> int:
    """How many are done once nothing more comes."""
    done, since = -1, time.monotonic()
    while done < leads and time.monotonic() - since < PATIENCE:
        now = int(redis.scard("done"))
        if now != done:
            done, since = now, time.monotonic()
        time.sleep(0.2)
    return done


if __name__ == "__main__":
    main(*(int(each) for each in (*sys.argv[1:], *("2000", "60")[len(sys.argv) - 1 :])))
