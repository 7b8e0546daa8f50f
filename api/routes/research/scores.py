"""How well leads fit their experiment."""

from typing import Annotated

from fastapi import Body

from api.deps import CallerDep, PathIDOf, UnitOfWorkDep
from api.envelope import ok
from api.routing import api_router
from persistence.types import CampaignID
from tools.schemas import Envelope
from tools.scoring import service
from tools.scoring.schemas import REQUEST_EXAMPLE, LeadsScored, ScoreRequest

router = api_router("leads")


@router.post("/campaigns/{campaign_id}/leads/score", response_model=Envelope[LeadsScored])
async def score_leads(
    campaign_id: PathIDOf[CampaignID],
    caller: CallerDep,
    uow: UnitOfWorkDep,
    body: Annotated[ScoreRequest | None, Body(examples=[REQUEST_EXAMPLE])] = None,
) -> Envelope[LeadsScored]:
    """Score leads 0 to 100 against the design of the campaign's experiment, from their stored fields alone.

    `relevanceReasons` then names for each criterion the field that shows it, and what it earned.
    """
    scored = await service.score_leads(uow, caller, campaign_id, body.lead_ids if body else None)
    return ok(scored, "The leads were scored.")
