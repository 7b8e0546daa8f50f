"""Leads: lists, one, many."""

from typing import Annotated, Literal

from fastapi import Depends, Query, Response

from api.deps import CallerDep, ExpectedVersionDep, PageDep, PathIDOf, ServicesDep, UnitOfWorkDep
from api.envelope import ok
from api.hot.leads import plain_lead, plain_update, plain_workspace_leads
from api.ready_json import ready, ready_list, ready_page
from api.routing import api_router, route_options
from persistence.models.lead import LeadOutcome, LeadStatus
from persistence.session import UnitOfWork
from persistence.types import CampaignID, ExperimentID, LeadID, WorkspaceID
from tools.leads import adding, bulk, reading, service
from tools.leads.batch import LeadBatch, OneOrMany
from tools.leads.reading import SortName
from tools.leads.saving import is_plain, save_and_score
from tools.leads.schemas import (
    BulkDone,
    LeadAdded,
    LeadBulk,
    LeadListed,
    LeadOutcomeLog,
    LeadRead,
    LeadsAdded,
    LeadSelection,
    LeadUpdate,
)
from tools.messages.withdrawal import change_lead
from tools.schemas import Envelope, PageEnvelope

router = api_router("leads")

Sort = Annotated[SortName, Query(description="The order; with a minus the other way round.")]
Include = Annotated[
    list[Literal["rawData"]] | None, Query(max_length=1, description="What to add to the answer.")
]


async def selection(
    status: Annotated[
        list[LeadStatus] | None, Query(max_length=7, description="Only these statuses; repeat for several.")
    ] = None,
    outcome: Annotated[
        list[LeadOutcome] | None, Query(max_length=8, description="Only these outcomes; repeat for several.")
    ] = None,
    campaign_ids: Annotated[
        list[PathIDOf[CampaignID]] | None,
        Query(alias="campaignId", max_length=200, description="Only these campaigns; repeat for several."),
    ] = None,
    experiment_ids: Annotated[
        list[PathIDOf[ExperimentID]] | None,
        Query(
            alias="experimentId", max_length=200, description="Only these experiments; repeat for several."
        ),
    ] = None,
    min_score: Annotated[
        int | None, Query(alias="minScore", ge=0, le=100, description="Only with at least this relevance.")
    ] = None,
    max_score: Annotated[
        int | None, Query(alias="maxScore", ge=0, le=100, description="Only with at most this relevance.")
    ] = None,
    q: Annotated[
        str | None,
        Query(max_length=200, description="Only with this text in name, title, company or e-mail."),
    ] = None,
) -> LeadSelection:
    """The conditions of a list."""
    return LeadSelection(
        status=status or [],
        outcome=outcome or [],
        campaign_id=campaign_ids or [],
        experiment_id=experiment_ids or [],
        min_score=min_score,
        max_score=max_score,
        q=q,
    )


SelectionDep = Annotated[LeadSelection, Depends(selection)]


@router.get("/workspaces/{workspace_id}/leads", response_model=PageEnvelope[LeadListed])
@route_options(asks_itself=True, plain=plain_workspace_leads)
async def list_workspace_leads(
    workspace_id: PathIDOf[WorkspaceID],
    caller: CallerDep,
    services: ServicesDep,
    page: PageDep,
    chosen: SelectionDep,
    sort: Sort = "createdAt",
) -> Response:
    """The workspace's leads over all campaigns, without those of deleted ones."""
    found = await reading.list_of_workspace(
        services.transactions, caller, workspace_id, page, chosen=chosen, sort=sort
    )
    return ready_page(found)


@router.get("/campaigns/{campaign_id}/leads", response_model=PageEnvelope[LeadListed])
@route_options(asks_itself=True)
async def list_campaign_leads(
    campaign_id: PathIDOf[CampaignID],
    caller: CallerDep,
    services: ServicesDep,
    page: PageDep,
    chosen: SelectionDep,
    sort: Sort = "createdAt",
) -> Response:
    """A campaign's leads."""
    found = await reading.list_of_campaign(
        services.transactions, caller, campaign_id, page, chosen=chosen, sort=sort
    )
    return ready_page(found)


