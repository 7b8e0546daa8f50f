"""Secrets that are planted everywhere turn up nowhere: not in logs, answers, checkpoints, Redis, messages or spans.

What people type is in the database and in the streams that show it to them, and nowhere else.
"""

import asyncio
import re
from base64 import b64decode
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import httpx
import psycopg
import pytest
from psycopg import sql
from redis.asyncio import Redis

from tests.durability.replicas import Replica, Zygote
from tests.fixtures.collector import Collector, collecting
from tests.fixtures.product import Product
from tests.journeys.followed import followed, worker
from tests.journeys.founder import Founder

pytestmark = pytest.mark.full
"""`make test-full PART=canaries`: half a minute."""

SECRETS = {
    "OPENAI_API_KEY": "sk-canary5Ae1openai",
    "GEMINI_API_KEY": "AIzacanary5Ae2gemini",
    "WIZA_API_KEY": "canary5Ae3wiza",
    "SUPABASE_JWT_SECRET": "canary5Ae4-supabase-secret-of-this-test",
    "SUPPRESSION_KEY": "canary5Ae5-suppressions-key-of-this-test",
}
PASSWORD = "canary5Ae6password"
HEADER = "canary5Ae7header"
COLLECTORS_KEY = "canary5Ae8collector"
TYPED = "canary5Ae9typed"
ADDRESS = "canary5Ae0@somebody.example"

BODY = re.compile(r'body\\?": ?\\?"([A-Za-z0-9+/=]+)')
"""What Celery writes for the worker, in base64, within a command that MONITOR shows."""


@dataclass
class Seen:
    """Everything that left the product's processes, by where."""

    answers: list[str] = field(default_factory=list)
    redis: list[str] = field(default_factory=list)

    async def note(self, response: httpx.Response) -> None:
        """Keep an answer's head and body."""
        await response.aread()
        self.answers.append(f"{response.headers}\n{response.text}")


@asynccontextmanager
async def watched_redis(redis_url: str, seen: Seen) -> AsyncIterator[None]:
    """Every command that any process sends to the server, with its arguments."""

    async def watch() -> None:
        async with Redis.from_url(redis_url, decode_responses=False) as redis, redis.monitor() as monitor:
            async for command in monitor.listen():
                seen.redis.append(command["command"])

    watching = asyncio.create_task(watch())
    try:
        yield
    finally:
        watching.cancel()


def settings(product: Product) -> dict[str, str]:
    """Every secret of the environment is a canary; Postgres and the sandbox take any."""
    address = urlsplit(product.environment["DATABASE_URL"])
    user = address.username or "postgres"
    url = address._replace(netloc=f"{user}:{PASSWORD}@{address.hostname}:{address.port}").geturl()
    return SECRETS | {"DATABASE_URL": url, "OTEL_EXPORTER_OTLP_HEADERS": f"x-key={COLLECTORS_KEY}"}


async def live(product: Product, client: httpx.AsyncClient) -> str:
    """A day with everything in it that touches a secret, its failures too; the ticket of a stream."""
    founder = await Founder.begin(client, "Acme")
    path = f"/workspaces/{founder.workspace_id}"
    await founder.describe({"company": {"companyName": "Acme", "oneSentencePitch": f"Pumps, {TYPED}"}})
    assert (await founder.say(f"We sell pumps to mines, {TYPED}, write to {ADDRESS}")).finished
    await fail(product, client, founder)
    campaign = (await client.post(f"{path}/campaigns", json={"name": TYPED})).json()["data"]["id"]
    body = {"fullName": TYPED, "email": ADDRESS, "company": "Acme"}
    lead = (await client.post(f"/campaigns/{campaign}/leads", json=body)).json()["data"]["id"]
    budget = {"tokensPerDay": None, "creditsPerMonth": 1000}
    assert (await client.put(f"{path}/budget", json=budget)).status_code == 200
    await client.get(f"/campaigns/{campaign}/leads", params={"q": TYPED})
    jobs = [
        await client.post(f"{path}/exports", json={"what": "leads", "format": "csv"}),
        await client.post(f"/leads/{lead}/enrich", json={"level": "partial"}),
    ]
    for answer in jobs:
        assert answer.status_code == 202, answer.text
        await over(client, answer.json()["data"]["jobId"])
    events = f"/jobs/{jobs[0].json()['data']['jobId']}/events"
    ticket = (await client.post("/auth/stream-tickets", json={"path": events})).json()["data"]["ticket"]
    async with httpx.AsyncClient(base_url=client.base_url, trust_env=False) as nobody:
        await nobody.get(events, params={"ticket": ticket})
    return str(ticket)


