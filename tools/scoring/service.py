"""Scoring a campaign's leads when somebody asks for it; else scores come by themselves (`stored.py`)."""

from collections.abc import Sequence

from sqlalchemy import func, select

from persistence.models.campaign import Campaign
from persistence.models.experiment import Experiment
from persistence.models.lead import Lead
from persistence.models.workspace import ProjectRole
from persistence.session import UnitOfWork
from persistence.types import CampaignID, LeadID
from tools.access import Caller
from tools.campaigns.queries import campaign_of
from tools.errors import Conflict, FieldError, Invalid, NotFound
from tools.scoring.schemas import LeadsScored
from tools.scoring.score import criteria_of
from tools.scoring.stored import rescore

MAX_AT_ONCE = 10_000


async def score_leads(
    uow: UnitOfWork, caller: Caller, campaign_id: CampaignID, lead_ids: Sequence[LeadID] | None
) -> LeadsScored:
    """Score these leads of a campaign, or all. For members and above.

    Raises NotFound (also for a lead of another campaign), Forbidden, Conflict when the campaign has no design to score
    against, and Invalid for more leads than fit into a request.
    """
    campaign = await campaign_of(uow, caller, campaign_id, ProjectRole.MEMBER)
    ids = await _ids(uow, campaign_id, lead_ids)
    await _require_design(uow, campaign)
    return LeadsScored(scored=len(ids), changed=await rescore(uow, ids))


async def _require_design(uow: UnitOfWork, campaign: Campaign) -> None:
    statement = select(Experiment.design).where(
        Experiment.id == campaign.experiment_id, Experiment.workspace_id == campaign.workspace_id
    )
    if not criteria_of((await uow.session.execute(statement)).scalar_one_or_none()):
        raise Conflict("The campaign has no experiment with a design to score against.", code="no_design")


async def _ids(uow: UnitOfWork, campaign_id: CampaignID, wanted: Sequence[LeadID] | None) -> list[LeadID]:
    """The leads' ids in order, locked against other changes until the commit."""
    here = select(Lead.id).where(Lead.campaign_id == campaign_id).order_by(Lead.id).with_for_update()
    if wanted is None:
        count = select(func.count()).where(Lead.campaign_id == campaign_id)
        if (await uow.session.execute(count)).scalar_one() > MAX_AT_ONCE:
            reason = f"The campaign has more than {MAX_AT_ONCE:,} leads: name at most 1,000 at a time."
            raise Invalid("Too many leads at once.", [FieldError("/leadIds", reason)])
    else:
        here = here.where(Lead.id.in_(set(wanted)))
    found = list((await uow.session.execute(here)).scalars())
    if wanted is not None and len(found) != len(set(wanted)):
        raise NotFound("There is no such lead in the campaign.")
    return found