@router.post("/campaigns/{campaign_id}/leads", status_code=201, response_model=LeadAdded | LeadsAdded)
@route_options(body="batch")
async def add_leads(
    campaign_id: PathIDOf[CampaignID], body: OneOrMany, caller: CallerDep, uow: UnitOfWorkDep
) -> Response:
    """Add one lead, or several as `{"leads": [...]}`. For members and above.

    Who is in the workspace already (by LinkedIn profile or e-mail address) is not added again: 409 with `leadId` for
    one, `duplicates` for several. A company belongs to one experiment of the workspace: 409 or `rejected`.
    """
    if isinstance(body, LeadBatch):
        return await add_lead_batch(campaign_id, body, caller, uow)
    lead_id = await adding.add_lead(uow, caller, campaign_id, body)
    return await _written(uow, lead_id, "Lead added.", status=201)


@router.post("/campaigns/{campaign_id}/leads/batch", status_code=201, response_model=LeadsAdded)
@route_options(body="batch")
async def add_lead_batch(
    campaign_id: PathIDOf[CampaignID], body: LeadBatch, caller: CallerDep, uow: UnitOfWorkDep
) -> Response:
    """Add several leads; what can't be added is reported beside those that were. For members and above."""
    added = await adding.add_leads(uow, caller, campaign_id, body.items, shown=True)
    more = {
        "duplicates": [item.model_dump(by_alias=True) for item in added.duplicates],
        "rejected": [item.model_dump(by_alias=True) for item in added.rejected],
    }
    return ready_list([added.items], f"{len(added.lead_ids)} leads added.", status=201, more=more)


@router.post("/leads/bulk")
async def change_many_leads(body: LeadBulk, caller: CallerDep, uow: UnitOfWorkDep) -> Envelope[BulkDone]:
    """Move, judge, bring to another campaign, or delete many leads at once, all in one transaction. For members and above.

    What can't be done to some (an illegal move, a company of another experiment) is `refused` with the reason; the rest
    is done.
    """
    done = await bulk.change_many(uow, caller, body)
    return ok(done, f"{done.changed} leads changed.")


@router.get("/leads/{lead_id}", response_model=Envelope[LeadRead])
@route_options(asks_itself=True, plain=plain_lead)
async def get_lead(
    lead_id: PathIDOf[LeadID], caller: CallerDep, services: ServicesDep, include: Include = None
) -> Response:
    """One lead."""
    item, version = await reading.read_lead(services.transactions, caller, lead_id, raw=bool(include))
    return ready(item, version=version)


@router.put("/leads/{lead_id}", response_model=Envelope[LeadRead])
@route_options(plain=plain_update)
async def update_lead(
    lead_id: PathIDOf[LeadID],
    body: LeadUpdate,
    caller: CallerDep,
    uow: UnitOfWorkDep,
    services: ServicesDep,
    version: ExpectedVersionDep,
) -> Response:
    """Change what is sent; null clears, absent leaves as it is. For members and above.

    A status moves only along its table; 409 says which moves are legal. 409 too for the profile or address of another
    lead, and for a company of another experiment. Messages queued for somebody who turns out to be suppressed become
    drafts again.
    """
    if is_plain(body):
        item, version = await save_and_score(uow, caller, lead_id, body, version)
        return ready(item, "Lead saved.", version=version)
    hashes = services.contact_hashes
    lead = await change_lead(uow, caller, lead_id, body, hashes, expected_version=version)
    return await _written(uow, lead.id, "Lead saved.")


@router.delete("/leads/{lead_id}")
async def delete_lead(lead_id: PathIDOf[LeadID], caller: CallerDep, uow: UnitOfWorkDep) -> Envelope[None]:
    """Remove a lead with its messages and signals. For members and above."""
    await service.delete_lead(uow, caller, lead_id)
    return ok(None, "Lead deleted.")


@router.post("/leads/{lead_id}/outcome", response_model=Envelope[LeadRead])
async def log_lead_outcome(
    lead_id: PathIDOf[LeadID], body: LeadOutcomeLog, caller: CallerDep, uow: UnitOfWorkDep
) -> Response:
    """Say what came of a lead, in whatever status it is. An answer moves a lead that was written to. For members and above."""
    reason = body.notes if body.reason is None else body.reason
    lead = await service.say_outcome(uow, caller, lead_id, body.outcome, reason)
    return await _written(uow, lead.id, "Outcome logged.")


async def _written(uow: UnitOfWork, lead_id: LeadID, message: str, *, status: int = 200) -> Response:
    ((item, version),) = await reading.written_leads(uow, [lead_id])
    return ready(item, message, status=status, version=version)
