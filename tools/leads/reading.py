"""Reading leads: one statement finds the caller's place and the rows, which Postgres writes as JSON.

The names of the wire and the columns behind them stand here once; writes answer by the same statements.
"""

from collections.abc import Sequence
from typing import Literal, get_args

from persistence.session import UnitOfWork
from persistence.types import CampaignID, LeadID, WorkspaceID
from tools.access import Caller
from tools.errors import NotFound
from tools.leads.schemas import LeadSelection
from tools.paging import Page, PageRequest
from tools.read_models import InTransaction, Listing, Query, Reader, Sort, find, find_page, row_as_json

SortName = Literal["createdAt", "-createdAt", "relevanceScore", "-relevanceScore", "fullName", "-fullName"]
LISTED = {
    "id": "LeadID",
    "campaignId": "CampaignID",
    "workspaceId": "ProjectID",
    "personId": "PersonID",
    "fullName": "FullName",
    "jobTitle": "JobTitle",
    "company": "Company",
    "companyDomain": "CompanyDomain",
    "linkedinUrl": "LinkedinUrl",
    "email": "Email",
    "phone": "Phone",
    "location": "Location",
    "avatarUrl": "AvatarUrl",
    "aiSummary": "AiSummary",
    "relevanceScore": "RelevanceScore",
    "relevanceReasons": "RelevanceReasons",
    "status": "Status",
    "outcome": "Outcome",
    "outcomeReason": "OutcomeReason",
    "outboundMessage": "OutboundMessage",
    "contactedAt": "ContactedAt",
    "respondedAt": "RespondedAt",
    "createdAt": "CreatedAt",
    "updatedAt": "UpdatedAt",
}
WHOLE = {**LISTED, "enrichmentData": "EnrichmentData"}
WITH_RAW = {**WHOLE, "rawData": "RawData"}

NO_LEAD = "There is no such lead."

SCORE = """coalesce(l."RelevanceScore", -1)"""
"""As its index has it: leads without a score come before those with 0."""
KEYS: dict[str, dict[str, type]] = {
    "createdAt": {'l."LeadID"': int},
    "relevanceScore": {SCORE: int, 'l."LeadID"': int},
    "fullName": {'l."FullName"': str, 'l."LeadID"': int},
}
SORTS = {name: Sort(name, KEYS[name.removeprefix("-")], name.startswith("-")) for name in get_args(SortName)}
VISIBLE = """
l."CampaignID" <> ALL (ARRAY(
  SELECT c."CampaignID" FROM "Campaigns" c
  WHERE c."ProjectID" = l."ProjectID" AND c."DeletedAt" IS NOT NULL
))
"""
OF_CAMPAIGN = (
    """(SELECT c."ProjectID" FROM "Campaigns" c WHERE c."CampaignID" = {} AND c."DeletedAt" IS NULL)"""
)
OF_LEAD = """(
  SELECT l."ProjectID" FROM "Leads" l JOIN "Campaigns" c ON c."CampaignID" = l."CampaignID"
  WHERE l."LeadID" = {} AND c."DeletedAt" IS NULL
)"""
OF_EXPERIMENTS = """
l."CampaignID" = ANY (ARRAY(
  SELECT c."CampaignID" FROM "Campaigns" c WHERE c."ExperimentID" = ANY ({})
))
"""
TEXT = """concat_ws(' ', l."FullName", l."JobTitle", l."Company", l."Email") ILIKE {}"""


async def list_of_workspace(
    reader: Reader,
    caller: Caller,
    workspace_id: WorkspaceID,
    page: PageRequest,
    *,
    chosen: LeadSelection,
    sort: SortName = "createdAt",
) -> Page[str]:
    """A workspace's leads as JSON texts, those of deleted campaigns left out. Raises NotFound, Forbidden, Invalid."""
    query = Query()
    workspace = query.bind(workspace_id, "bigint")
    query.where('l."ProjectID" = place.workspace_id')
    query.where(VISIBLE.replace('l."ProjectID"', "place.workspace_id"))
    select(query, chosen)
    return await _page(reader, caller, query, page, sort, workspace, "There is no such workspace.")


async def list_of_campaign(
    reader: Reader,
    caller: Caller,
    campaign_id: CampaignID,
    page: PageRequest,
    *,
    chosen: LeadSelection,
    sort: SortName = "createdAt",
) -> Page[str]:
    """A campaign's leads as JSON texts. Raises NotFound, Forbidden, Invalid."""
    query = Query()
    campaign = query.bind(campaign_id, "bigint")
    query.where(f'l."CampaignID" = {campaign}')
    select(query, chosen)
    workspace = OF_CAMPAIGN.format(campaign)
    return await _page(reader, caller, query, page, sort, workspace, "There is no such campaign.")


async def read_lead(reader: Reader, caller: Caller, lead_id: LeadID, *, raw: bool = False) -> tuple[str, int]:
    """One lead as JSON text, and its version. Raises NotFound, Forbidden."""
    query = Query()
    lead = query.bind(lead_id, "bigint")
    item = row_as_json(WITH_RAW if raw else WHOLE, "l")
    rows = f'SELECT {item} AS item, l."Version" FROM "Leads" l WHERE l."LeadID" = {lead}'  # noqa: S608
    found = await find(reader, caller, query, workspace=OF_LEAD.format(lead), rows=rows, missing=NO_LEAD)
    if not found:
        raise NotFound(NO_LEAD)
    return found[0][0], found[0][1]


async def written_leads(uow: UnitOfWork, lead_ids: Sequence[LeadID]) -> list[tuple[str, int]]:
    """Leads this transaction has written, as JSON texts with their versions, in the order given."""
    item = row_as_json(WHOLE, "l")
    statement = f"""
        SELECT {item}, l."Version" FROM unnest($1::bigint[]) WITH ORDINALITY AS wanted (id, place)
        JOIN "Leads" l ON l."LeadID" = wanted.id ORDER BY wanted.place
    """  # noqa: S608
    return [(row[0], row[1]) for row in await InTransaction(uow).rows(statement, list(lead_ids))]


def select(query: Query, chosen: LeadSelection) -> None:
    """Add the conditions of a selection."""
    if chosen.status:
        query.where(
            'l."Status" = ANY ({}::"LeadStatus"[])', ([word.value for word in chosen.status], "text[]")
        )
    if chosen.outcome:
        query.where(
            'l."Outcome" = ANY ({}::"LeadOutcome"[])', ([word.value for word in chosen.outcome], "text[]")
        )
    if chosen.campaign_id:
        query.where('l."CampaignID" = ANY ({})', (list(chosen.campaign_id), "bigint[]"))
    if chosen.experiment_id:
        query.where(OF_EXPERIMENTS, (list(chosen.experiment_id), "bigint[]"))
    if chosen.min_score is not None:
        query.where('l."RelevanceScore" >= {}', (chosen.min_score, "int"))
    if chosen.max_score is not None:
        query.where('l."RelevanceScore" <= {}', (chosen.max_score, "int"))
    if chosen.q:
        plain = chosen.q.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        query.where(TEXT, (f"%{plain}%", "text"))


async def _page(
    reader: Reader,
    caller: Caller,
    query: Query,
    page: PageRequest,
    sort: SortName,
    workspace: str,
    missing: str,
) -> Page[str]:
    listing = Listing(row_as_json(LISTED, "l"), '"Leads" l', workspace, missing)
    return await find_page(reader, caller, query, page, listing, SORTS[sort])
