"""Moves and outcomes of leads: stamped, told in the feed, and counted."""

from collections.abc import Sequence

import pytest
from sqlalchemy import select

from persistence.models.campaign import ActivityType, Campaign, CampaignActivity
from persistence.models.experiment import Experiment
from persistence.models.lead import Lead, LeadOutcome, LeadStatus
from persistence.models.outreach import OutreachStatus
from persistence.models.user import User
from persistence.session import UnitOfWork
from persistence.types import utc_now
from tests.factories.campaigns import make_campaign
from tests.factories.experiments import make_experiment
from tests.factories.leads import make_lead
from tests.factories.users import make_user
from tests.factories.workspaces import make_workspace
from tools.campaigns.recount import recount
from tools.errors import Conflict
from tools.leads.moving import follow_message, log_outcome, move_lead

S = LeadStatus


@pytest.fixture
async def user(uow: UnitOfWork) -> User:
    """Who makes the moves."""
    return await make_user(uow)


@pytest.fixture
async def campaign(uow: UnitOfWork, user: User) -> Campaign:
    """A campaign of an experiment."""
    workspace = await make_workspace(uow, owner=user)
    experiment = await make_experiment(uow, workspace)
    return await make_campaign(uow, workspace, experiment=experiment)


async def _lead(uow: UnitOfWork, campaign: Campaign, status: LeadStatus) -> Lead:
    """A lead that came to `status` some time ago, counted."""
    lead = await make_lead(uow, campaign, full_name="Ada Lovelace", status=status)
    await recount(uow, campaign.workspace_id)
    return lead


async def _activities(uow: UnitOfWork, campaign: Campaign) -> Sequence[CampaignActivity]:
    statement = select(CampaignActivity).where(CampaignActivity.campaign_id == campaign.id)
    return (await uow.session.execute(statement.order_by(CampaignActivity.id))).scalars().all()


