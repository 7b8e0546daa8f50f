"""Intents of many leads in one transaction: of those about whom nothing has to be decided."""

import time
from collections.abc import Sequence
from dataclasses import dataclass

from persistence.models.lead import LeadStatus
from persistence.session import Database, UnitOfWork
from persistence.types import CampaignID
from tools.campaigns.activities import note
from tools.enrichment.levels import PARTS
from tools.enrichment.together.rows import Plain, held_leads, plain_leads
from tools.jobs.claims import ClaimedItem
from tools.keys import profile_address
from tools.leads.moving import move_happening
from tools.paid_calls.credits import no_room
from tools.paid_calls.many import begin_many, known_calls, withdraw_many
from tools.paid_calls.reveals import key_of, purchase_of
from tools.providers.wiza.client import Identity, WizaClient
from tools.providers.wiza.errors import WizaBusy
from tools.providers.wiza.records import Level
from tools.read_models import InTransaction
from tools.usage.service import Spender

MOVE = """
UPDATE "Leads" l SET "Status" = 'enriching', "PersonID" = moved.person, "Version" = l."Version" + 1, "UpdatedAt" = now()
FROM unnest($1::bigint[], $2::bigint[]) AS moved (lead, person) WHERE l."LeadID" = moved.lead RETURNING l."LeadID"
"""


@dataclass(frozen=True)
class Begun:
    """A call that is ours to send: its intent is committed. `at`: when, by this process' clock."""

    key: str
    owner: str
    who: Identity
    level: Level
    spender: Spender
    campaign_id: CampaignID
    at: float


class Beginner:
    """Begins the reveals of a batch of items of one job."""

    def __init__(self, database: Database, wiza: WizaClient) -> None:
        self._database = database
        self._wiza = wiza

    async def begin(self, items: Sequence[ClaimedItem]) -> list[Begun | Exception | None]:
        """What was begun of each item; None for those that have to go their own way, whatever it is."""
        level: Level = items[0].input["level"]
        spender = Spender(items[0].workspace_id, items[0].user_id, job_id=items[0].job_id)
        async with self._database.unit_of_work() as uow:
            begun, refused = await self._intend(uow, items, level, spender)
        said: list[Begun | Exception | None] = [
            no_room() if item.id in refused else begun.get(item.id) for item in items
        ]
        return await self._counted(said)

    async def _intend(
        self, uow: UnitOfWork, items: Sequence[ClaimedItem], level: Level, spender: Spender
    ) -> tuple[dict[int, Begun], set[int]]:
        leads = await held_leads(uow, items)
        plain = await plain_leads(uow, [lead for lead in leads.values() if lead.going])
        unheard = await _unheard(uow, list(plain.values()))
        if not unheard:
            return {}, set()
        purchases = {
            each.lead.item_id: purchase_of(each.lead.client_id, _who(each), level) for each in unheard
        }
        intents = await begin_many(uow, list(purchases.values()), spender)
        ours = [each for each in unheard if purchases[each.lead.item_id].key in intents.begun]
        await _move(uow, items[0], ours)
        begun = {
            each.lead.item_id: Begun(
                purchases[each.lead.item_id].key,
                intents.owner,
                _who(each),
                level,
                spender,
                each.lead.campaign_id,
                time.monotonic(),
            )
            for each in ours
        }
        refused = {item for item, purchase in purchases.items() if purchase.key in intents.refused}
        return begun, refused

    async def _counted(self, said: list[Begun | Exception | None]) -> list[Begun | Exception | None]:
        """Count what is to be sent against Wiza's limits; what they don't take is withdrawn and comes later."""
        places = [place for place, each in enumerate(said) if isinstance(each, Begun)]
        if not places:
            return said
        try:
            taken, busy = await self._wiza.places_for_reveals(len(places)), None
        except WizaBusy as error:
            taken, busy = 0, error
        late = places[taken:]
        if late:
            await self.withdraw([each for place in late if isinstance(each := said[place], Begun)])
        for place in late:
            said[place] = WizaBusy("Wiza's limit of calls a minute is used up.", retry_after=_after(busy))
        return said

    async def withdraw(self, begun: Sequence[Begun]) -> list[None]:
        """Undo what was begun and never sent: a transaction for each job."""
        groups: dict[tuple[Spender, str], list[str]] = {}
        for each in begun:
            groups.setdefault((each.spender, each.owner), []).append(each.key)
        for (spender, owner), keys in groups.items():
            async with self._database.unit_of_work() as uow:
                await withdraw_many(uow, keys, owner, spender)
        return [None] * len(begun)


def _after(busy: WizaBusy | None) -> int:
    return busy.retry_after if busy is not None else 5


def _who(each: Plain) -> Identity:
    url = each.lead.linkedin_url
    return Identity(profile_url=profile_address(url) if url else None)


async def _unheard(uow: UnitOfWork, plain: Sequence[Plain]) -> list[Plain]:
    """Those about whom the ledger knows nothing, under whichever of their names."""
    keys = {
        key_of(each.lead.client_id, name, level): each.lead.item_id
        for each in plain
        for name in {each.profile, each.person.address, each.lead.email_key}
        if name
        for level in PARTS
    }
    heard = {keys[key] for key in await known_calls(uow, list(keys))} if keys else set()
    return [each for each in plain if each.lead.item_id not in heard]


async def _move(uow: UnitOfWork, item: ClaimedItem, begun: Sequence[Plain]) -> None:
    """Note that these leads are being enriched."""
    found = [each for each in begun if each.lead.status is LeadStatus.FOUND]
    if not found:
        return
    leads, persons = [each.lead.id for each in found], [each.person.id for each in found]
    await InTransaction(uow).rows(MOVE, leads, persons)
    told = [
        move_happening(
            each.lead.campaign_id, each.lead.id, each.lead.full_name, LeadStatus.FOUND, LeadStatus.ENRICHING
        )
        for each in found
    ]
    await note(uow, item.user_id, told)
