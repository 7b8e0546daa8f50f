"""One lead's enrichment from the claim to the end: what is there is copied, what is missing is bought, at most once.

Each step is a short transaction, and none is held while Wiza is asked. Interrupted anywhere it goes on where it was:
whatever was begun stands in the ledger.
"""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from enum import IntEnum

from persistence.models.lead import LeadStatus
from persistence.session import Database
from persistence.types import WorkspaceID
from tools.enrichment.keeping import keep, subject_of
from tools.enrichment.persons import person_behind
from tools.enrichment.purchases import Pending, next_reveal
from tools.jobs import claims
from tools.jobs.claims import ClaimedItem, ComeBack, NeedsReview
from tools.leads.moving import move_lead
from tools.paid_calls.reveals import End, Reveals
from tools.providers.wiza.errors import WizaBusy, WizaLost
from tools.providers.wiza.records import Level
from tools.usage.service import Spender

MOST_REVEALS = 4
"""Reveals that one enrichment may wait for: somebody else's, and its own."""
AGAIN_SECONDS = 5.0
UNCERTAIN = "It may have cost credits already, and nobody can tell: to retry may cost them again."
TOO_LONG = "Wiza has not ended it. To retry asks again, and costs nothing more."


class EnrichmentStep(IntEnum):
    """The steps people see, as `tools/jobs/steps.py` names them."""

    FETCH = 0
    PARSE = 1
    SAVE = 2


Begin = Callable[[EnrichmentStep], Awaitable[None]]


async def no_steps(_step: EnrichmentStep) -> None:
    """Of jobs that count leads, not steps."""


@contextmanager
def coming_back() -> Iterator[None]:
    """Turn what only takes longer at Wiza into ComeBack: what was sent is looked for, what was asked for is asked again."""
    try:
        yield
    except WizaBusy as busy:
        raise ComeBack(min(float(busy.retry_after), 60.0)) from busy
    except WizaLost as lost:
        raise ComeBack(AGAIN_SECONDS) from lost


class Enricher:
    """Enriches leads of one process."""

    def __init__(
        self, database: Database, reveals: Reveals, *, wait: float, doubt: timedelta, patience: timedelta
    ) -> None:
        """`wait`: seconds to wait for a reveal at a time. `doubt`: how long a lost call may still be called back.

        `patience`: how long a lead may wait for Wiza in all before a person is asked.
        """
        self._database = database
        self._reveals = reveals
        self._wait = wait
        self._doubt = doubt if reveals.called_back else timedelta(0)
        self._patience = patience
        self._turns: defaultdict[WorkspaceID, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def enrich(self, item: ClaimedItem, begin: Begin = no_steps) -> None:
        """Enrich the lead of an item, and end the item.

        Raises LeaseLost, JobCancelled, ComeBack while Wiza takes its time, NeedsReview, and the product's errors.
        """
        level: Level = item.input["level"]
        await begin(EnrichmentStep.FETCH)
        for _ in range(MOST_REVEALS):
            pending, spender = await self._prepare(item, level)
            if pending is not None:
                await self._carry_out(item, pending, spender)
                continue
            await begin(EnrichmentStep.PARSE)
            await begin(EnrichmentStep.SAVE)
            # One of this process at a time: they would only wait for each other in Postgres.
            async with self._turns[item.workspace_id], self._database.unit_of_work() as uow:
                if await keep(uow, item, level):
                    return
        raise ComeBack(AGAIN_SECONDS)

    async def _prepare(self, item: ClaimedItem, level: Level) -> tuple[Pending | None, Spender]:
        """Note what has to be bought first, and that the lead is being enriched; commit before anything is sent."""
        async with self._database.unit_of_work() as uow:
            await claims.require_going(uow, item)
            subject = await subject_of(uow, item)
            lead = subject.lead
            spender = Spender(
                item.workspace_id, item.user_id, campaign_id=lead.campaign_id, job_id=item.job_id
            )
            person = await person_behind(uow, subject.client_id, lead)
            pending = await next_reveal(uow, subject.client_id, lead, person, level, spender)
            if pending is not None and lead.status is LeadStatus.FOUND:
                await move_lead(uow, item.user_id, lead, LeadStatus.ENRICHING)
        return pending, spender

    async def _carry_out(self, item: ClaimedItem, pending: Pending, spender: Spender) -> None:
        """Wait for a reveal's end. Raises ComeBack and NeedsReview when it has none yet."""
        with coming_back():
            revealed = await self._reveals.go_on(pending.reveal, spender, seconds=self._wait)
        if revealed.end is End.UNCERTAIN and pending.age() >= self._doubt:
            raise NeedsReview(UNCERTAIN)
        if revealed.end is not End.DONE:
            if item.waited is not None and item.waited > self._patience:
                raise NeedsReview(TOO_LONG)
            raise ComeBack(AGAIN_SECONDS)