async def _counters(uow: UnitOfWork, campaign: Campaign) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Of the campaign and of its experiment, which the recount finds true."""
    assert await recount(uow, campaign.workspace_id) == []
    await uow.session.refresh(campaign)
    experiment = await uow.session.get_one(Experiment, campaign.experiment_id, populate_existing=True)
    return (
        (campaign.total_leads, campaign.contacted_count, campaign.replied_count, campaign.meetings_booked),
        (experiment.leads_found, experiment.leads_warming, experiment.meetings_booked),
    )


async def test_a_move_is_stamped_told_and_counted(uow: UnitOfWork, user: User, campaign: Campaign) -> None:
    lead = await _lead(uow, campaign, S.QUEUED)
    version = campaign.version
    await move_lead(uow, user.id, lead, S.SENT)
    assert lead.contacted_at is not None
    (activity,) = await _activities(uow, campaign)
    assert activity.activity_type is ActivityType.LEAD_CONTACTED
    assert activity.title == "Ada Lovelace was written to"
    assert (activity.actor_user_id, activity.lead_id, activity.status) == (user.id, lead.id, "sent")
    assert activity.metadata_ == {"from": "queued", "to": "sent"}
    assert await _counters(uow, campaign) == ((1, 1, 0, 0), (1, 1, 0))
    assert campaign.version == version, "who edits a campaign is not refused because a lead moved"


async def test_an_illegal_move_changes_nothing(uow: UnitOfWork, user: User, campaign: Campaign) -> None:
    lead = await _lead(uow, campaign, S.FOUND)
    with pytest.raises(Conflict) as refused:
        await move_lead(uow, user.id, lead, S.SENT)
    assert refused.value.extra == {"legal": ["enriching", "drafted"]}
    assert lead.status is S.FOUND
    assert await _activities(uow, campaign) == []


async def test_a_correction_is_a_persons_and_says_so(uow: UnitOfWork, user: User, campaign: Campaign) -> None:
    lead = await _lead(uow, campaign, S.QUEUED)
    with pytest.raises(Conflict):
        await move_lead(uow, None, lead, S.ENRICHED)
    await move_lead(uow, user.id, lead, S.ENRICHED)
    (activity,) = await _activities(uow, campaign)
    assert activity.activity_type is ActivityType.LEAD_MOVED
    assert activity.metadata_ == {"from": "queued", "to": "enriched", "correction": True}


@pytest.mark.parametrize("status", S)
@pytest.mark.parametrize("outcome", LeadOutcome)
async def test_an_outcome_is_logged_in_any_status_and_an_answer_moves_a_sent_lead(
    uow: UnitOfWork, user: User, campaign: Campaign, status: LeadStatus, outcome: LeadOutcome
) -> None:
    lead = await _lead(uow, campaign, status)
    await log_outcome(uow, user.id, lead, outcome, "They said so")
    assert (lead.outcome, lead.outcome_reason) == (outcome, "They said so")
    moves = status is S.SENT and outcome not in (LeadOutcome.NO_RESPONSE, LeadOutcome.UNQUALIFIED)
    assert lead.status is (S.RESPONDED if moves else status)
    assert (lead.responded_at is not None) == moves
    kinds = [activity.activity_type for activity in await _activities(uow, campaign)]
    booked = outcome is LeadOutcome.MEETING_BOOKED
    assert kinds[0] is (ActivityType.MEETING_BOOKED if booked else ActivityType.OUTCOME_LOGGED)
    assert kinds[1:] == ([ActivityType.LEAD_RESPONDED] if moves else [])
    contacted = status in (S.SENT, S.RESPONDED)
    replied = lead.status is S.RESPONDED
    met = outcome.value.startswith(("meeting", "closed"))
    assert await _counters(uow, campaign) == ((1, contacted, replied, met), (1, contacted, met))


async def test_an_outcome_can_be_corrected_and_taken_back(
    uow: UnitOfWork, user: User, campaign: Campaign
) -> None:
    lead = await _lead(uow, campaign, S.RESPONDED)
    for outcome, meetings in ((LeadOutcome.MEETING_BOOKED, 1), (LeadOutcome.REJECTED, 0), (None, 0)):
        await log_outcome(uow, user.id, lead, outcome, None)
        assert (await _counters(uow, campaign))[0] == (1, 1, 1, meetings)


@pytest.mark.parametrize(
    ("present", "message", "after", "steps"),
    [
        (S.FOUND, OutreachStatus.DRAFT, S.DRAFTED, 1),
        (S.ENRICHED, OutreachStatus.SCHEDULED, S.QUEUED, 2),
        (S.QUEUED, OutreachStatus.DRAFT, S.DRAFTED, 1),
        (S.QUEUED, OutreachStatus.SENT, S.SENT, 1),
        (S.SENT, OutreachStatus.REPLIED, S.RESPONDED, 1),
        (S.SENT, OutreachStatus.SCHEDULED, S.SENT, 0),
        (S.RESPONDED, OutreachStatus.SENT, S.RESPONDED, 0),
        (S.ENRICHING, OutreachStatus.DRAFT, S.ENRICHING, 0),
        (S.SENT, OutreachStatus.OPENED, S.SENT, 0),
    ],
)
async def test_a_lead_goes_where_its_message_goes(
    uow: UnitOfWork,
    user: User,
    campaign: Campaign,
    present: LeadStatus,
    message: OutreachStatus,
    after: LeadStatus,
    steps: int,
) -> None:
    lead = await _lead(uow, campaign, present)
    await follow_message(uow, user.id, lead, message)
    assert lead.status is after
    assert len(await _activities(uow, campaign)) == steps
    await _counters(uow, campaign)


async def test_the_recount_finds_and_mends_what_is_wrong(uow: UnitOfWork, campaign: Campaign) -> None:
    await make_lead(uow, campaign, status=S.SENT, outcome=LeadOutcome.MEETING_DONE)
    other = await make_campaign(
        uow,
        await make_workspace(uow),
        total_leads=7,
        deleted_at=utc_now(),
    )
    assert await recount(uow, campaign.workspace_id) == [
        f"campaign {campaign.id}",
        f"experiment {campaign.experiment_id}",
    ]
    assert await _counters(uow, campaign) == ((1, 1, 0, 1), (1, 1, 1))
    assert await recount(uow, other.workspace_id) == [f"campaign {other.id}"]
