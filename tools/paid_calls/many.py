"""The steps of `service.py` for many calls of one workspace at once: a statement or two for all of them.

The rules are the same: who writes the intent sends, once it is committed; only the owner ends the call.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import uuid4

import orjson

from persistence.models.entity import JsonObject
from persistence.session import UnitOfWork
from persistence.types import CampaignID
from tools.paid_calls.credits import release_some, reserve_some
from tools.paid_calls.metrics import CREDITS
from tools.paid_calls.service import Purchase
from tools.read_models import InTransaction
from tools.usage.service import Spender

KNOWN = 'SELECT "CallKey" FROM "PaidCalls" WHERE "CallKey" = ANY ($1::text[])'
INTEND = """
INSERT INTO "PaidCalls" ("CallKey", "ClientID", "ProjectID", "Provider", "Operation", "State", "Reserved", "Owner")
SELECT key, $2, $3, $4, $5, 'intent', $6, $7 FROM unnest($1::text[]) AS wanted (key) ORDER BY key
ON CONFLICT DO NOTHING RETURNING "CallKey"
"""
FORGET = 'DELETE FROM "PaidCalls" WHERE "CallKey" = ANY ($1::text[]) AND "Owner" = $2'
NOTE = """
UPDATE "PaidCalls" p SET "ProviderRef" = told.ref, "UpdatedAt" = now()
FROM unnest($1::text[], $2::text[], $3::text[]) AS told (key, owner, ref)
WHERE p."CallKey" = told.key AND p."Owner" = told.owner
"""
WITHDRAW = """
WITH held AS (
  SELECT "CallKey", "Reserved" FROM "PaidCalls"
  WHERE "CallKey" = ANY ($1::text[]) AND "Owner" = $2 AND "State" = 'intent' AND "ProviderRef" IS NULL
  ORDER BY "CallKey" FOR UPDATE
), withdrawn AS (
  UPDATE "PaidCalls" p SET "State" = 'rejected', "Reserved" = 0, "UpdatedAt" = now()
  FROM held WHERE p."CallKey" = held."CallKey" RETURNING held."Reserved" AS reserved
)
SELECT coalesce(sum(reserved), 0) FROM withdrawn
"""
END = """
WITH told AS (
  SELECT * FROM jsonb_to_recordset($1::jsonb)
    AS told (key text, owner text, ref text, response jsonb, cost numeric, campaign bigint)
), held AS (
  SELECT told.*, p."Reserved" AS reserved, p."ProjectID" AS workspace
  FROM "PaidCalls" p JOIN told ON told.key = p."CallKey" AND told.owner = p."Owner"
  WHERE p."State" IN ('intent', 'unknown') ORDER BY p."CallKey" FOR UPDATE OF p
), ended AS (
  UPDATE "PaidCalls" p SET "State" = 'succeeded', "Response" = held.response, "ProviderRef" = held.ref,
    "Cost" = coalesce(held.cost, held.reserved), "Reserved" = 0, "UpdatedAt" = now()
  FROM held WHERE p."CallKey" = held.key
  RETURNING p."CallKey" AS key, p."Cost" AS cost, p."Provider" AS provider, held.workspace, held.campaign, held.reserved
), noted AS (
  INSERT INTO "UsageRecords" ("ProjectID", "UserID", "CampaignID", "JobID", "Provider", "Credits", "CallKey")
  SELECT workspace, $2::bigint, campaign, $3::uuid, provider, cost, key FROM ended
  WHERE cost > 0 AND workspace IS NOT NULL
)
SELECT key, reserved, cost, provider FROM ended
"""


@dataclass(frozen=True)
class Intents:
    """The calls that were begun, which their owner may send now; what the budget did not hold is `refused`."""

    owner: str
    begun: frozenset[str]
    refused: frozenset[str]


@dataclass(frozen=True)
class Ended:
    """How a call ended. `cost` None: the provider does not say."""

    key: str
    owner: str
    reference: str
    response: JsonObject
    cost: Decimal | None
    campaign_id: CampaignID


async def known_calls(uow: UnitOfWork, keys: Sequence[str]) -> set[str]:
    """Which of these keys the ledger has heard of."""
    return {row[0] for row in await InTransaction(uow).rows(KNOWN, list(keys))}


async def begin_many(uow: UnitOfWork, purchases: Sequence[Purchase], spender: Spender) -> Intents:
    """Write the intents of calls that are alike but for their keys, and hold their credits back. Commit before sending.

    What somebody else began meanwhile is in neither set. Raises QuotaExceeded when the budget does not hold a single one.
    """
    first, owner = purchases[0], uuid4().hex
    keys = [purchase.key for purchase in purchases]
    values = [first.client_id, spender.workspace_id, first.provider, first.operation, first.most, owner]
    written = [row[0] for row in await InTransaction(uow).rows(INTEND, keys, *values)]
    if not written:
        return Intents(owner, frozenset(), frozenset())
    room = await reserve_some(uow, spender.workspace_id, first.most, len(written))
    # In the order in which they were asked for: the first ones are bought.
    wanted = [key for key in keys if key in set(written)]
    if wanted[room:]:
        await _execute(uow, FORGET, wanted[room:], owner)
    return Intents(owner, frozenset(wanted[:room]), frozenset(wanted[room:]))


async def note_references(uow: UnitOfWork, told: Sequence[tuple[str, str, str]]) -> None:
    """Keep the provider's ids: key, owner, id. Commit before polling."""
    await _execute(uow, NOTE, *map(list, zip(*told, strict=True)))


async def withdraw_many(uow: UnitOfWork, keys: Sequence[str], owner: str, spender: Spender) -> None:
    """These were never sent: give their credits back; whoever comes next may send them. What has moved on is left alone."""
    ((held,),) = await InTransaction(uow).rows(WITHDRAW, list(keys), owner)
    await release_some(uow, spender.workspace_id, held)


async def end_many(uow: UnitOfWork, ended: Sequence[Ended], spender: Spender) -> set[str]:
    """Keep the answers and settle the credits of calls of one workspace, as `service.finish`; the keys of those it ended."""
    told = [
        {
            "key": call.key,
            "owner": call.owner,
            "ref": call.reference,
            "response": call.response,
            "cost": None if call.cost is None else str(call.cost),
            "campaign": call.campaign_id,
        }
        for call in ended
    ]
    packed = orjson.dumps(told).decode()
    rows = await InTransaction(uow).rows(END, packed, spender.user_id, spender.job_id)
    await release_some(uow, spender.workspace_id, sum((row[1] for row in rows), Decimal(0)))
    for row in rows:
        CREDITS.labels(row[3]).inc(float(row[2]))
    return {row[0] for row in rows}


async def _execute(uow: UnitOfWork, statement: str, *arguments: Any) -> None:
    connection = await uow.session.connection()
    await connection.exec_driver_sql(statement, arguments)
