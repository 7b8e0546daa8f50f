"""Jobs from the request to the worker and back, and what happens when parts of the way break."""

import asyncio
import contextlib
import json
import os
import signal
import threading
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
from sqlalchemy import func, select

from api.broker import create_celery
from api.queue import Publisher
from persistence.models.job import JobItem, OutboxMessage
from persistence.models.page_snapshot import PageSnapshot
from tests.embedded import free_port
from tests.fixtures.api import running_api, served
from tests.fixtures.jobs import JobStand
from tests.fixtures.websites import HostileSites, http
from tools.jobs.outbox import Hint

PAGE = "<html><head><title>Acme</title></head><body><h1>Acme</h1><p>Acme plans crews for harbour tugs.</p></body></html>"
ASYNC = {"Prefer": "respond-async"}


@dataclass
class Founder:
    """Somebody with a workspace."""

    client: httpx.AsyncClient
    workspace_id: int

    async def start(self, url: str = "https://acme.example/") -> str:
        """Start reading a website; the job's id."""
        body = {"url": url, "workspaceId": self.workspace_id}
        answer = await self.client.post("/scrape/website", json=body, headers=ASYNC)
        assert answer.status_code == 202, answer.text
        assert answer.json()["data"]["jobType"] == "website_scrape"
        return str(answer.json()["data"]["jobId"])


class HeldPage:
    """A page that is answered when the test lets it go."""

    def __init__(self) -> None:
        self.asked = asyncio.Event()
        self._asked = asyncio.Semaphore(0)
        self.release = asyncio.Event()
        self.times = 0

    async def asked_twice(self) -> None:
        """Wait until two readers wait for the page."""
        for _ in range(2):
            await asyncio.wait_for(self._asked.acquire(), 20)

    async def __call__(self, writer: asyncio.StreamWriter) -> None:
        self.times += 1
        self.asked.set()
        self._asked.release()
        await self.release.wait()
        writer.write(http(PAGE))
        await writer.drain()


@pytest.fixture
async def founder(job_stand: JobStand) -> Founder:
    client = job_stand.api.client()
    workspace = (await client.post("/workspaces", json={"name": "Acme"})).json()["data"]
    return Founder(client, workspace["id"])


@pytest.fixture(autouse=True)
def fresh_sites(job_stand: JobStand) -> HostileSites:
    job_stand.sites.forget()
    return job_stand.sites


@pytest.fixture
async def held(fresh_sites: HostileSites) -> AsyncIterator[HeldPage]:
    page = HeldPage()
    fresh_sites.answers["acme.example/"] = page
    yield page
    page.release.set()


async def snapshots(stand: JobStand, workspace_id: int) -> int:
    async with stand.database.unit_of_work() as uow:
        statement = select(func.count()).where(PageSnapshot.workspace_id == workspace_id)
        return int((await uow.session.execute(statement)).scalar_one())


async def attempts(stand: JobStand, job_id: str) -> int:
    async with stand.database.unit_of_work() as uow:
        return int(
            (await uow.session.execute(select(JobItem.attempt).where(JobItem.job_id == job_id))).scalar_one()
        )


async def test_a_job_goes_through_its_steps_and_keeps_what_it_read(
    job_stand: JobStand, founder: Founder, held: HeldPage
) -> None:
    job_id = await founder.start()
    running = await job_stand.wait_for(founder.client, job_id, "processing")
    await asyncio.wait_for(held.asked.wait(), 20)
    running = await job_stand.wait_for(founder.client, job_id, "processing")
    assert (running["progress"], running["progressText"]) == (0, "0% complete")
    assert (running["currentStep"], running["totalSteps"]) == ("Fetching page content", 4)
    held.release.set()
    done = await job_stand.wait_for(founder.client, job_id, "completed", "failed")
    assert done["status"] == "completed", done
    assert (done["progress"], done["completedSteps"], done["currentStep"]) == (100, 4, "Completed")
    assert done["output"]["content"].endswith("Acme plans crews for harbour tugs.")
    assert done["output"]["cleaned"] is False, "the model is away in these tests, and the result says so"
    assert done["startedAt"] <= done["completedAt"]
    workspace = (await founder.client.get(f"/workspaces/{founder.workspace_id}")).json()["data"]
    assert workspace["websiteScrape"]["content"] == done["output"]["content"]
    assert workspace["faviconUrl"] == "https://acme.example/favicon.ico"
    assert await snapshots(job_stand, founder.workspace_id) == 1
    listed = (await founder.client.get(f"/jobs/workspace/{founder.workspace_id}?status=completed")).json()
    assert [job["jobId"] for job in listed["data"]] == [job_id]


