"""Saving what concerns nothing but the lead itself, by one statement: place, role, version and row together.

Status and outcome move along tables, and what a lead is recognised by is shared with others: those are `service.py`'s.
"""

from typing import Any

import orjson

from persistence.models.lead import Lead
from persistence.models.workspace import ProjectRole
from persistence.types import LeadID, WorkspaceID
from tools.access import Access, Caller
from tools.errors import Forbidden, NotFound, Unauthenticated
from tools.leads.reading import NO_LEAD, WHOLE
from tools.leads.schemas import LeadUpdate
from tools.read_models import Query, Reader, row_as_json
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
    found."LeadID" AS lead_id, found."ProjectID" AS workspace_id, found."Version" AS version
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
  WHERE l."LeadID" = place.lead_id AND place.active AND place.role <> 'viewer' AND {expected}
  RETURNING {item} AS item, l."Version" AS version
)
SELECT place.active, place.role, place.workspace_id, place.version, saved.item, saved.version
FROM place LEFT JOIN saved ON true
"""


"""Like an update through SQLAlchemy, it counts a version only when something differs."""

ITEM = row_as_json(WHOLE, "l")


def is_plain(change: LeadUpdate) -> bool:
    """Whether a change concerns nothing but the lead itself."""
    return bool(change.model_fields_set) and change.model_fields_set <= PLAIN.keys()


async def save_plain(
    reader: Reader, caller: Caller, lead_id: LeadID, change: LeadUpdate, expected_version: int | None = None
) -> tuple[str, int]:
    """Save a plain change: the lead as JSON text, and its version. For members and above.

    Raises Unauthenticated, Forbidden, NotFound, StaleVersion.
    """
    query = Query()
    statement = _statement(query, caller, lead_id, change.changes(), expected_version)
    found = await reader.rows(statement, *query.arguments)
    if not found:
        raise Unauthenticated("A valid access token is needed.")
    active, role, workspace_id, there, item, version = found[0]
    if not active:
        raise Forbidden("This account is disabled.", code="account_disabled")
    if workspace_id is None:
        raise NotFound(NO_LEAD)
    if item is None:
        Access(caller, WorkspaceID(workspace_id), ProjectRole(role)).require(ProjectRole.MEMBER)
        # What was as expected when the statement began was saved or deleted in between.
        raise NotFound(NO_LEAD) if expected_version is None else stale(there)
    return item, version


def _statement(
    query: Query, caller: Caller, lead_id: LeadID, changes: dict[str, Any], expected_version: int | None
) -> str:
    bound = {COLUMNS[name]: query.bind(_bound(name, value), PLAIN[name]) for name, value in changes.items()}
    present = ", ".join(f'l."{column}"' for column in bound)
    expected = "true" if expected_version is None else f'l."Version" = {query.bind(expected_version, "int")}'
    return STATEMENT.format(
        user=query.bind(caller.user_id, "bigint"),
        lead=query.bind(lead_id, "bigint"),
        changes=", ".join(f'"{column}" = {place}' for column, place in bound.items()),
        differs=f"({present}) IS DISTINCT FROM ({', '.join(bound.values())})",
        expected=expected,
        item=ITEM,
    )


def _bound(name: str, value: Any) -> Any:
    """JSON travels as its text: the driver's own form on every connection."""
    return orjson.dumps(value).decode() if PLAIN[name] == "jsonb" and value is not None else value
