"""What the product asks of Wiza. Free questions may be repeated; what is paid is sent exactly once, and by its ledger."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal, TypedDict

from tools.providers.wiza.errors import WizaLost, WizaOutOfCredits, WizaRefused
from tools.providers.wiza.filters import ProspectFilters
from tools.providers.wiza.limits import WizaLimits
from tools.providers.wiza.records import (
    Company,
    Contact,
    Json,
    Level,
    Prospect,
    credits_used,
    data_of,
    enriched,
    listed,
    prospect,
    reference_of,
    revealed,
    rows_of,
)
from tools.providers.wiza.wire import Wire

MAX_ROWS = 30
MOST_PLACES = 50
ROW_COST = Decimal("0.5")
MOST_COST: dict[Level, Decimal] = {
    "none": Decimal(1),
    "partial": Decimal(3),
    "phone": Decimal(6),
    "full": Decimal(8),
}
"""The most one person can cost on a level: reserve it, and settle on what Wiza reports."""

EMAILS = {"accept_work": True, "accept_personal": False}
Segment = Literal["people", "valid", "risky"]


class Place(TypedDict):
    """A place as a filter takes it: `v` its name, `b` its kind."""

    v: str
    b: str


@dataclass(frozen=True)
class Identity:
    """Who is to be revealed: a LinkedIn address, an e-mail address, or a name with company or domain."""

    profile_url: str | None = None
    email: str | None = None
    full_name: str | None = None
    company: str | None = None
    domain: str | None = None

    def wire(self) -> Json:
        """As Wiza takes it. Raises WizaRefused when it names nobody."""
        if not (self.profile_url or self.email or (self.full_name and (self.company or self.domain))):
            raise WizaRefused("a LinkedIn address, an e-mail address, or a name with a company is needed")
        return {name: value for name, value in vars(self).items() if value}


@dataclass(frozen=True)
class Found:
    """A page of a search. `total` counts all who match."""

    total: int
    prospects: tuple[Prospect, ...]
    next_page: str | None
    cost: Decimal


@dataclass(frozen=True)
class Progress:
    """Where a reveal or a list is. `answer` is what Wiza said, for the ledger; `cost` is known at the end."""

    reference: str
    done: bool
    failed: str | None
    cost: Decimal | None
    answer: Json

    def contact(self) -> Contact:
        """The person of a finished reveal. Raises WizaOutOfCredits; nobody found is a contact without fields."""
        if self.failed == "billing_issue":
            raise WizaOutOfCredits("The account at Wiza has no credits left.", retry_after=3600)
        return revealed(self.answer)


class WizaClient:
    """One process's Wiza."""

    def __init__(self, wire: Wire, limits: WizaLimits, *, poll_interval: float) -> None:
        self._wire = wire
        self._limits = limits
        self._poll_interval = poll_interval

    async def close(self) -> None:
        """Close the connections."""
        await self._wire.close()

    def require_key(self) -> None:
        """Raise WizaClosed when there is no key to ask with."""
        self._wire.key()

    async def count(self, filters: ProspectFilters) -> int:
        """How many people match. No row is asked for, so it is free. Raises a WizaFailure."""
        await self._limits.take("search")
        body = {"filters": filters.wire(), "size": 0}
        return _total(data_of(await self._wire.read("POST", "/prospects/search", body)))

    async def places(self, query: str) -> list[Place]:
        """Places a filter takes, by 3 letters of their name or more. Free. Raises a WizaFailure."""
        await self._limits.take("search")
        answer = await self._wire.read("GET", "/meta/location_autocomplete", query=query)
        return [
            {"v": row["key"], "b": row["bucket"]}
            for row in rows_of(answer.get("data"))[:MOST_PLACES]
            if isinstance(row.get("key"), str) and isinstance(row.get("bucket"), str)
        ]

    async def search(
        self, filters: ProspectFilters, size: int, *, call_key: str, page: str | None = None
    ) -> Found:
        """Up to 30 rows, half a credit each, sent once; `page` goes on where one ended. Raises a WizaFailure."""
        if not 1 <= size <= MAX_ROWS:
            raise WizaRefused(f"a page has 1 to {MAX_ROWS} rows")
        await self._limits.take("search")
        body: Json = {"page_token": page, "size": size} if page else {"filters": filters.wire(), "size": size}
        data = data_of(await self._wire.once("POST", "/prospects/search", body, call_key=call_key))
        rows = rows_of(data.get("profiles"))
        following = data.get("next_page_token")
        return Found(
            _total(data),
            tuple(map(prospect, rows)),
            following if isinstance(following, str) else None,
            ROW_COST * len(rows),
        )

    async def places_for_reveals(self, wanted: int) -> int:
        """Count so many reveals beforehand, or as many as the minute still takes. Raises WizaBusy when it takes none."""
        return await self._limits.take_some("reveal", wanted)

    async def start_reveal(
        self,
        who: Identity,
        level: Level,
        *,
        call_key: str,
        callback_url: str | None = None,
        counted: bool = False,
    ) -> Progress:
        """Begin to reveal one person, sent once; where it is, done already or to be asked for. Raises a WizaFailure.

        `counted`: by `places_for_reveals`.
        """
        body: Json = {"individual_reveal": who.wire(), "enrichment_level": level}
        if level in {"partial", "full"}:
            body["email_options"] = EMAILS
        if callback_url:
            body["callback_url"] = callback_url
        if not counted:
            await self._limits.take("reveal")
        answer = await self._wire.once("POST", "/individual_reveals", body, call_key=call_key)
        return reveal_progress(data_of(answer))

    async def reveal(self, reference: str) -> Progress:
        """Where this reveal is. Free. Raises a WizaFailure."""
        return reveal_progress(data_of(await self._wire.read("GET", f"/individual_reveals/{reference}")))

    async def wait_for_reveal(self, reference: str, *, seconds: float) -> Progress:
        """Ask until it is done or `seconds` are over, whichever is first. Raises a WizaFailure."""
        until = time.monotonic() + seconds
        while True:
            now = await self.reveal(reference)
            if now.done or time.monotonic() + self._poll_interval > until:
                return now
            await asyncio.sleep(self._poll_interval)

    async def start_list(
        self,
        name: str,
        level: Literal["none", "partial", "full"],
        *,
        call_key: str,
        of: ProspectFilters | Sequence[Identity],
        most: int,
        callback_url: str | None = None,
    ) -> str:
        """Begin a list of people who match, or of these people, sent once; its id. Raises a WizaFailure."""
        wanted: Json = {"name": name, "enrichment_level": level}
        wanted["email_options"] = {**EMAILS, "accept_generic": False}
        if callback_url:
            wanted["callback_url"] = callback_url
        if isinstance(of, ProspectFilters):
            path = "/prospects/create_prospect_list"
            body: Json = {"filters": of.wire(), "list": wanted | {"max_profiles": most}}
        else:
            path, body = "/lists", {"list": wanted | {"items": [who.wire() for who in of[:most]]}}
        await self._limits.take("list")
        return reference_of(data_of(await self._wire.once("POST", path, body, call_key=call_key)))

    async def list_status(self, reference: str) -> Progress:
        """Where this list is. Free. Raises a WizaFailure."""
        data = data_of(await self._wire.read("GET", f"/lists/{reference}"))
        failed = str(data.get("fail_error") or "failed") if data.get("status") == "failed" else None
        done = bool(data.get("finished_at")) or failed is not None
        return Progress(reference_of(data), done, failed, credits_used(data), data)

    async def contacts(self, reference: str, segment: Segment = "people") -> tuple[Contact, ...]:
        """The people of a finished list; none where Wiza says there is nothing to export. Raises a WizaFailure."""
        try:
            answer = await self._wire.read("GET", f"/lists/{reference}/contacts", segment=segment)
        except WizaRefused as refused:
            if "no contacts" in refused.message.lower():
                return ()
            raise
        return tuple(map(listed, rows_of(answer.get("data"))))

    async def company(self, *, call_key: str, domain: str | None = None, name: str | None = None) -> Company:
        """One company, 2 credits on a hit, sent once. Raises WizaNotFound and other WizaFailures."""
        asked = {"company_domain": domain, "company_name": name}
        await self._limits.take("company")
        body = {field: value for field, value in asked.items() if value}
        return enriched(
            data_of(await self._wire.once("POST", "/company_enrichments", body, call_key=call_key))
        )

    async def balance(self) -> Decimal:
        """Credits the account has left; the cheapest check of the key. Raises a WizaFailure."""
        held: Any = (await self._wire.read("GET", "/meta/credits")).get("credits")
        left = held.get("api_credits") if isinstance(held, dict) else None
        if not isinstance(left, int | float) or isinstance(left, bool):
            raise WizaLost("Wiza did not say how many credits are left.")
        return Decimal(str(left))


def reveal_progress(data: Json) -> Progress:
    """A reveal as GET and the call-back tell it. Raises WizaLost for one without an id."""
    failed = str(data.get("fail_error") or "failed") if data.get("status") == "failed" else None
    done = failed is not None or data.get("status") == "finished"
    return Progress(reference_of(data), done, failed, credits_used(data), data)


def _total(data: Json) -> int:
    total = data.get("total")
    if isinstance(total, bool) or not isinstance(total, int) or total < 0:
        raise WizaLost("Wiza did not say how many match.")
    return total
