"""What is stored about one lead, in one statement: its parts come as JSON that Postgres has put together."""

from typing import Any

from sqlalchemy import BindParameter, ColumnElement, ScalarSelect, bindparam, func, or_, select
from sqlalchemy.dialects.postgresql import JSONB, aggregate_order_by

from persistence.models.campaign import Campaign
from persistence.models.experiment import Experiment
from persistence.models.lead import LeadSignal
from persistence.models.outreach import OutreachMessage
from persistence.models.page_snapshot import PageSnapshot
from persistence.models.sender_profile import SenderProfile
from persistence.models.workspace import Workspace

MAX_SIGNALS = 40
MAX_PAGES = 8
PAGE_LENGTH = 20_000
MAX_MESSAGES = 20
MAX_DRAFTS = 50
HOST = r"^https?://(?:[^/?#@]*@)?([^/?#:]+)"

LEAD: BindParameter[Any] = bindparam("lead")
CAMPAIGN: BindParameter[Any] = bindparam("campaign")
WORKSPACE: BindParameter[Any] = bindparam("workspace")
DOMAIN: BindParameter[Any] = bindparam("domain", type_=PageSnapshot.url.type)


def _json(**values: Any) -> ColumnElement[Any]:
    return func.jsonb_build_object(*[part for name, value in values.items() for part in (name, value)])


def _listed(item: ColumnElement[Any], order: Any) -> ScalarSelect[Any]:
    """All of them as one array; none as null."""
    return select(func.jsonb_agg(aggregate_order_by(item, order), type_=JSONB)).scalar_subquery()


def _signals() -> ScalarSelect[Any]:
    """What was noticed about the lead, newest first."""
    one = select(LeadSignal).where(LeadSignal.lead_id == LEAD)
    row = one.order_by(LeadSignal.id.desc()).limit(MAX_SIGNALS).subquery().c
    found = _json(
        id=row.LeadSignalID,
        headline=row.Headline,
        description=row.Description,
        type=row.SignalType,
        citations=row.Citations,
        at=func.coalesce(row.DetectedAt, row.CreatedAt),
    )
    return _listed(found, row.LeadSignalID.desc())


def _lies_in_domain(url: Any) -> ColumnElement[bool]:
    host = func.substring(func.lower(url), HOST)
    return or_(host == DOMAIN, func.right(host, func.length(DOMAIN) + 1) == func.concat(".", DOMAIN))


def _pages() -> ScalarSelect[Any]:
    """The newest reading of each page that was asked for in the company's domain, or found there."""
    newest = select(func.max(PageSnapshot.id)).where(PageSnapshot.workspace_id == WORKSPACE)
    here = or_(_lies_in_domain(PageSnapshot.url), _lies_in_domain(PageSnapshot.final_url))
    one = (
        select(PageSnapshot)
        .where(PageSnapshot.id.in_(newest.where(here).group_by(PageSnapshot.url)))
        .order_by(PageSnapshot.id.desc())
        .limit(MAX_PAGES)
    )
    row = one.subquery().c
    found = _json(
        id=row.PageSnapshotID,
        url=row.FinalUrl,
        content=func.left(row.Content, PAGE_LENGTH),
        at=row.FetchedAt,
    )
    return _listed(found, row.PageSnapshotID.desc())


def _messages() -> ScalarSelect[Any]:
    """Messages to the lead, oldest first."""
    one = select(OutreachMessage).where(OutreachMessage.lead_id == LEAD)
    row = one.order_by(OutreachMessage.id.desc()).limit(MAX_MESSAGES).subquery().c
    found = _json(
        id=row.OutreachMessageID,
        format=row.Format,
        status=row.Status,
        sequence=row.SequenceNumber,
        subject=row.Subject,
        content=row.Content,
        at=func.coalesce(row.SentAt, row.CreatedAt),
        answered=row.RepliedAt,
    )
    return _listed(found, row.OutreachMessageID)


def _drafts() -> ScalarSelect[Any]:
    """Texts of the campaign's newest messages to others."""
    one = select(OutreachMessage.id, OutreachMessage.content).where(
        OutreachMessage.campaign_id == CAMPAIGN, OutreachMessage.lead_id != LEAD
    )
    row = one.order_by(OutreachMessage.id.desc()).limit(MAX_DRAFTS).subquery().c
    return select(func.jsonb_agg(row.content, type_=JSONB)).scalar_subquery()


def _experiment() -> ScalarSelect[Any]:
    found = _json(
        pain=Experiment.pain,
        trigger=Experiment.trigger,
        angle=Experiment.outreach_angle,
        design=Experiment.design,
    )
    joined = select(found).join(Campaign, Campaign.experiment_id == Experiment.id)
    return joined.where(Campaign.id == CAMPAIGN, Experiment.workspace_id == WORKSPACE).scalar_subquery()


def _sender() -> ScalarSelect[Any]:
    found = _json(
        name=SenderProfile.name,
        title=SenderProfile.title,
        company=SenderProfile.company,
        postal_address=SenderProfile.postal_address,
        opt_out_line=SenderProfile.opt_out_line,
        linkedin_tier=SenderProfile.linkedin_tier,
        style_guide=SenderProfile.style_guide,
        facts=SenderProfile.approved_facts,
        customers=SenderProfile.customer_names,
    )
    return select(found).where(SenderProfile.workspace_id == WORKSPACE).scalar_subquery()


STORED = select(
    Workspace.language,
    _experiment().label("experiment"),
    _sender().label("sender"),
    _signals().label("signals"),
    _pages().label("pages"),
    _messages().label("messages"),
    _drafts().label("drafts"),
).where(Workspace.id == WORKSPACE)
"""Takes `lead`, `campaign`, `workspace` and `domain`, which may be null."""