async def test_a_job_is_followed_to_its_end_over_one_stream(
    job_stand: JobStand, founder: Founder, held: HeldPage
) -> None:
    job_id = await founder.start()
    await asyncio.wait_for(held.asked.wait(), 20)
    states: list[dict[str, Any]] = []

    async def follow(url: str) -> None:
        async with (
            httpx.AsyncClient(base_url=url, headers=founder.client.headers, trust_env=False) as client,
            client.stream("GET", f"/jobs/{job_id}/events", timeout=30) as answer,
        ):
            assert answer.headers["content-type"].startswith("text/event-stream")
            async for line in answer.aiter_lines():
                if line == "data: [DONE]":
                    return
                if line.startswith("data: "):
                    states.append(json.loads(line.removeprefix("data: ")))
                    held.release.set()

    async with served(job_stand.api.app) as url:
        await asyncio.wait_for(follow(url), 30)
    assert (states[0]["status"], states[-1]["status"]) == ("processing", "completed")
    steps = [state["completedSteps"] for state in states]
    assert steps == sorted(steps)
    assert states[-1] == (await founder.client.get(f"/jobs/{job_id}")).json()["data"]
    stranger = job_stand.api.client()
    assert (await stranger.get(f"/jobs/{job_id}/events")).status_code == 404


async def test_a_message_delivered_many_times_is_worked_on_once(
    job_stand: JobStand, founder: Founder, held: HeldPage
) -> None:
    job_id = await founder.start()
    publisher = Publisher(create_celery(job_stand.api.settings.redis, job_stand.api.settings.worker))
    for _ in range(5):
        await asyncio.to_thread(publisher.publish, Hint("scrape-website", {"job_id": job_id}))
    await asyncio.wait_for(held.asked.wait(), 20)
    held.release.set()
    await job_stand.wait_for(founder.client, job_id, "completed")
    await asyncio.sleep(0.5)
    assert held.times == 1
    assert await snapshots(job_stand, founder.workspace_id) == 1


async def test_a_cancelled_job_stops_within_a_second_and_keeps_nothing(
    job_stand: JobStand, founder: Founder, held: HeldPage
) -> None:
    job_id = await founder.start()
    await asyncio.wait_for(held.asked.wait(), 20)
    answer = await founder.client.post(f"/jobs/{job_id}/cancel?jobType=website_scrape")
    assert (answer.status_code, answer.json()["data"]) == (200, True)
    job = await job_stand.wait_for(founder.client, job_id, "cancelled", seconds=1.5)
    assert job["output"] is None
    assert await snapshots(job_stand, founder.workspace_id) == 0
    again = await founder.client.post(f"/jobs/{job_id}/cancel")
    assert again.status_code == 200


async def test_a_refused_website_fails_with_its_reason(
    job_stand: JobStand, founder: Founder, fresh_sites: HostileSites
) -> None:
    fresh_sites.answers["other.example/robots.txt"] = http(
        "User-agent: *\nDisallow: /", content_type="text/plain"
    )
    job_id = await founder.start("other.example")
    job = await job_stand.wait_for(founder.client, job_id, "failed", "completed")
    assert job["status"] == "failed"
    assert "robots.txt" in job["errorMessage"]
    assert job["failures"][0]["code"] == "website_robots_refused"
    refused = await founder.client.post(f"/jobs/{job_id}/cancel")
    assert (refused.status_code, refused.json()["code"]) == (409, "job_over")


async def test_an_emptied_redis_loses_no_job(
    job_stand: JobStand, founder: Founder, held: HeldPage, fresh_sites: HostileSites
) -> None:
    fresh_sites.answers["third.example/"] = held
    fresh_sites.answers["fourth.example/"] = http(PAGE)
    busy = [await founder.start(), await founder.start("third.example")]
    await held.asked_twice()
    waiting = await founder.start("fourth.example")
    await job_stand.api.services.queue.settle()
    redis = job_stand.redis()
    await redis.flushall()
    await redis.aclose()
    held.release.set()
    for job_id in (*busy, waiting):
        await job_stand.wait_for(founder.client, job_id, "completed")
    assert await snapshots(job_stand, founder.workspace_id) == 3


async def test_a_worker_outlives_the_end_of_its_broker_and_finishes_what_it_is_at(
    job_stand: JobStand, founder: Founder, held: HeldPage, fresh_sites: HostileSites
) -> None:
    fresh_sites.answers["third.example/"] = held
    busy = [await founder.start(), await founder.start("third.example")]
    await held.asked_twice()
    assert job_stand.worker is not None
    children = job_stand.children()
    job_stand.valkey.kill()
    await asyncio.sleep(0.5)
    job_stand.valkey.start()
    await asyncio.sleep(2.5)  # Celery looks for its broker every two seconds
    assert job_stand.worker.process.poll() is None, job_stand.worker.last_lines(20)
    assert set(children) <= set(job_stand.children()), "what is begun goes on"
    held.release.set()
    for job_id in busy:
        await job_stand.wait_for(founder.client, job_id, "completed")
    assert await snapshots(job_stand, founder.workspace_id) == 2


