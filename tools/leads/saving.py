"""Saving what concerns nothing but the lead itself, by one statement: place, role, version and row together.

Status and outcome move along tables, and what a lead is recognised by is shared with others: those are `service.py`'s.
"""

from typing import Any

import orjson

from persistence.models.lead import Lead
from persistence.models.workspace import ProjectRole
from persistence.session import UnitOfWork
from persistence.types import LeadID, WorkspaceID
from tools.access import Access, Caller
from tools.errors import Forbidden, NotFound, Unauthenticated
from tools.leads.reading import NO_LEAD, WHOLE, written_leads
from tools.leads.schemas import LeadUpdate
from tools.read_models import InTransaction, Query, Reader, row_as_json
from tools.scoring.stored import moves_score, rescore
from tools.versions import stale

PLAIN = {
    "full_name": "text",
    "job_title": "text",
    "phone": "text",
    "location": "text",
    "avatar_url": "text",
    "ai_summary": "text",
    "relevance_score": "int",
    "relevance_reasons": "jsonb",
    "outbound_message": "text",
    "enrichment_data": "jsonb",
}
"""Attributes of a lead that may be saved so, with the Postgres type they are bound as."""

COLUMNS = {name: getattr(Lead, name).expression.name for name in PLAIN}

STATEMENT = """
WITH place AS (
  SELECT (u."Status" = 'active' AND o."Status" = 'active') AS active, m."Role" AS role,
    found."LeadID" AS lead_id, found."ProjectID" AS workspace_id, found."Version" AS version,
    c."ExperimentID" IS NULL AS unscored
  FROM "Users" u
  JOIN "Clients" o ON o."ClientID" = u."ClientID"
  LEFT JOIN (
    "Leads" found
    JOIN "Campaigns" c ON c."CampaignID" = found."CampaignID" AND c."DeletedAt" IS NULL
    JOIN "Projects" w ON w."ProjectID" = found."ProjectID" AND w."Status" <> 'deleting'
    JOIN "ProjectUsers" m ON m."ProjectID" = found."ProjectID" AND m."UserID" = {user}
  ) ON found."LeadID" = {lead}
  WHERE u."UserID" = {user}
), saved AS (
  UPDATE "Leads" l SET {changes},
    "Version" = l."Version" + CASE WHEN {differs} THEN 1 ELSE 0 END,
    "UpdatedAt" = CASE WHEN {differs} THEN now() ELSE l."UpdatedAt" END
  FROM place
  WHERE l."LeadID" = place.lead_id AND place.active AND place.role <> 'viewer' AND {expected} AND {free}
  RETURNING {item} AS item, l."Version" AS version
)
SELECT place.active, place.role, place.workspace_id, place.version, place.unscored, saved.item, saved.version
FROM place LEFT JOIN saved ON true
"""


"""Like an update through SQLAlchemy, it counts a version only when something differs."""

ITEM = row_as_json(WHOLE, "l")


def is_plain(change: LeadUpdate) -> bool:
    """Whether a change concerns nothing but the lead itself."""
    return bool(change.model_fields_set) and change.model_fields_set <= PLAIN.keys()


async def save_plain(
    reader: Reader,
    caller: Caller,
    lead_id: LeadID,
    change: LeadUpdate,
    expected_version: int | None = None,
    *,
    scored_after: bool = False,
) -> tuple[str, int] | None:
    """Save a plain change: the lead as JSON text, and its version. For members and above.

    None, and nothing is saved, when the change may move the lead's score, unless that is `scored_after` in the same
    transaction. Raises Unauthenticated, Forbidden, NotFound, StaleVersion.
    """
    query, changes = Query(), change.changes()
    alone = scored_after or not moves_score(changes)
    found = await reader.rows(_statement(query, caller, lead_id, changes, expected_version, alone), *query.arguments)  # fmt: skip
    if not found:
        raise Unauthenticated("A valid access token is needed.")
    active, role, workspace_id, there, unscored, item, version = found[0]
    if not active:
        raise Forbidden("This account is disabled.", code="account_disabled")
    if workspace_id is None:
        raise NotFound(NO_LEAD)
    if item is not None:
        return item, version
    Access(caller, WorkspaceID(workspace_id), ProjectRole(role)).require(ProjectRole.MEMBER)
    if not alone and not unscored:
        return None
    # What was as expected when the statement began was saved or deleted in between.
    raise NotFound(NO_LEAD) if expected_version is None else stale(there)


async def save_and_score(
    uow: UnitOfWork,
    caller: Caller,
    lead_id: LeadID,
    change: LeadUpdate,
    expected_version: int | None = None,
) -> tuple[str, int]:
    """Save a plain change as `save_plain` does, and let the score follow what the lead says then."""
    saved = await save_plain(InTransaction(uow), caller, lead_id, change, expected_version, scored_after=True)
    assert saved is not None
    if not moves_score(change.changes()) or not await rescore(uow, [lead_id]):
        return saved
    ((item, version),) = await written_leads(uow, [lead_id])
    return item, version


def _statement(
    query: Query,
    caller: Caller,
    lead_id: LeadID,
    changes: dict[str, Any],
    expected_version: int | None,
    alone: bool,
) -> str:
    """`alone`: whether a lead whose campaign has an experiment may be saved as well."""
    bound = {COLUMNS[name]: query.bind(_bound(name, value), PLAIN[name]) for name, value in changes.items()}
    present = ", ".join(f'l."{column}"' for column in bound)
    expected = "true" if expected_version is None else f'l."Version" = {query.bind(expected_version, "int")}'
    return STATEMENT.format(
        user=query.bind(caller.user_id, "bigint"),
        lead=query.bind(lead_id, "bigint"),
        changes=", ".join(f'"{column}" = {place}' for column, place in bound.items()),
        differs=f"({present}) IS DISTINCT FROM ({', '.join(bound.values())})",
        expected=expected,
        free="true" if alone else "place.unscored",
        item=ITEM,
    )


def _bound(name: str, value: Any) -> Any:
    """JSON travels as its text: the driver's own form on every connection."""
    return orjson.dumps(value).decode() if PLAIN[name] == "jsonb" and value is not None else value
