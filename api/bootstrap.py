"""The one place where settings become real things. Everything a request may reach hangs on `Services`."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import Protocol, TypeVar

import httpx
from redis.asyncio import Redis

from agents.discovery import graph as discovery
from agents.discovery.briefing import read_ahead
from agents.discovery.versions.upgrades import SHAPE
from agents.filters.optimiser import GraphOptimiser
from agents.outreach.drafter import GraphDrafter
from agents.runner import TurnRunner
from agents.runs import GraphRuns
from agents.turns.graph_run import TalkGraph
from agents.website.reader import GraphSiteReader
from api.auth.callers import Callers
from api.auth.keys import KeySet
from api.auth.tickets import StreamTickets
from api.auth.tokens import TokenVerifier
from api.broker import create_celery
from api.buying import make_wiza
from api.queue import OutboxQueue, Publisher
from api.rate_limits import RateLimits, WorkspaceLimit
from api.settings import Settings, SettingsError
from api.streaming.drafts import RunningDrafts
from api.transactions import Transactions
from persistence import redis_client
from persistence.checkpointer import PooledSaver, open_checkpointer
from persistence.job_progress import JobProgress
from persistence.session import Database
from persistence.turn_log import TurnLog
from tools.filters.port import FilterOptimiser
from tools.idempotency_releases import KeyReleases
from tools.outreach.drafter import Drafter
from tools.providers.models.assembly import build_router
from tools.providers.models.router import ModelRouter
from tools.providers.website.reader import WebsiteReader
from tools.suppressions.hashing import ContactHashes
from tools.suppressions.settings import DEVELOPMENT_KEY
from tools.websites.reading import SiteReader
from tools.workspaces.leftovers import StoredLeftovers
from tools.workspaces.removal import Removal, StoredRemoval


class Closable(Protocol):
    """What has to be closed."""

    async def close(self) -> None:
        """Let go of everything it holds."""
        ...


C = TypeVar("C", bound=Closable)

REMOVAL_SECONDS = 20.0
"""How long a request removes what a deleted workspace held before it leaves the rest to the sweep."""


@dataclass(frozen=True)
class Services:
    """What one process works with. Routes reach it as `ServicesDep`."""

    settings: Settings
    database: Database
    transactions: Transactions
    redis: Redis
    http: httpx.AsyncClient
    rate_limits: RateLimits
    workspace_limit: WorkspaceLimit
    tickets: StreamTickets
    callers: Callers
    models: ModelRouter
    websites: SiteReader
    queue: OutboxQueue
    progress: JobProgress
    checkpointer: PooledSaver
    removal: Removal
    contact_hashes: ContactHashes
    runner: TurnRunner
    graphs: GraphRuns
    filters: FilterOptimiser
    drafter: Drafter
    drafts: RunningDrafts
    key_releases: KeyReleases


@asynccontextmanager
async def open_services(settings: Settings) -> AsyncIterator[Services]:
    """Open everything, and close it in the opposite order. Raises SettingsError for what is unsafe in production."""
    require_safe(settings)
    async with AsyncExitStack() as stack:
        database = closed_by(stack, Database(settings.database))
        redis = redis_client.connect(settings.redis)
        stack.push_async_callback(redis.aclose)
        http = await stack.enter_async_context(httpx.AsyncClient(trust_env=False, timeout=10.0))
        transactions = make_transactions(settings, database)
        rate_limits = RateLimits(redis)
        tickets = StreamTickets(redis, seconds=settings.auth.ticket_seconds)
        tokens = TokenVerifier(settings.auth, KeySet(settings.auth, http))
        callers = Callers(settings.auth, tokens, tickets, transactions, rate_limits)
        checkpointer = await stack.enter_async_context(open_checkpointer(settings.database))
        turn_log = make_turn_log(settings, redis)
        models = closed_by(stack, build_router(settings.models))
        pages = closed_by(stack, WebsiteReader(settings.website))
        wiza = closed_by(stack, make_wiza(settings, redis))
        hashes = ContactHashes(settings.suppressions.key.get_secret_value())
        work, limits = transactions.open, settings.runs
        graphs = GraphRuns(database, work, checkpointer, models, wiza, hashes, pages, limits)
        filters = GraphOptimiser(graphs, wiza)
        queue = closed_by(stack, make_queue(settings, database))
        runner = closed_by(stack, make_runner(settings, database, checkpointer, turn_log, models, filters))
        if settings.turns.takeover:
            runner.watch_for_dead_turns()
        yield Services(
            settings=settings,
            database=database,
            transactions=transactions,
            redis=redis,
            http=http,
            rate_limits=rate_limits,
            workspace_limit=WorkspaceLimit(rate_limits, settings.api.workspace_limit),
            tickets=tickets,
            callers=callers,
            models=models,
            websites=GraphSiteReader(graphs, pages),
            queue=queue,
            progress=JobProgress(redis),
            checkpointer=checkpointer,
            removal=StoredRemoval(database, StoredLeftovers(database, turn_log), patience=REMOVAL_SECONDS),
            contact_hashes=hashes,
            runner=runner,
            graphs=graphs,
            filters=filters,
            drafter=GraphDrafter(graphs),
            drafts=closed_by(stack, RunningDrafts()),
            key_releases=closed_by(stack, KeyReleases(database)),
        )


def closed_by(stack: AsyncExitStack, thing: C) -> C:
    """The thing, which is closed when its turn on the stack comes."""
    stack.push_async_callback(thing.close)
    return thing


def make_transactions(settings: Settings, database: Database) -> Transactions:
    """The queue in front of the connections to Postgres."""
    return Transactions(database, pool_size=settings.database.pool_size, patience=settings.api.queue_seconds)


def make_turn_log(settings: Settings, redis: Redis) -> TurnLog:
    """Where what turns say is kept for whoever listens."""
    turns = settings.turns
    return TurnLog(redis, turns.log_running_ttl, turns.log_ttl, gather=turns.log_gather)


def make_queue(settings: Settings, database: Database) -> OutboxQueue:
    """The way to the workers."""
    publisher = Publisher(create_celery(settings.redis, settings.worker))
    return OutboxQueue(database, publisher, grace=settings.worker.outbox_grace)


def make_runner(
    settings: Settings,
    database: Database,
    saver: PooledSaver,
    turn_log: TurnLog,
    models: ModelRouter,
    filters: FilterOptimiser,
) -> TurnRunner:
    """The runner of the discovery talk's turns."""
    graph = TalkGraph(discovery.build().compile(), SHAPE, read_ahead)
    return TurnRunner(
        graph=graph,
        saver=saver,
        database=database,
        turn_log=turn_log,
        models=models,
        filters=filters,
        settings=settings.turns,
    )


def require_safe(settings: Settings) -> None:
    """Raise SettingsError for settings that are fine at home and dangerous where strangers come by."""
    if not settings.api.production:
        return
    problems = []
    if not settings.auth.supabase_url.startswith("https://"):
        problems.append("SUPABASE_URL must be https when ENV=production")
    if "*" in settings.api.allowed_hosts:
        problems.append("ALLOWED_HOSTS may not be * when ENV=production")
    if settings.console.sample_password:
        problems.append("CONSOLE_SAMPLE_PASSWORD may not be set when ENV=production")
    if settings.suppressions.key.get_secret_value() == DEVELOPMENT_KEY:
        problems.append("SUPPRESSION_KEY must be set when ENV=production")
    if problems:
        raise SettingsError("; ".join(problems))
