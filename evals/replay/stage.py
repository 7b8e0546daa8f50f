"""What replays run on: a scratch database that nobody else's data is in, the models, and a counter of prospects."""

import asyncio
import json
import subprocess
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from api.settings import read_section, settings_environment
from evals.replay.cache import AnswerCache
from evals.replay.errors import NotScratch, RunStopped
from evals.replay.models import Budget, CachedProvider, WatchedRouter
from persistence.models.user import Client
from persistence.redis_client import connect
from persistence.session import Database
from persistence.settings import DatabaseSettings, RedisSettings
from tools.providers.models.assembly import build_router
from tools.providers.models.pricing import Pricing
from tools.providers.models.settings import ModelSettings
from tools.providers.website.reader import WebsiteReader
from tools.providers.website.settings import WebsiteSettings
from tools.providers.wiza.client import WizaClient
from tools.providers.wiza.limits import WizaLimits
from tools.providers.wiza.settings import WizaSettings
from tools.providers.wiza.wire import Wire
from tools.suppressions.hashing import ContactHashes
from tools.suppressions.settings import DEVELOPMENT_KEY

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / ".dev" / "evals"
MARK = "evals-"
"""What the slug of each Client begins with that a run of the evals makes."""


@dataclass(frozen=True)
class Servers:
    """URLs. `sandbox` is None when the models are real."""

    database: str
    redis: str
    sandbox: str | None


@dataclass(frozen=True)
class Stage:
    """Everything that the graphs' run contexts need."""

    database: Database
    models: WatchedRouter
    budget: Budget
    prospects: WizaClient
    hashes: ContactHashes
    pages: WebsiteReader
    model_name: str
    sandbox: bool


@asynccontextmanager
async def open_servers(*, sandbox: bool) -> AsyncIterator[Servers]:
    """Scratch servers of this run's own, ended with it. Raises RunStopped when they don't start."""
    command = [sys.executable, "-m", "tests.stage", str(FOLDER), *([] if sandbox else ["--no-sandbox"])]
    FOLDER.mkdir(parents=True, exist_ok=True)
    process = await asyncio.create_subprocess_exec(
        *command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        line = await process.stdout.readline()
        if not line:
            raise RunStopped("The scratch servers did not start; is another run of the evals going on?")
        told = json.loads(line)
        yield Servers(told["databaseUrl"], told["redisUrl"], told.get("sandboxUrl"))
    finally:
        process.stdin.close()
        await process.wait()


@asynccontextmanager
async def open_stage(
    servers: Servers, *, cache: AnswerCache, budget: Budget, environment: Mapping[str, str] | None = None
) -> AsyncIterator[Stage]:
    """The stage on these servers; with a sandbox its models answer. Raises NotScratch, RunStopped."""
    values = dict(settings_environment() if environment is None else environment)
    if servers.database == values.get("DATABASE_URL"):
        raise NotScratch("This is the product's own database (DATABASE_URL): replays never run on it.")
    if servers.sandbox is not None:
        values |= _played(servers.sandbox)
    elif not values.get("OPENAI_API_KEY"):
        raise RunStopped("OPENAI_API_KEY is not set: set it, or run over the sandbox (--sandbox).")
    models = read_section(ModelSettings, values)
    wiza = read_section(WizaSettings, values)
    database = Database(DatabaseSettings.model_validate({"DATABASE_URL": servers.database}))
    redis = connect(RedisSettings.model_validate({"REDIS_URL": servers.redis}))
    wire, price = Wire(wiza), Pricing(models.prices)
    plain = build_router(models)
    address = str(models.base_url) if servers.sandbox is None else "sandbox"
    router = WatchedRouter(
        [CachedProvider(provider, cache, budget, price, address) for provider in plain.providers],
        price=price,
        concurrency=models.concurrency,
    )
    pages = WebsiteReader(WebsiteSettings())
    try:
        await _require_scratch(database)
        yield Stage(
            database,
            router,
            budget,
            WizaClient(wire, WizaLimits(wiza, redis), poll_interval=0.05),
            ContactHashes(DEVELOPMENT_KEY),
            pages,
            f"{models.model}, {models.fast_model}",
            servers.sandbox is not None,
        )
    finally:
        for thing in (router, wire, pages, database):
            await thing.close()
        await redis.aclose()


async def _require_scratch(database: Database) -> None:
    async with database.unit_of_work() as uow:
        foreign = select(Client.id).where(Client.slug.not_like(f"{MARK}%")).limit(1)
        if (await uow.session.execute(foreign)).first() is not None:
            raise NotScratch(
                "This database holds organisations that no run of the evals made: nothing is replayed on it."
            )


def _played(sandbox: str) -> dict[str, str]:
    """The settings of providers that the sandbox plays."""
    return {
        "OPENAI_API_KEY": "sk-sandbox",
        "OPENAI_BASE_URL": f"{sandbox}/openai/v1",
        "GEMINI_API_KEY": "",
        "WIZA_API_KEY": "sandbox-wiza",
        "WIZA_BASE_URL": f"{sandbox}/wiza",
        "WIZA_SEARCHES_PER_MINUTE": "100000",
    }