async def fail(product: Product, client: httpx.AsyncClient, founder: Founder) -> None:
    """What is refused, what a provider refuses, what is no JSON, whose token is wrong."""
    async with httpx.AsyncClient(base_url=product.sandbox_url, trust_env=False) as control:
        await control.post("/control/behaviour", json={"mode": "unauthorized", "provider": "openai"})
        await control.post("/control/behaviour", json={"mode": "unauthorized", "provider": "gemini"})
        try:
            assert not (await founder.say(f"And to quarries, {TYPED}")).finished
        finally:
            await control.delete("/control/behaviour")
    await client.post(
        "/workspaces", content=f'{{"name": "{TYPED}', headers={"Content-Type": "application/json"}
    )
    await client.post("/workspaces", json={"name": "A", "website": f"no address {TYPED}", HEADER: 1})
    await client.get("/auth/me", headers={"Authorization": f"Bearer {HEADER}.{HEADER}.{HEADER}"})
    await client.get(f"/leads/999999999?{HEADER}={HEADER}", headers={"Cookie": HEADER, "X-Api-Key": HEADER})


async def over(client: httpx.AsyncClient, job: str) -> None:
    """Wait until a job is final."""
    async with asyncio.timeout(60):
        while not (await client.get(f"/jobs/{job}")).json()["data"]["completedAt"]:  # noqa: ASYNC110 — another process has no event
            await asyncio.sleep(0.2)


def stored(product: Product) -> str:
    """Every row of every table as text, blobs in hexadecimal."""
    rows: list[str] = []
    with psycopg.connect(product.environment["DATABASE_URL"]) as connection:
        tables = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        for (table,) in tables:
            statement = sql.SQL("SELECT whole::text FROM {} whole").format(sql.Identifier(table))
            rows += [row[0] for row in connection.execute(statement)]
    return "\n".join(rows)


def hits(words: list[str], text: str) -> set[str]:
    """Which words are in there, plain or in hexadecimal."""
    return {word for word in words if word in text or word.encode().hex() in text}


async def test_no_secret_leaves_the_processes_and_what_is_typed_is_in_no_log_message_or_span(
    product: Product, zygote: Zygote, redis_url: str
) -> None:
    seen, email, told = Seen(), "canaries@example.com", settings(product)
    token = product.token(email)
    with collecting() as collector, worker(product, zygote, collector.url, told) as working:
        async with (
            watched_redis(redis_url, seen),
            followed(product, zygote, collector.url, told) as replica,
            product.client(email) as client,
        ):
            client.base_url, client.event_hooks = httpx.URL(replica.url), {"response": [seen.note]}
            client.headers["Authorization"] = f"Bearer {token}"
            ticket = await live(product, client)
            await collector.until(lambda spans: any(span.name == "job item" for span in spans), 40)
    secrets = [*SECRETS.values(), PASSWORD, HEADER, token.rpartition(".")[2], COLLECTORS_KEY]
    look(seen, collector, [replica, working], secrets, ticket)
    assert hits(secrets, stored(product)) == set()
    assert hits([TYPED], stored(product)), "the canary itself can be found"


def look(seen: Seen, collector: Collector, processes: list[Replica], secrets: list[str], ticket: str) -> None:
    """Nothing of it in what left the processes."""
    logs = "\n".join(process.log.read_text(errors="replace") for process in processes)
    spans = collector.raw.decode("latin-1")
    assert collector.named("turn")
    assert logs.count('"event": "job.') + logs.count('"event":"request"') > 5, "there are logs to look at"
    assert hits([*secrets, ticket, TYPED, ADDRESS], logs) == set()
    assert hits([*secrets, ticket, TYPED, ADDRESS], spans) == set()
    assert seen.redis
    assert hits(secrets, "\n".join(seen.redis)) == set()
    messages = [command for command in seen.redis if "argsrepr" in command]
    assert len(messages) >= 2, "the jobs' messages"
    bodies = [b64decode(body).decode() for body in BODY.findall("\n".join(messages))]
    assert any("job_id" in body for body in bodies)
    assert hits([*secrets, TYPED, ADDRESS], "\n".join([*messages, *bodies])) == set()
    own = [secret for secret in secrets if secret != HEADER]
    assert hits(own, "\n".join(seen.answers)) == set()
