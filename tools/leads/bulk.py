"""One action on many leads, in one transaction: what can't be done to some is reported, the rest is done.

Leads are locked in the order of their ids, then campaigns in theirs (`campaigns/counters.py`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import InstrumentedAttribute

from persistence.models.lead import Lead, LeadOutcome, LeadStatus
from persistence.models.outreach import OutreachMessage
from persistence.models.workspace import ProjectRole, WorkspaceMember
from persistence.session import UnitOfWork
from persistence.types import CampaignID, LeadID, UserID, WorkspaceID, utc_now
from tools.access import Caller, require_role
from tools.audit import service as audit
from tools.campaigns.activities import Happening, note
from tools.campaigns.counters import Counts, shift, summed, worth
from tools.campaigns.queries import campaign_of
from tools.errors import Conflict, FieldError, Invalid, NotFound
from tools.leads.companies import OTHER_ARM, SENTENCE, claim_companies
from tools.leads.identity import take_turn
from tools.leads.moving import move_happening, outcome_happening
from tools.leads.reading import NO_LEAD, VISIBLE
from tools.leads.reading import select as choose
from tools.leads.schemas import (
    BulkDelete,
    BulkDone,
    BulkMove,
    BulkOutcome,
    BulkStatus,
    BulkTarget,
    Refused,
)
from tools.moves import ANSWERS, LEAD_CORRECTIONS, LEADS, check_move
from tools.read_models import InTransaction, Query
from tools.scoring.stored import rescore

MOST_BY_FILTER = 10_000


@dataclass(frozen=True)
class Picked:
    """What an action needs to know of a lead, whose row is locked."""

    id: LeadID
    campaign_id: CampaignID
    name: str
    status: LeadStatus
    outcome: LeadOutcome | None
    company: str | None


async def change_many(
    uow: UnitOfWork, caller: Caller, body: BulkStatus | BulkOutcome | BulkMove | BulkDelete
) -> BulkDone:
    """Do it. For members and above.

    Raises NotFound when nothing of it is the caller's, Forbidden, and Invalid for leads of several workspaces or too many.
    """
    workspace_id = await _workspace(uow, caller, body)
    if isinstance(body, BulkMove):
        await take_turn(uow, workspace_id)
    leads = await _pick(uow, workspace_id, body)
    missing = set(body.lead_ids or ()) - {lead.id for lead in leads}
    if body.lead_ids and not leads:
        raise NotFound(NO_LEAD)
    refused = [Refused(lead_id=id_, reason="not_found", detail=NO_LEAD) for id_ in sorted(missing)]
    match body:
        case BulkStatus():
            done = await _move(uow, caller.user_id, leads, body.value)
        case BulkOutcome():
            done = await _say(uow, caller.user_id, leads, body.value)
        case BulkMove():
            done = await _bring(uow, caller, workspace_id, leads, body.value)
        case BulkDelete():
            done = await _delete(uow, caller, workspace_id, leads)
    return BulkDone(changed=done.changed, refused=[*refused, *done.refused])


async def _workspace(uow: UnitOfWork, caller: Caller, body: BulkTarget) -> WorkspaceID:
    """The one workspace it is about; the caller may change it."""
    if (body.lead_ids is None) == (body.filter is None):
        raise Invalid("Say which leads.", [FieldError("/leadIds", "Either `leadIds` or `filter`.")])
    if body.workspace_id is not None:
        await require_role(uow, caller, body.workspace_id, ProjectRole.MEMBER)
        return body.workspace_id
    if body.lead_ids is None:
        raise Invalid("Say in which workspace.", [FieldError("/workspaceId", "It is needed with `filter`.")])
    statement = (
        select(Lead.workspace_id)
        .join(WorkspaceMember, WorkspaceMember.workspace_id == Lead.workspace_id)
        .where(Lead.id.in_(body.lead_ids), WorkspaceMember.user_id == caller.user_id)
        .distinct()
    )
    found = (await uow.session.execute(statement)).scalars().all()
    if not found:
        raise NotFound(NO_LEAD)
    if len(found) > 1:
        pointer = FieldError("/leadIds", "They are of several workspaces.")
        raise Invalid("One workspace at a time.", [pointer])
    await require_role(uow, caller, found[0], ProjectRole.MEMBER)
    return found[0]


async def _pick(uow: UnitOfWork, workspace_id: WorkspaceID, body: BulkTarget) -> list[Picked]:
    """The leads, locked in the order of their ids. Raises Invalid when a filter means too many."""
    query = Query()
    workspace = query.bind(workspace_id, "bigint")
    query.where(f'l."ProjectID" = {workspace}')
    query.where(VISIBLE.replace('l."ProjectID"', workspace))
    if body.lead_ids is not None:
        query.where('l."LeadID" = ANY ({})', (list(body.lead_ids), "bigint[]"))
    if body.filter is not None:
        choose(query, body.filter)
    statement = f"""
        SELECT l."LeadID", l."CampaignID", l."FullName", l."Status"::text, l."Outcome"::text, l."CompanyKey"
        FROM "Leads" l WHERE {query.filter} ORDER BY l."LeadID" LIMIT {MOST_BY_FILTER + 1} FOR NO KEY UPDATE OF l
    """  # noqa: S608 — SQL of our own, values are bound
    rows = await InTransaction(uow).rows(statement, *query.arguments)
    if len(rows) > MOST_BY_FILTER:
        pointer = FieldError("/filter", f"It means more than {MOST_BY_FILTER} leads.")
        raise Invalid("That is too much at once; narrow the filter.", [pointer])
    return [
        Picked(row[0], row[1], row[2], LeadStatus(row[3]), row[4] and LeadOutcome(row[4]), row[5])
        for row in rows
    ]


async def _move(uow: UnitOfWork, actor: UserID, leads: Sequence[Picked], status: LeadStatus) -> BulkDone:
    moved, refused = [], []
    for lead in leads:
        if lead.status is status:
            continue
        try:
            check_move(LEADS, lead.status, status, corrections=LEAD_CORRECTIONS)
            moved.append(lead)
        except Conflict as illegal:
            refused.append(Refused(lead_id=lead.id, reason="illegal_move", detail=illegal.message))
    stamps = {LeadStatus.SENT: Lead.contacted_at, LeadStatus.RESPONDED: Lead.responded_at}
    values: dict[InstrumentedAttribute[Any], Any] = {Lead.status: status}
    if status in stamps:
        values[stamps[status]] = utc_now()
    await _set(uow, moved, values)
    await note(uow, actor, [_told(lead, status) for lead in moved])
    await shift(uow, summed((lead.campaign_id, _difference(lead, status, lead.outcome)) for lead in moved))
    return BulkDone(changed=len(moved), refused=refused)


async def _say(
    uow: UnitOfWork, actor: UserID, leads: Sequence[Picked], outcome: LeadOutcome | None
) -> BulkDone:
    changed = [lead for lead in leads if lead.outcome is not outcome]
    answered = [lead for lead in leads if outcome in ANSWERS and lead.status is LeadStatus.SENT]
    await _set(uow, changed, {Lead.outcome: outcome, Lead.outcome_reason: None})
    await _set(uow, answered, {Lead.status: LeadStatus.RESPONDED, Lead.responded_at: utc_now()})
    told = [
        outcome_happening(lead.campaign_id, lead.id, lead.name, lead.outcome, outcome) for lead in changed
    ]
    await note(uow, actor, [*told, *[_told(lead, LeadStatus.RESPONDED) for lead in answered]])
    moved = {lead.id for lead in answered}
    differences = [
        (
            lead.campaign_id,
            _difference(lead, LeadStatus.RESPONDED if lead.id in moved else lead.status, outcome),
        )
        for lead in leads
    ]
    await shift(uow, summed(differences))
    return BulkDone(changed=len({lead.id for lead in changed} | moved), refused=[])


async def _bring(
    uow: UnitOfWork,
    caller: Caller,
    workspace_id: WorkspaceID,
    leads: Sequence[Picked],
    campaign_id: CampaignID,
) -> BulkDone:
    """Bring leads to another campaign, with their messages; their companies go with them where they may."""
    campaign = await campaign_of(uow, caller, campaign_id)
    if campaign.workspace_id != workspace_id:
        raise NotFound("There is no such campaign.")
    coming = [lead for lead in leads if lead.campaign_id != campaign.id]
    elsewhere = await claim_companies(
        uow,
        workspace_id,
        campaign.experiment_id,
        {lead.company for lead in coming if lead.company},
        leaving=[lead.id for lead in coming],
    )
    refused = [
        Refused(lead_id=lead.id, reason=OTHER_ARM, detail=SENTENCE)
        for lead in coming
        if lead.company in elsewhere
    ]
    moved = [lead for lead in coming if lead.company not in elsewhere]
    ids = [lead.id for lead in moved]
    await _set(uow, moved, {Lead.campaign_id: campaign.id})
    messages = update(OutreachMessage).where(OutreachMessage.lead_id.in_(ids))
    await uow.session.execute(
        messages.values(campaign_id=campaign.id, version=OutreachMessage.version).execution_options(
            synchronize_session=False
        )
    )
    counts = [(lead.campaign_id, worth(lead.status, lead.outcome)) for lead in moved]
    there = [(campaign.id, count) for _, count in counts]
    await shift(uow, summed([*[(id_, -count) for id_, count in counts], *there]))
    await rescore(uow, ids)
    await _audit(uow, caller, workspace_id, "moved", ids, {"campaignId": campaign.id})
    return BulkDone(changed=len(moved), refused=refused)


async def _delete(
    uow: UnitOfWork, caller: Caller, workspace_id: WorkspaceID, leads: Sequence[Picked]
) -> BulkDone:
    ids = [lead.id for lead in leads]
    statement = delete(Lead).where(Lead.id.in_(ids)).execution_options(synchronize_session=False)
    await uow.session.execute(statement)
    await shift(uow, summed((lead.campaign_id, -worth(lead.status, lead.outcome)) for lead in leads))
    await _audit(uow, caller, workspace_id, "deleted", ids, None)
    return BulkDone(changed=len(ids), refused=[])


async def _set(
    uow: UnitOfWork, leads: Sequence[Picked], values: dict[InstrumentedAttribute[Any], Any]
) -> None:
    if leads:
        statement = update(Lead).where(Lead.id.in_([lead.id for lead in leads])).values(values)
        await uow.session.execute(statement.execution_options(synchronize_session=False))


async def _audit(
    uow: UnitOfWork,
    caller: Caller,
    workspace_id: WorkspaceID,
    action: str,
    ids: Sequence[LeadID],
    after: dict[str, Any] | None,
) -> None:
    """Note it as one entry: the ids are what is left to know."""
    if ids:
        before = {"count": len(ids), "leadIds": list(ids)}
        await audit.record(
            uow,
            caller,
            workspace_id,
            entity="leads",
            entity_id=ids[0],
            action=action,
            before=before,
            after=after,
        )


def _told(lead: Picked, status: LeadStatus) -> Happening:
    return move_happening(lead.campaign_id, lead.id, lead.name, lead.status, status)


def _difference(lead: Picked, status: LeadStatus, outcome: LeadOutcome | None) -> Counts:
    return worth(status, outcome) - worth(lead.status, lead.outcome)
