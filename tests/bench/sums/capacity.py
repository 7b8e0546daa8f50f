"""What one turn, one lead and one request cost, measured, and what a hundred to a million workspaces then need.

Writes `tests/bench/capacity.md`.
"""

import time
from dataclasses import asdict
from pathlib import Path

import httpx
import psutil
import redis

from tests.bench import long_talk
from tests.bench.clock import cpu_seconds
from tests.bench.rest import batch
from tests.bench.stage import Stage
from tests.bench.sums.model import Cost, Need, Use, need

PAGE = Path(__file__).parents[1] / "capacity.md"
TURNS = 60
BATCHES = 5
REQUESTS = 400
SIZES = (100, 10_000, 1_000_000)


async def run(stage: Stage) -> None:
    """Measure, sum up, print and write."""
    async with httpx.AsyncClient(
        base_url=stage.api_url,
        headers={"Authorization": f"Bearer {stage.token}"},
        timeout=120,
        trust_env=False,
    ) as client:
        cost = Cost(**await _turns(stage), **await _leads(stage, client), **await _requests(stage, client))
    needs = [need(size, cost, Use()) for size in SIZES]
    PAGE.write_text(_page(cost, Use(), needs))
    print(f"capacity: {cost}")
    for each in needs:
        print(f"  {each}")


class _Meter:
    """CPU of the API and of Postgres since it was made, in ms."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._api = cpu_seconds(stage.api.process.pid)
        self._postgres = _postgres_seconds(stage)

    def api_ms(self, count: int) -> float:
        """The API's, for one of `count`."""
        return (cpu_seconds(self._stage.api.process.pid) - self._api) * 1000 / count

    def postgres_ms(self, count: int) -> float:
        """That of the servers of all connections that live, for one of `count`."""
        return (_postgres_seconds(self._stage) - self._postgres) * 1000 / count


def _postgres_seconds(stage: Stage) -> float:
    """User and system time of Postgres and its ended children, by the folder it was started for."""
    mark = str(stage.folder / "postgres")
    total = 0.0
    for process in psutil.process_iter(["cmdline"]):
        if mark not in " ".join(process.info["cmdline"] or []):
            continue
        times = process.cpu_times()
        total += times.user + times.system + times.children_user + times.children_system
        for child in process.children(recursive=True):
            own = child.cpu_times()
            total += own.user + own.system
    return total


async def _turns(stage: Stage) -> dict[str, float]:
    database, server = stage.settings["DATABASE_URL"], redis.Redis.from_url(stage.settings["REDIS_URL"])
    headers = {"Authorization": f"Bearer {stage.token}"}
    meter, held = _Meter(stage), server.info("memory")["used_memory"]
    talk = await long_talk.measure(
        stage.api, stage.api_url, headers, stage.workspace_id, database, turns=TURNS
    )
    said = TURNS + long_talk.EARLY + long_talk.AROUND
    return {
        "turn_api_ms": meter.api_ms(said),
        "turn_postgres_ms": meter.postgres_ms(said),
        "turn_bytes": talk.bytes_a_turn,
        "turn_redis_bytes": (server.info("memory")["used_memory"] - held) / said,
    }


async def _leads(stage: Stage, client: httpx.AsyncClient) -> dict[str, float]:
    made = await client.post(f"/workspaces/{stage.workspace_id}/campaigns", json={"name": "Capacity"})
    path = f"/campaigns/{made.raise_for_status().json()['data']['id']}/leads/batch"
    before, meter = long_talk.stored_bytes(stage.settings["DATABASE_URL"]), _Meter(stage)
    for number in range(BATCHES):
        sent = await client.post(path, content=batch(number), headers={"Content-Type": "application/json"})
        sent.raise_for_status()
    leads = BATCHES * 1_000
    spent = {"lead_api_ms": meter.api_ms(leads), "lead_postgres_ms": meter.postgres_ms(leads)}
    stored = long_talk.stored_bytes(stage.settings["DATABASE_URL"]) - before
    return spent | {"lead_bytes": stored / leads}


async def _requests(stage: Stage, client: httpx.AsyncClient) -> dict[str, float]:
    meter = _Meter(stage)
    for _ in range(REQUESTS):
        answer = await client.get(f"/workspaces/{stage.workspace_id}/leads", params={"limit": 50})
        answer.raise_for_status()
    return {"request_api_ms": meter.api_ms(REQUESTS), "request_postgres_ms": meter.postgres_ms(REQUESTS)}


def _page(cost: Cost, use: Use, needs: list[Need]) -> str:
    """The page: measured, assumed, summed up, and what breaks first."""
    rows = "\n".join(
        f"| {each.workspaces:,} | {each.turns_at_once:,.1f} | {each.requests_a_second:,.1f} | {each.api_processes:,} "
        f"| {each.worker_children:,} | {each.postgres_cores:,.1f} | {each.connections:,} | {each.stored_gib:,.0f} "
        f"| {each.redis_gib:,.2f} |"
        for each in needs
    )
    measured = "\n".join(
        f"| {name.replace('_', ' ')} | {value:,.2f} |" for name, value in asdict(cost).items()
    )
    assumed = "\n".join(f"| {name.replace('_', ' ')} | {value:g} |" for name, value in asdict(use).items())
    return TEXT.format(day=time.strftime("%Y-%m-%d"), measured=measured, assumed=assumed, rows=rows)


TEXT = """# Capacity

Written by `make bench PART=capacity` on {day}; the arithmetic is `sums/model.py`. What one of each costs was measured on one
machine of two shared cores with everything on it: another machine has other figures, so run it there. What a workspace does is
assumed: change `Use` to what is known. A turn's share of Postgres holds two VACUUM FULL of the measurement. What many do at once was not played, it is multiplied.

| measured: one of each | |
|---|---|
{measured}

| assumed of a workspace | |
|---|---|
{assumed}

At the peak, processes 60 % busy:

| workspaces | turns at once | requests a second | API processes | worker children | cores of Postgres | connections | stored GiB | Redis GiB |
|---|---|---|---|---|---|---|---|---|
{rows}

## What breaks first, and what carries it

- **100**: nothing. Two of each process stand there so that one may die.
- **10,000**: memory for `Leads` and its indexes, the first table that one server's memory no longer holds: partition it by hash of
  `ProjectID` (every hot statement names the workspace), or give the server more. Processes and connections are few.
- **1,000,000**: connections first (a server is at ease with some hundreds: lower DATABASE_POOL_SIZE and CHECKPOINT_POOL_SIZE, a request
  waits for its turn in order; then PgBouncer in session mode), then one Postgres, by storage and by cores. Every table that grows has `ProjectID`, and no statement but an operator's crosses
  workspaces, so Citus spreads them by it; the queues in front of it (one claim a workspace, leases by row) stay as they are.
  Redis: turn logs and job progress are keys of their own and go on Redis Cluster as they are; Celery's broker does not run on a
  cluster: give it its own server, or RabbitMQ (`CELERY_BROKER_URL`), which it then needs for the rate of messages too. Providers' limits
  come before all of this: a model's tokens a minute and Wiza's reveals are of the account, not of our machines.
"""
