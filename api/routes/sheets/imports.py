"""Tables that are sent in: leads, and whom not to write to."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import File, Form, UploadFile

from api.deps import CallerDep, PathIDOf, ServicesDep
from api.envelope import ok
from api.routing import api_router, route_options
from persistence.models.suppression import SuppressionReason
from persistence.models.workspace import ProjectRole
from persistence.types import CampaignID, WorkspaceID
from tools.access import require_role
from tools.campaigns.queries import campaign_of
from tools.leads.importing import LeadRows, save_rows
from tools.leads.schemas import LeadCreate
from tools.messages.withdrawal import suppress_and_withdraw
from tools.schemas import Envelope
from tools.sheets.importing import ImportReport, Numbered, Saved, import_sheet
from tools.sheets.reading import open_sheet
from tools.suppressions.importing import SuppressionRows, saved_of
from tools.suppressions.schemas import SuppressionCreate

router = api_router("imports")

Upload = Annotated[UploadFile, File(description="A CSV file: UTF-8, its first row the names of the columns.")]
Mapping = Annotated[
    str | None,
    Form(
        max_length=50_000,
        description='A JSON object {column: field}, such as {"Name": "fullName"}; null leaves a column out. '
        "Without it the names of the columns are matched.",
    ),
]


@router.post("/campaigns/{campaign_id}/leads/import", status_code=202)
@route_options(body="upload")
async def import_leads(
    campaign_id: PathIDOf[CampaignID],
    caller: CallerDep,
    services: ServicesDep,
    file: Upload,
    mapping: Mapping = None,
) -> Envelope[ImportReport]:
    """Add the leads of a CSV file, and report each row that was not added. For members and above.

    Fields: fullName (or firstName and lastName), jobTitle, company, companyDomain, linkedinUrl, email, phone, location,
    avatarUrl, aiSummary, relevanceScore, outboundMessage. The same file again adds nothing twice.
    """
    async with services.transactions.open() as uow:
        await campaign_of(uow, caller, campaign_id, ProjectRole.MEMBER)
    sheet = open_sheet(file.file)
    rows = LeadRows(sheet, mapping)

    async def save(batch: Sequence[Numbered[LeadCreate]]) -> Saved:
        async with services.transactions.open() as uow:
            return await save_rows(uow, caller, campaign_id, batch)

    report = await import_sheet(sheet, rows, save)
    return ok(report, f"{report.added} leads added.")


@router.post("/workspaces/{workspace_id}/suppressions/import", status_code=202)
@route_options(body="upload")
async def import_suppressions(
    workspace_id: PathIDOf[WorkspaceID],
    caller: CallerDep,
    services: ServicesDep,
    file: Upload,
    mapping: Mapping = None,
    reason: Annotated[
        SuppressionReason, Form(description="The reason of rows that say none.")
    ] = SuppressionReason.MANUAL,
) -> Envelope[ImportReport]:
    """Suppress everybody in a CSV file, and report each row that was not added. For members and above.

    Columns: kind and value, or one of email, domain and linkedin; reason may be there too. The same file again adds
    nothing twice.
    """
    async with services.transactions.open() as uow:
        await require_role(uow, caller, workspace_id, ProjectRole.MEMBER)
    sheet = open_sheet(file.file)
    rows = SuppressionRows(sheet, mapping, reason)

    async def save(batch: Sequence[Numbered[SuppressionCreate]]) -> Saved:
        items = [row.item for row in batch]
        async with services.transactions.open() as uow:
            added = await suppress_and_withdraw(uow, caller, workspace_id, items, services.contact_hashes)
        return saved_of(batch, added)

    report = await import_sheet(sheet, rows, save)
    return ok(report, f"{report.added} suppressions added.")
