"""Enriches many leads of one job at once: each by itself as it goes, their writing gathered."""

import asyncio
import time
from collections.abc import Sequence

import structlog

from persistence.session import Database
from persistence.types import JobID
from tools.enrichment.enriching import Enricher, coming_back
from tools.enrichment.together.beginning import Beginner, Begun
from tools.enrichment.together.keeping import Heard, Keeper
from tools.gathering import Gathering
from tools.jobs.claims import ClaimedItem, ComeBack
from tools.paid_calls.many import note_references
from tools.paid_calls.reveals import Reveals, unbroken
from tools.providers.wiza.client import Progress, WizaClient

BATCH = 50
PAUSE = 0.04
"""Seconds that wishes are gathered for."""
SOON = 0.005
"""The same for ids: until one is kept, a process that dies leaves a call nobody can ask for. And for what is withdrawn: who
gives way is waited for."""

log = structlog.get_logger(__name__)


class TogetherEnricher:
    """Enriches leads of one process. What is not plain goes the way of a single lead (`enriching.py`)."""

    def __init__(
        self,
        database: Database,
        reveals: Reveals,
        wiza: WizaClient,
        single: Enricher,
        *,
        at_once: int,
        wait: float,
        fresh: float,
    ) -> None:
        """`at_once`: requests under way. `wait`: seconds to wait for a reveal's end. `fresh`: how old an intent may be sent."""
        self._database = database
        self._reveals = reveals
        self._wiza = wiza
        self._single = single
        self._places = asyncio.Semaphore(at_once)
        self._wait = wait
        self._fresh = fresh
        self._beginner = Beginner(database, wiza)
        self._keeper = Keeper(database)
        self._beginnings: dict[JobID, Gathering[ClaimedItem, Begun | None]] = {}
        self._keepings: dict[JobID, Gathering[Heard, bool]] = {}
        self._withdrawals: Gathering[Begun, None] = Gathering(self._beginner.withdraw, pause=SOON, most=BATCH)
        self._references: Gathering[tuple[str, str, str], None] = Gathering(
            self._note, pause=SOON, most=BATCH
        )

    async def enrich(self, item: ClaimedItem) -> None:
        """Enrich the lead of an item, and end the item. Raises as `Enricher.enrich`."""
        begun = await self._begun(item)
        if begun is None or not await self._carried_out(item, begun):
            await self._single.enrich(item)

    async def _begun(self, item: ClaimedItem) -> Begun | None:
        """The call that was begun for this item; what was begun for somebody who is gone is undone."""
        gathering = self._beginnings.get(item.job_id)
        if gathering is None:
            self._beginnings.clear()
            gathering = Gathering(self._beginner.begin, pause=PAUSE, most=BATCH)
            self._beginnings[item.job_id] = gathering
        asking = asyncio.ensure_future(gathering.ask(item))
        try:
            with coming_back():
                return await asyncio.shield(asking)
        except asyncio.CancelledError:
            await asyncio.wait({asking})
            if not asking.cancelled() and asking.exception() is None:
                await self._withdraw(asking.result())
            raise

    async def _withdraw(self, begun: Begun | None) -> None:
        if begun is not None:
            await self._withdrawals.ask(begun)

    async def _carried_out(self, item: ClaimedItem, begun: Begun) -> bool:
        """Send it, wait for its end, and keep that; whether the item is ended with its lead enriched.

        From sending to noting what was heard nothing is cut off. Raises WizaFailures, and ComeBack when it waited too long.
        """
        await self._take_place(begun)
        with coming_back():
            ended = await unbroken(self._sent(item, begun))
            if not isinstance(ended, Progress):
                return ended
            progress = await self._wiza.wait_for_reveal(ended.reference, seconds=self._wait)
            return progress.done and await unbroken(self._ended(item, begun, progress))

    async def _take_place(self, begun: Begun) -> None:
        """Wait for one of the places; what waited too long, or is not wanted any more, is withdrawn."""
        try:
            await self._places.acquire()
        except asyncio.CancelledError:
            await unbroken(self._withdraw(begun))
            raise
        if time.monotonic() - begun.at > self._fresh:
            self._places.release()
            await unbroken(self._withdraw(begun))
            raise ComeBack(0)

    async def _sent(self, item: ClaimedItem, begun: Begun) -> Progress | bool:
        """Send once. Of what has not ended yet the id is kept before anything else; an end is kept with the lead."""
        try:
            progress = await self._reveals.start(begun.key, begun.owner, begun.who, begun.level, counted=True)
        finally:
            self._places.release()
        if progress.done:
            return await self._ended(item, begun, progress)
        await self._references.ask((begun.key, begun.owner, progress.reference))
        return progress

    async def _ended(self, item: ClaimedItem, begun: Begun, progress: Progress) -> bool:
        """Keep an end. Raises WizaOutOfCredits."""
        if progress.failed is None:
            return await self._kept(item, begun, progress)
        await self._reveals.settle(begun.key, begun.spender, progress)
        return False

    async def _note(self, told: Sequence[tuple[str, str, str]]) -> list[Exception | None]:
        async with self._database.unit_of_work() as uow:
            await note_references(uow, told)
        return [None] * len(told)

    async def _kept(self, item: ClaimedItem, begun: Begun, progress: Progress) -> bool:
        """Whether the item is ended with its lead enriched. What was bought is kept even when that can't be written."""
        gathering = self._keepings.get(item.job_id)
        if gathering is None:
            self._keepings.clear()
            gathering = Gathering(self._keeper.keep, pause=PAUSE, most=BATCH)
            self._keepings[item.job_id] = gathering
        heard = Heard(item, begun, progress)
        try:
            return await gathering.ask(heard)
        except Exception as error:
            # Something about one of the batch: each by itself shows which.
            log.exception("enrichment.batch_broke", error=type(error).__name__)
            await self._reveals.settle(heard.begun.key, heard.begun.spender, heard.progress)
            return False
