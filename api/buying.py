"""What is bought of Wiza, made of the settings: for the API, and for workers that load no model.

`bootstrap.py` would load the graphs with it.
"""

from datetime import timedelta

from redis.asyncio import Redis

from api.settings import Settings
from persistence.session import Database
from tools.enrichment.enriching import Enricher
from tools.enrichment.together.enricher import TogetherEnricher
from tools.paid_calls.resolution import Resolver
from tools.paid_calls.reveals import Reveals
from tools.providers.wiza.client import WizaClient
from tools.providers.wiza.limits import WizaLimits
from tools.providers.wiza.wire import Wire


def make_wiza(settings: Settings, redis: Redis) -> WizaClient:
    """Wiza, its limits kept with all other processes."""
    limits = WizaLimits(settings.wiza, redis)
    return WizaClient(Wire(settings.wiza), limits, poll_interval=settings.wiza.poll_interval)


def make_reveals(settings: Settings, database: Database, wiza: WizaClient) -> Reveals:
    """Who buys what Wiza knows of people, each at most once."""
    base = settings.wiza.callback_base
    return Reveals(database, wiza, callback_base=str(base) if base else None)


def make_enricher(settings: Settings, database: Database, wiza: WizaClient) -> Enricher:
    """Who enriches leads one by one."""
    return Enricher(
        database,
        make_reveals(settings, database, wiza),
        wait=_wait(settings),
        doubt=timedelta(seconds=settings.wiza.callback_patience),
        patience=timedelta(seconds=settings.wiza.reveal_patience),
    )


def make_together(
    settings: Settings, database: Database, wiza: WizaClient, single: Enricher
) -> TogetherEnricher:
    """Who enriches many leads at once; those that are not plain go to `single`."""
    return TogetherEnricher(
        database,
        make_reveals(settings, database, wiza),
        wiza,
        single,
        at_once=settings.wiza.reveals_at_once,
        wait=_wait(settings),
        fresh=settings.wiza.total_timeout,
    )


def _wait(settings: Settings) -> float:
    """Wiza is waited for at most half of the time that a worker has for an item."""
    return min(settings.wiza.reveal_wait, settings.worker.time_limit / 2)


def make_resolver(settings: Settings, database: Database, wiza: WizaClient) -> Resolver:
    """Who looks after paid calls nobody waits for: from twice the time one request may take."""
    return Resolver(database, wiza, age=timedelta(seconds=2 * settings.wiza.total_timeout))
