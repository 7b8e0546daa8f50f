"""One person revealed by Wiza, bought at most once for a Client however often asked for, interrupted or half answered."""

from dataclasses import dataclass
from enum import StrEnum

from persistence.models.paid_call import PaidCallState
from persistence.session import Database
from persistence.types import ClientID
from tools.keys import email_key, linkedin_key
from tools.paid_calls import service as ledger
from tools.paid_calls.inbox import callback_url
from tools.paid_calls.keys import call_key
from tools.providers.wiza.client import MOST_COST, Identity, Progress, WizaClient, reveal_progress
from tools.providers.wiza.errors import PROVIDER, WizaFailure
from tools.providers.wiza.records import Contact, Level
from tools.usage.service import Spender

DATA_VERSION = "1"
"""Another one buys everybody's data anew."""


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

    async def reveal(
        self, client_id: ClientID, who: Identity, level: Level, spender: Spender, *, seconds: float
    ) -> Revealed:
        """Buy it, or take what was bought; wait at most `seconds` for its end.

        Raises QuotaExceeded without a budget, and WizaFailures; of those only lost answers hold credits back.
        """
        key = reveal_key(client_id, who, level)
        purchase = ledger.Purchase(key, client_id, PROVIDER, f"reveal.{level}", MOST_COST[level])
        async with self._database.unit_of_work() as uow:
            begun = await ledger.begin(uow, purchase, spender)
        reference = begun.provider_ref
        if begun.state is PaidCallState.SUCCEEDED:
            return Revealed(End.DONE, reveal_progress(begun.response).contact() if begun.response else None)
        if begun.owner is not None:
            reference = await self._send(key, begun.owner, who, level)
        if reference is None:
            unsure = begun.state is PaidCallState.UNKNOWN
            return Revealed(End.UNCERTAIN if unsure else End.UNDER_WAY)
        return await self._end(key, spender, await self._wiza.wait_for_reveal(reference, seconds=seconds))

    async def _send(self, key: str, owner: str, who: Identity, level: Level) -> str:
        """Send once, and keep the id before anything else."""
        back = callback_url(self._callback_base, key, owner) if self._callback_base else None
        try:
            reference = await self._wiza.start_reveal(who, level, call_key=key, callback_url=back)
        except WizaFailure as failure:
            async with self._database.unit_of_work() as uow:
                if failure.charged_nothing:
                    await ledger.reject(uow, key, owner=owner)
                else:
                    await ledger.lose(uow, key, owner)
            raise
        async with self._database.unit_of_work() as uow:
            await ledger.note_reference(uow, key, owner, reference)
        return reference

    async def _end(self, key: str, spender: Spender, progress: Progress) -> Revealed:
        """Settle what has ended. A lack of credits at Wiza is no answer: it may be bought later."""
        if not progress.done:
            return Revealed(End.UNDER_WAY)
        async with self._database.unit_of_work() as uow:
            if progress.failed == "billing_issue":
                await ledger.reject(uow, key)
            else:
                await ledger.finish(uow, key, spender, progress.answer, progress.cost)
        return Revealed(End.DONE, progress.contact())


def reveal_key(client_id: ClientID, who: Identity, level: Level) -> str:
    """The call key of one person on one level within a Client."""
    where = (who.company or who.domain or "").casefold()
    named = f"{(who.full_name or '').casefold()} @ {where}"
    person = linkedin_key(who.profile_url) or email_key(who.email) or named
    return call_key(client_id, PROVIDER, level, person, DATA_VERSION)
