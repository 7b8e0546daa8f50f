"""What a workspace may spend, and what it spent."""

from datetime import date
from typing import Annotated

from fastapi import Query, Response

from api.deps import CallerDep, ExpectedVersionDep, PageDep, PathIDOf, UnitOfWorkDep, set_etag
from api.envelope import listed, ok
from api.routing import api_router
from persistence.types import CampaignID, WorkspaceID
from tools.budgets import service
from tools.budgets.schemas import BudgetRead, BudgetUpdate, UsageRead
from tools.schemas import Envelope, PageEnvelope

router = api_router("budgets")


@router.get("/workspaces/{workspace_id}/budget")
async def get_budget(
    workspace_id: PathIDOf[WorkspaceID], caller: CallerDep, uow: UnitOfWorkDep, response: Response
) -> Envelope[BudgetRead]:
    """The limits, and what counts against them now. Without a limit for credits nothing paid is begun."""
    view = await service.read_budget(uow, caller, workspace_id)
    if view.version is not None:
        set_etag(response, view.version)
    return ok(view.shown)


@router.put("/workspaces/{workspace_id}/budget")
async def update_budget(
    workspace_id: PathIDOf[WorkspaceID],
    body: BudgetUpdate,
    caller: CallerDep,
    uow: UnitOfWorkDep,
    version: ExpectedVersionDep,
    response: Response,
) -> Envelope[BudgetRead]:
    """Change what is sent; null takes a limit away, absent leaves it as it is. For admins and owners."""
    view = await service.save_budget(uow, caller, workspace_id, body, expected_version=version)
    assert view.version is not None
    set_etag(response, view.version)
    return ok(view.shown, "Budget saved.")


@router.get("/workspaces/{workspace_id}/usage")
async def list_usage(
    workspace_id: PathIDOf[WorkspaceID],
    caller: CallerDep,
    uow: UnitOfWorkDep,
    page: PageDep,
    first: Annotated[
        date | None, Query(alias="from", description="The first UTC day; else 30 days up to `to`.")
    ] = None,
    last: Annotated[date | None, Query(alias="to", description="The last UTC day; else today.")] = None,
    campaign_id: Annotated[
        PathIDOf[CampaignID] | None, Query(alias="campaignId", description="Only this campaign.")
    ] = None,
) -> PageEnvelope[UsageRead]:
    """What was spent, added up by day, campaign, graph and model, newest day first. At most a year at once."""
    found = await service.list_usage(
        uow, caller, workspace_id, page, first=first, last=last, campaign_id=campaign_id
    )
    return listed(found.items, found)