async def test_a_broker_that_is_away_when_a_job_is_asked_for_delays_it_only(
    job_stand: JobStand, fresh_sites: HostileSites
) -> None:
    fresh_sites.answers["acme.example/"] = http(PAGE)
    nowhere = job_stand.environment | {"CELERY_BROKER_URL": f"redis://127.0.0.1:{free_port()}/0"}
    async with running_api(nowhere, job_stand.supabase) as lonely:
        client = lonely.client()
        workspace = (await client.post("/workspaces", json={"name": "Acme"})).json()["data"]
        job_id = await Founder(client, workspace["id"]).start()
        await job_stand.wait_for(client, job_id, "completed")
        async with job_stand.database.unit_of_work() as uow:
            unsent = select(func.count()).where(OutboxMessage.sent_at.is_(None))
            assert (await uow.session.execute(unsent)).scalar_one() == 0


async def test_a_worker_killed_in_the_middle_leaves_a_job_that_finishes_once(
    job_stand: JobStand, founder: Founder, held: HeldPage
) -> None:
    job_id = await founder.start()
    await asyncio.wait_for(held.asked.wait(), 20)
    job_stand.kill_worker()
    held.release.set()
    await job_stand.start_worker()
    job = await job_stand.wait_for(founder.client, job_id, "completed", seconds=40)
    assert job["progress"] == 100
    assert await attempts(job_stand, job_id) == 2
    assert await snapshots(job_stand, founder.workspace_id) == 1


@pytest.mark.full
async def test_a_schedule_that_dies_is_kept_by_another_process(job_stand: JobStand, founder: Founder) -> None:
    first = job_stand.schedule_keepers()[-1]
    os.kill(first, signal.SIGKILL)
    async with asyncio.timeout(20):
        while job_stand.schedule_keepers()[-1] == first:  # noqa: ASYNC110 — another process' log
            await asyncio.sleep(0.1)
    redis = job_stand.redis()
    await redis.flushall()
    await redis.aclose()
    job_id = await founder.start("other.example")
    await job_stand.wait_for(founder.client, job_id, "failed", "completed")


@pytest.mark.full
async def test_a_worker_tells_prometheus_of_all_its_processes_and_flower_of_its_tasks(
    job_stand: JobStand, founder: Founder, held: HeldPage
) -> None:
    held.release.set()
    celery = create_celery(job_stand.api.settings.redis, job_stand.api.settings.worker)
    heard: list[str] = []
    over = threading.Event()
    listening = threading.Thread(target=_listen, args=(celery, heard, over))
    listening.start()
    try:
        assert await asyncio.to_thread(celery.control.inspect(timeout=10).ping), "its remote control answers"
        job_id = await founder.start()
        await job_stand.wait_for(founder.client, job_id, "completed", "failed")
        async with asyncio.timeout(10):
            while "task-succeeded" not in heard:  # noqa: ASYNC110 — another thread's list
                await asyncio.sleep(0.05)
    finally:
        over.set()
        await asyncio.to_thread(listening.join)
    assert {"task-received", "task-started", "task-succeeded"} <= set(heard)
    async with httpx.AsyncClient(trust_env=False) as client:
        url = f"http://127.0.0.1:{job_stand.environment['WORKER_METRICS_PORT']}/metrics"
        figures = (await client.get(url)).text
    for name in (
        'quiver_job_seconds_count{kind="website_scrape",status="completed"}',
        'quiver_job_wait_seconds_count{kind="website_scrape"}',
        'quiver_job_items_total{code="",kind="website_scrape",state="done"}',
        'quiver_job_queue_items{queue="website-scraper",state="pending"}',
        'quiver_job_due_seconds{queue="default"}',
    ):
        assert name in figures, figures


def _listen(celery: Any, heard: list[str], over: threading.Event) -> None:
    """What Flower does: hear the events of all workers."""
    with celery.connection_for_read() as connection:
        receiver = celery.events.Receiver(
            connection, handlers={"*": lambda event: heard.append(event["type"])}
        )
        receiver.on_iteration = lambda: setattr(receiver, "should_stop", over.is_set())
        with contextlib.suppress(OSError):
            for _ in receiver.consume(limit=None, timeout=None, wakeup=False):
                pass


async def test_jobs_of_others_do_not_exist(job_stand: JobStand, founder: Founder, held: HeldPage) -> None:
    held.release.set()
    job_id = await founder.start()
    stranger = job_stand.api.client()
    answers: list[Any] = [
        await stranger.get(f"/jobs/{job_id}"),
        await stranger.post(f"/jobs/{job_id}/cancel"),
        await stranger.get(f"/jobs/workspace/{founder.workspace_id}"),
        await founder.client.get("/jobs/00000000-0000-4000-8000-000000000000"),
    ]
    assert [answer.status_code for answer in answers] == [404] * 4
    assert answers[0].json()["detail"] == answers[3].json()["detail"]
    await job_stand.wait_for(founder.client, job_id, "completed")
