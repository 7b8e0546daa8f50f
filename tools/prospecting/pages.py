"""Pages of a search through the ledger: a chain of rows from the first on, each link bought at most once for a Client.

A link's key is made of the filters, the month and the number of rows before it, so that jobs that look for the same meet in
the same rows: a repeated search copies what was bought and goes on behind it. Links of a month are one chain, because the
next page can be asked for only with what the one before it said. A page of which nobody knows whether it arrived holds the
chain up until a person decides: unlike a reveal, a search has no id to ask for.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

from sqlalchemy import func, select

from persistence.models.budget import UsageRecord
from persistence.models.entity import JsonObject
from persistence.models.paid_call import PaidCall, PaidCallState
from persistence.repositories import Repository
from persistence.session import Database, UnitOfWork
from persistence.types import ClientID, JobID
from tools.paid_calls import service as ledger
from tools.paid_calls.keys import call_key
from tools.paid_calls.reveals import unbroken
from tools.providers.wiza.client import ROW_COST, Found, WizaClient
from tools.providers.wiza.errors import PROVIDER, WizaFailure
from tools.providers.wiza.filters import ProspectFilters
from tools.providers.wiza.records import Prospect
from tools.usage.service import Spender

OPERATION = "search"


@dataclass(frozen=True)
class Chain:
    """The pages of one search of a Client. `edition` parts those of different months, or of a chain that broke off."""

    client_id: ClientID
    filters: ProspectFilters
    edition: str

    def key(self, before: int, copy: int = 0) -> str:
        """The call key of the page with so many rows before it; `copy` counts pages that were erased since."""
        said = json.dumps(self.filters.wire(), sort_keys=True)
        return call_key(self.client_id, PROVIDER, OPERATION, said, self.edition, str(before), str(copy))

    def apart(self, job_id: JobID) -> "Chain":
        """A chain of this job's own, for when this one can't go on: what it said of the next page is too old."""
        return Chain(self.client_id, self.filters, f"{self.edition} {job_id}")


@dataclass(frozen=True)
class Link:
    """A page: its rows, and what goes on behind it."""

    total: int
    prospects: tuple[Prospect, ...]
    following: str | None


@dataclass(frozen=True)
class Page:
    """Where a page of a chain stands; with a link it is there."""

    key: str
    call: PaidCall | None

    @property
    def link(self) -> Link | None:
        """What was bought, if it was."""
        if self.call is None or self.call.state is not PaidCallState.SUCCEEDED or not self.call.response:
            return None
        held: dict[str, Any] = self.call.response
        rows = tuple(Prospect.model_validate(row) for row in held["prospects"])
        return Link(held["total"], rows, held["following"])

    @property
    def in_doubt(self) -> bool:
        """It was sent, and nobody knows whether it arrived."""
        return self.call is not None and self.call.state is PaidCallState.UNKNOWN


def month(moment: datetime) -> str:
    """The edition of searches that begin now: what Wiza knew in a month before is not copied."""
    return f"{moment:%Y-%m}"


async def page_of(uow: UnitOfWork, chain: Chain, before: int) -> Page:
    """The page with so many rows before it; pages whose people were erased are passed over."""
    calls = Repository(uow.session, PaidCall)
    for copy in count():
        key = chain.key(before, copy)
        call = await calls.get(PaidCall.call_key == key)
        if call is None or call.state is not PaidCallState.SUCCEEDED or call.response:
            return Page(key, call)
    raise AssertionError("there is always another key")


async def spent_by(uow: UnitOfWork, job_id: JobID) -> Decimal:
    """Credits a job has spent so far."""
    spent = select(func.coalesce(func.sum(UsageRecord.credits), 0)).where(UsageRecord.job_id == job_id)
    return Decimal((await uow.session.execute(spent)).scalar_one())


class Pages:
    """Buys pages."""

    def __init__(self, database: Database, wiza: WizaClient, *, age: timedelta) -> None:
        """`age`: how long a sender may be silent before it counts as dead, longer than one call may take."""
        self._database = database
        self._wiza = wiza
        self._age = age

    async def buy(self, chain: Chain, page: Page, size: int, token: str | None, spender: Spender) -> None:
        """Buy a page, unless somebody else is at it. Raises QuotaExceeded without a budget, and WizaFailures."""
        purchase = ledger.Purchase(page.key, chain.client_id, PROVIDER, OPERATION, ROW_COST * size)
        async with self._database.unit_of_work() as uow:
            begun = await ledger.begin(uow, purchase, spender)
        if begun.owner is not None:
            await unbroken(self._send(chain, page.key, begun.owner, size, token, spender))
        elif begun.state is PaidCallState.INTENT:
            await self._give_up_dead(page.key)

    async def _send(
        self, chain: Chain, key: str, owner: str, size: int, token: str | None, spender: Spender
    ) -> None:
        try:
            found = await self._wiza.search(chain.filters, size, call_key=key, page=token)
        except WizaFailure as failure:
            async with self._database.unit_of_work() as uow:
                if failure.charged_nothing:
                    await ledger.reject(uow, key, owner=owner)
                else:
                    await ledger.lose(uow, key, owner)
            raise
        async with self._database.unit_of_work() as uow:
            await ledger.finish(uow, key, spender, _kept(found), found.cost, owner=owner)

    async def _give_up_dead(self, key: str) -> None:
        """Call a page lost whose sender can't live any more."""
        async with self._database.unit_of_work() as uow:
            silent = PaidCall.updated_at < func.now() - self._age
            call = await Repository(uow.session, PaidCall).get(PaidCall.call_key == key, silent)
            if call is not None:
                await ledger.lose(uow, key, call.owner or "")


def _kept(found: Found) -> JsonObject:
    """A page as the ledger keeps it."""
    rows: Sequence[JsonObject] = [row.model_dump(exclude_none=True) for row in found.prospects]
    return {"total": found.total, "prospects": list(rows), "following": found.next_page}
