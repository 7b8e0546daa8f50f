"""One person revealed by Wiza, bought at most once for a Client however often asked for, interrupted or half answered."""

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from persistence.models.paid_call import PaidCallState
from persistence.session import Database
from persistence.types import ClientID
from tools.keys import email_key, linkedin_key
from tools.paid_calls import inbox
from tools.paid_calls import service as ledger
from tools.paid_calls.inbox import callback_url
from tools.paid_calls.keys import call_key
from tools.providers.wiza.client import MOST_COST, Identity, Progress, WizaClient, reveal_progress
from tools.providers.wiza.errors import PROVIDER, WizaFailure
from tools.providers.wiza.records import Contact, Level
from tools.usage.service import Spender

DATA_VERSION = "1"
"""Another one buys everybody's data anew."""
OPERATION = "reveal."
"""What a reveal's operation in the ledger begins with; its level follows."""

T = TypeVar("T")


class End(StrEnum):
    """`uncertain`: sent by somebody, and nobody knows whether it arrived: only a person may have it sent again."""

    DONE = "done"
    UNDER_WAY = "under_way"
    UNCERTAIN = "uncertain"


@dataclass(frozen=True)
class Revealed:
    """Where a reveal is; `contact` when it is done."""

    end: End
    contact: Contact | None = None


class Reveals:
    """Reveals of one process through the ledger."""

    def __init__(self, database: Database, wiza: WizaClient, *, callback_base: str | None = None) -> None:
        """`callback_base`: this API as Wiza reaches it; without one Wiza does not call back."""
        self._database = database
        self._wiza = wiza
        self._callback_base = callback_base

    @property
    def called_back(self) -> bool:
        """Whether Wiza tells how a reveal ended even when its answer to us was lost."""
        return self._callback_base is not None

    async def reveal(
        self, client_id: ClientID, who: Identity, level: Level, spender: Spender, *, seconds: float
    ) -> Revealed:
        """Buy it, or take what was bought; wait at most `seconds` for its end.

        Raises QuotaExceeded without a budget, and WizaFailures; of those only lost answers hold credits back.
        """
        purchase = purchase_of(client_id, who, level)
        async with self._database.unit_of_work() as uow:
            begun = await ledger.begin(uow, purchase, spender)
        if begun.state is PaidCallState.SUCCEEDED:
            return Revealed(End.DONE, reveal_progress(begun.response).contact() if begun.response else None)
        return await self.go_on(Reveal(purchase.key, begun, who, level), spender, seconds=seconds)

    async def go_on(self, reveal: "Reveal", spender: Spender, *, seconds: float) -> Revealed:
        """Send what was begun, if it is ours to send, and wait at most `seconds` for its end.

        Sending is not cut off: whoever cancels waits until it is noted what Wiza said. Raises WizaFailures.
        """
        begun = reveal.begun
        reference = begun.provider_ref or await self._called_back(reveal)
        if begun.owner is not None:
            sent = await unbroken(self._send(reveal.key, begun.owner, reveal.who, reveal.level))
            if sent.done:
                return await self.settle(reveal.key, spender, sent)
            reference = sent.reference
        if reference is None:
            unsure = begun.state is PaidCallState.UNKNOWN
            return Revealed(End.UNCERTAIN if unsure else End.UNDER_WAY)
        progress = await self._wiza.wait_for_reveal(reference, seconds=seconds)
        return await self.settle(reveal.key, spender, progress)

    async def _called_back(self, reveal: "Reveal") -> str | None:
        """The id that Wiza called back with, for a call whose sender could not note it."""
        if reveal.begun.owner is not None or not self.called_back:
            return None
        async with self._database.unit_of_work() as uow:
            return await inbox.reference_of(uow, PROVIDER, reveal.key)

    async def _send(self, key: str, owner: str, who: Identity, level: Level) -> Progress:
        """Send once, and keep the id before anything else."""
        progress = await self.start(key, owner, who, level)
        async with self._database.unit_of_work() as uow:
            await ledger.note_reference(uow, key, owner, progress.reference)
        return progress

    async def start(
        self, key: str, owner: str, who: Identity, level: Level, *, counted: bool = False
    ) -> Progress:
        """Send once; a failure is noted, the id is the caller's to keep. `counted` as `WizaClient.start_reveal` has it.

        Raises WizaFailures.
        """
        back = callback_url(self._callback_base, key, owner) if self._callback_base else None
        try:
            return await self._wiza.start_reveal(who, level, call_key=key, callback_url=back, counted=counted)
        except WizaFailure as failure:
            async with self._database.unit_of_work() as uow:
                if failure.charged_nothing:
                    await ledger.reject(uow, key, owner=owner)
                else:
                    await ledger.lose(uow, key, owner)
            raise

    async def settle(self, key: str, spender: Spender, progress: Progress) -> Revealed:
        """Settle what has ended. A lack of credits at Wiza is no answer: it may be bought later."""
        if not progress.done:
            return Revealed(End.UNDER_WAY)
        async with self._database.unit_of_work() as uow:
            if progress.failed == "billing_issue":
                await ledger.reject(uow, key)
            else:
                await ledger.finish(uow, key, spender, progress.answer, progress.cost)
        return Revealed(End.DONE, progress.contact())


@dataclass(frozen=True)
class Reveal:
    """A reveal that was begun, by us or by somebody else."""

    key: str
    begun: ledger.Begun
    who: Identity
    level: Level


def purchase_of(client_id: ClientID, who: Identity, level: Level) -> ledger.Purchase:
    """What the ledger is to know of a reveal."""
    key = reveal_key(client_id, who, level)
    return ledger.Purchase(key, client_id, PROVIDER, f"{OPERATION}{level}", MOST_COST[level])


def reveal_key(client_id: ClientID, who: Identity, level: Level) -> str:
    """The call key of one person on one level within a Client."""
    return key_of(client_id, person_of(who), level)


def key_of(client_id: ClientID, person: str, level: Level) -> str:
    """The call key of a person, as `person_of` names them, on one level."""
    return call_key(client_id, PROVIDER, level, person, DATA_VERSION)


def person_of(who: Identity) -> str:
    """What a person is bought under: the profile, else the address, else the name with the company."""
    where = (who.company or who.domain or "").casefold()
    named = f"{(who.full_name or '').casefold()} @ {where}"
    return linkedin_key(who.profile_url) or email_key(who.email) or named


def level_bought(operation: str) -> Level | None:
    """The level of a reveal in the ledger; None for what is none."""
    bought = operation.removeprefix(OPERATION)
    return next((level for level in MOST_COST if operation.startswith(OPERATION) and level == bought), None)


async def unbroken(sending: Coroutine[Any, Any, T]) -> T:
    """Wait for what must not be cut off; a cancellation is raised once it is over."""
    task = asyncio.ensure_future(sending)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait({task})
        if not task.cancelled():
            task.exception()  # it wrote down itself how it ended
        raise
