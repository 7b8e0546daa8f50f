"""What became of the leads of experiments, day by day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import ColumnElement, Date, and_, cast, func, or_, select

from persistence.models.campaign import Campaign
from persistence.models.company_assignment import CompanyAssignment
from persistence.models.lead import Lead, LeadOutcome
from persistence.session import UnitOfWork
from persistence.types import ExperimentID, WorkspaceID
from tools.experiments.design import OutcomeMeasured
from tools.moves import ANSWERS, CONTACTED, MET, REPLIED

COUNTED: dict[OutcomeMeasured, frozenset[LeadOutcome]] = {
    OutcomeMeasured.REPLY: ANSWERS,
    OutcomeMeasured.INTERESTED: MET | {LeadOutcome.INTERESTED},
    OutcomeMeasured.MEETING_BOOKED: MET,
    OutcomeMeasured.CLOSED_WON: frozenset({LeadOutcome.CLOSED_WON}),
}
"""The outcomes of a lead that count as what is measured. A reply is also told by the lead's status."""


@dataclass(frozen=True)
class Measure:
    """What is counted, and for how many days after the first message."""

    outcome: OutcomeMeasured
    window_days: int


@dataclass(frozen=True)
class LeadDay:
    """The leads of an experiment that were first written to on one UTC day, and how many brought the outcome in time."""

    experiment_id: ExperimentID
    day: date
    contacted: int
    successes: int


async def lead_days(
    uow: UnitOfWork, workspace_id: WorkspaceID, experiment_ids: Sequence[ExperimentID], measure: Measure
) -> list[LeadDay]:
    """The days of these experiments, oldest first. Leads whose company is another experiment's are left out."""
    day = cast(func.timezone("UTC", Lead.contacted_at), Date)
    assigned = and_(
        CompanyAssignment.workspace_id == Lead.workspace_id, CompanyAssignment.company_key == Lead.company_key
    )
    elsewhere = CompanyAssignment.experiment_id != Campaign.experiment_id
    statement = (
        select(Campaign.experiment_id, day, func.count(), func.count().filter(_counts(measure)))
        .select_from(Lead)
        .join(Campaign, Campaign.id == Lead.campaign_id)
        .outerjoin(CompanyAssignment, assigned)
        .where(
            Lead.workspace_id == workspace_id,
            Campaign.experiment_id.in_(experiment_ids),
            Campaign.deleted_at.is_(None),
            Lead.status.in_(CONTACTED),
            Lead.contacted_at.is_not(None),
            or_(CompanyAssignment.id.is_(None), ~elsewhere),
        )
        .group_by(Campaign.experiment_id, day)
        .order_by(day)
    )
    rows = (await uow.session.execute(statement)).all()
    return [LeadDay(ExperimentID(row[0] or 0), row[1], row[2], row[3]) for row in rows]


def is_over(day: date, measure: Measure, now: datetime) -> bool:
    """Whether the window of every lead of a day is over."""
    return datetime.combine(day, time(), UTC) + timedelta(days=measure.window_days + 1) <= now


def _counts(measure: Measure) -> ColumnElement[bool]:
    """Whether a lead brought what is measured within its window."""
    brought: ColumnElement[bool] = Lead.outcome.in_(COUNTED[measure.outcome])
    if measure.outcome is OutcomeMeasured.REPLY:
        brought = or_(brought, Lead.status.in_(REPLIED))
    in_time = Lead.responded_at <= Lead.contacted_at + timedelta(days=measure.window_days)
    return and_(brought, or_(Lead.responded_at.is_(None), in_time))
