"""What a child needs for the work of the discovery talk, opened with the first message: a checkpointer can't be opened without waiting."""

import asyncio
from contextlib import AsyncExitStack
from dataclasses import dataclass

from agents.discovery.generation import SetGenerator
from agents.filters.optimiser import GraphOptimiser
from agents.runner import TurnRunner
from agents.runs import GraphRuns
from api.bootstrap import closed_by, make_runner, make_turn_log
from api.buying import make_wiza
from api.jobs.process import WorkerServices
from persistence.checkpointer import open_checkpointer
from tools.filters.port import FilterOptimiser
from tools.providers.models.assembly import build_router
from tools.providers.website.reader import WebsiteReader
from tools.suppressions.hashing import ContactHashes


@dataclass(frozen=True)
class TalkServices:
    """The mind of a worker's child, put together as the API's is."""

    generator: SetGenerator
    filters: FilterOptimiser
    runner: TurnRunner


class WorkerTalk:
    """One for each task of a child."""

    def __init__(self, services: WorkerServices, stack: AsyncExitStack) -> None:
        self._services = services
        self._stack = stack
        self._opening = asyncio.Lock()
        self._opened: TalkServices | None = None

    async def get(self) -> TalkServices:
        """The services."""
        async with self._opening:
            if self._opened is None:
                self._opened = await self._open()
            return self._opened

    async def _open(self) -> TalkServices:
        settings, database, redis = self._services.settings, self._services.database, self._services.redis
        saver = await self._stack.enter_async_context(open_checkpointer(settings.database))
        models = closed_by(self._stack, build_router(settings.models))
        wiza = closed_by(self._stack, make_wiza(settings, redis))
        hashes = ContactHashes(settings.suppressions.key.get_secret_value())
        pages = closed_by(self._stack, WebsiteReader(settings.website))
        work, limits = database.unit_of_work, settings.runs
        graphs = GraphRuns(database, work, saver, models, wiza, hashes, pages, limits)
        filters = GraphOptimiser(graphs, wiza)
        turn_log = make_turn_log(settings, redis)
        runner = closed_by(self._stack, make_runner(settings, database, saver, turn_log, models, filters))
        return TalkServices(SetGenerator(database, models, filters, limits), filters, runner)
