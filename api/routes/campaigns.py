"""Campaigns and their feed."""

from typing import Annotated, Literal

from fastapi import Query, Response

from api.deps import CallerDep, ExpectedVersionDep, PageDep, PathIDOf, UnitOfWorkDep, set_etag
from api.envelope import listed, ok
from api.routing import api_router
from persistence.models.campaign import ActivityType, CampaignStatus
from persistence.types import CampaignID, ExperimentID, WorkspaceID
from tools.campaigns import service
from tools.campaigns.schemas import (
    ActivityRead,
    CampaignCreate,
    CampaignCreateSomewhere,
    CampaignRead,
    CampaignUpdate,
)
from tools.campaigns.service import CampaignView
from tools.experiments.schemas import ExperimentRead
from tools.schemas import Envelope, PageEnvelope

router = api_router("campaigns")

StatusFilter = Annotated[
    list[CampaignStatus] | None,
    Query(max_length=4, description="Only these statuses; repeat it for several."),
]
ExperimentFilter = Annotated[
    PathIDOf[ExperimentID] | None,
    Query(alias="experimentId", description="Only campaigns of this experiment."),
]
Sort = Annotated[
    Literal["createdAt", "-createdAt"], Query(description="Oldest first, or with a minus newest first.")
]
TypeFilter = Annotated[
    list[ActivityType] | None,
    Query(alias="activityType", max_length=20, description="Only these kinds; repeat it for several."),
]


@router.get("/workspaces/{workspace_id}/campaigns")
async def list_campaigns(
    workspace_id: PathIDOf[WorkspaceID],
    caller: CallerDep,
    uow: UnitOfWorkDep,
    page: PageDep,
    status: StatusFilter = None,
    experiment_id: ExperimentFilter = None,
    sort: Sort = "createdAt",
) -> PageEnvelope[CampaignRead]:
    """The workspace's campaigns, without deleted ones."""
    found = await service.list_campaigns(
        uow,
        caller,
        workspace_id,
        page,
        statuses=status or (),
        experiment_id=experiment_id,
        newest_first=sort.startswith("-"),
    )
    return listed([_shown(view) for view in found.items], found)


@router.post("/workspaces/{workspace_id}/campaigns", status_code=201)
async def create_campaign(
    workspace_id: PathIDOf[WorkspaceID],
    body: CampaignCreate,
    caller: CallerDep,
    uow: UnitOfWorkDep,
    response: Response,
) -> Envelope[CampaignRead]:
    """Make a campaign, `active` or `paused`. For members and above."""
    view = await service.create_campaign(uow, caller, workspace_id, body)
    set_etag(response, view.campaign.version)
    return ok(_shown(view), "Campaign created.")


@router.post("/campaigns", status_code=201)
async def create_campaign_in_workspace(
    body: CampaignCreateSomewhere, caller: CallerDep, uow: UnitOfWorkDep, response: Response
) -> Envelope[CampaignRead]:
    """Make a campaign in the workspace the body names. For members and above."""
    return await create_campaign(body.workspace_id, body, caller, uow, response)


@router.get("/campaigns/{campaign_id}")
async def get_campaign(
    campaign_id: PathIDOf[CampaignID], caller: CallerDep, uow: UnitOfWorkDep, response: Response
) -> Envelope[CampaignRead]:
    """One campaign, with its experiment and what its leads add up to."""
    view = await service.read_campaign(uow, caller, campaign_id)
    set_etag(response, view.campaign.version)
    return ok(_shown(view))


@router.put("/campaigns/{campaign_id}")
async def update_campaign(
    campaign_id: PathIDOf[CampaignID],
    body: CampaignUpdate,
    caller: CallerDep,
    uow: UnitOfWorkDep,
    version: ExpectedVersionDep,
    response: Response,
) -> Envelope[CampaignRead]:
    """Change what is sent; null clears, absent leaves as it is. For members and above.

    A status moves only along its table (pause and resume are moves); 409 says which moves are legal. Another experiment
    can be named only while there are no leads.
    """
    view = await service.update_campaign(uow, caller, campaign_id, body, expected_version=version)
    set_etag(response, view.campaign.version)
    return ok(_shown(view), "Campaign saved.")


@router.delete("/campaigns/{campaign_id}")
async def delete_campaign(
    campaign_id: PathIDOf[CampaignID], caller: CallerDep, uow: UnitOfWorkDep
) -> Envelope[None]:
    """Delete a campaign; its leads leave the lists with it. For members and above."""
    await service.delete_campaign(uow, caller, campaign_id)
    return ok(None, "Campaign deleted.")


@router.get("/campaigns/{campaign_id}/activities")
async def list_campaign_activities(
    campaign_id: PathIDOf[CampaignID],
    caller: CallerDep,
    uow: UnitOfWorkDep,
    page: PageDep,
    activity_type: TypeFilter = None,
) -> PageEnvelope[ActivityRead]:
    """What happened in a campaign, newest first."""
    found = await service.list_activities(uow, caller, campaign_id, page, types=activity_type or ())
    return listed([ActivityRead.model_validate(row) for row in found.items], found)


def _shown(view: CampaignView) -> CampaignRead:
    """A campaign as the wire shows it."""
    campaign, experiment = view.campaign, view.experiment
    columns = {name: getattr(campaign, name) for name in CampaignRead.model_fields if hasattr(campaign, name)}
    shown = experiment and ExperimentRead.model_validate(experiment)
    return CampaignRead.model_validate({**columns, "stats": view.stats, "experiment": shown})
