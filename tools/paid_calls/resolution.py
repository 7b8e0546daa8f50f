"""What became of calls whose sender died or lost the answer: read from the inbox, asked for by id, never sent again."""

import asyncio
import time
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from enum import StrEnum

from persistence.models.paid_call import PaidCall
from persistence.session import Database
from tools.paid_calls import inbox
from tools.paid_calls import service as ledger
from tools.providers.wiza.client import Progress, WizaClient
from tools.providers.wiza.errors import PROVIDER, WizaNotFound, WizaRefused

BATCH = 50
"""Calls one round looks at; those looked at longest ago first."""
AT_ONCE = 5


class Outcome(StrEnum):
    """What a look showed. `uncertain`: nobody can tell; a person decides. `open`: looked at again later."""

    SETTLED = "settled"
    RELEASED = "released"
    UNCERTAIN = "uncertain"
    OPEN = "open"


class Resolver:
    """Looks after reveals nobody waits for. Several may run: an end is written once."""

    def __init__(self, database: Database, wiza: WizaClient, *, age: timedelta) -> None:
        """`age`: how long a call must not have changed, longer than its sender may take: it may only be slow."""
        self._database = database
        self._wiza = wiza
        self._age = age

    async def resolve(self, *, seconds: float = 60.0) -> dict[str, int]:
        """One round, which begins no further look after `seconds`; how many calls ended which way.

        What it did not get to is first in the next round. Raises a WizaFailure when Wiza answers nobody.
        """
        async with self._database.unit_of_work() as uow:
            calls = await ledger.unresolved(uow, PROVIDER, "reveal.", older_than=self._age, limit=BATCH)
            found = [(call, call.provider_ref or await inbox.reference_for(uow, call)) for call in calls]
        counted: Counter[Outcome] = Counter()
        waiting, until = iter(found), time.monotonic() + seconds
        looking = [self._look_on(waiting, until, counted) for _ in range(min(AT_ONCE, len(found)))]
        ended = await asyncio.gather(*looking, return_exceptions=True)
        for failure in ended:
            if failure is not None:
                raise failure
        return {outcome.value: count for outcome, count in counted.items()}

    async def _look_on(
        self, waiting: Iterator[tuple[PaidCall, str | None]], until: float, counted: Counter[Outcome]
    ) -> None:
        for call, reference in waiting:
            counted[await self._look(call, reference)] += 1
            if time.monotonic() > until:
                return

    async def _look(self, call: PaidCall, reference: str | None) -> Outcome:
        owner = call.owner or ""
        if reference is None:
            async with self._database.unit_of_work() as uow:
                await ledger.lose(uow, call.call_key, owner)
            return Outcome.UNCERTAIN
        async with self._database.unit_of_work() as uow:
            # Also moves it behind the others, so that one without an end keeps nobody waiting.
            await ledger.note_reference(uow, call.call_key, owner, reference)
        try:
            progress = await self._wiza.reveal(reference)
        except (WizaNotFound, WizaRefused):
            return Outcome.OPEN
        return await self._end(call.call_key, owner, progress)

    async def _end(self, key: str, owner: str, progress: Progress) -> Outcome:
        if not progress.done:
            return Outcome.OPEN
        async with self._database.unit_of_work() as uow:
            if progress.failed == "billing_issue":
                ended, outcome = await ledger.reject(uow, key, owner=owner), Outcome.RELEASED
            else:
                ended = await ledger.finish(uow, key, None, progress.answer, progress.cost, owner=owner)
                outcome = Outcome.SETTLED
        return outcome if ended else Outcome.OPEN
