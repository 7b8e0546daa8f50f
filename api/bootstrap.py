"""The one place where settings become real things. Everything a request may reach hangs on `Services`."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

import httpx
from redis.asyncio import Redis

from api.auth.callers import Callers
from api.auth.keys import KeySet
from api.auth.tickets import StreamTickets
from api.auth.tokens import TokenVerifier
from api.rate_limits import RateLimits
from api.settings import Settings, SettingsError
from api.transactions import Transactions
from persistence import redis_client
from persistence.checkpointer import PooledSaver, open_checkpointer
from persistence.session import Database
from persistence.turn_log import TurnLog
from tools.workspaces.leftovers import Leftovers, StoredLeftovers


@dataclass(frozen=True)
class Services:
    """What one process works with. Routes reach it as `ServicesDep`."""

    settings: Settings
    database: Database
    transactions: Transactions
    redis: Redis
    http: httpx.AsyncClient
    rate_limits: RateLimits
    tickets: StreamTickets
    callers: Callers
    checkpointer: PooledSaver
    leftovers: Leftovers


@asynccontextmanager
async def open_services(settings: Settings) -> AsyncIterator[Services]:
    """Open everything, and close it in the opposite order. Raises SettingsError for what is unsafe in production."""
    require_safe(settings)
    async with AsyncExitStack() as stack:
        database = Database(settings.database)
        stack.push_async_callback(database.close)
        redis = redis_client.connect(settings.redis)
        stack.push_async_callback(redis.aclose)
        http = await stack.enter_async_context(httpx.AsyncClient(trust_env=False, timeout=10.0))
        transactions = Transactions(
            database, pool_size=settings.database.pool_size, patience=settings.api.queue_seconds
        )
        rate_limits = RateLimits(redis)
        tickets = StreamTickets(redis, seconds=settings.auth.ticket_seconds)
        tokens = TokenVerifier(settings.auth, KeySet(settings.auth, http))
        callers = Callers(settings.auth, tokens, tickets, transactions, rate_limits)
        checkpointer = await stack.enter_async_context(open_checkpointer(settings.database))
        turn_log = TurnLog(
            redis, keep_running=settings.turns.log_running_ttl, keep_ended=settings.turns.log_ttl
        )
        yield Services(
            settings=settings,
            database=database,
            transactions=transactions,
            redis=redis,
            http=http,
            rate_limits=rate_limits,
            tickets=tickets,
            callers=callers,
            checkpointer=checkpointer,
            leftovers=StoredLeftovers(checkpointer, turn_log),
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
    if problems:
        raise SettingsError("; ".join(problems))
