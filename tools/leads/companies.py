"""A company belongs to one experiment of a workspace: what is shown to it in one arm must not be told apart by another.

A lead added to a campaign claims its company for the campaign's experiment. A claim lasts while leads stand behind it:
of one made by mistake, whose leads are deleted or moved away, nothing stays. Callers hold `identity.take_turn`.
"""

from collections.abc import Collection

from sqlalchemy import delete, exists, select

from persistence.many_rows import insert_missing
from persistence.models.campaign import Campaign
from persistence.models.company_assignment import AssignmentOrigin, CompanyAssignment
from persistence.models.lead import Lead
from persistence.session import UnitOfWork
from persistence.types import ExperimentID, LeadID, WorkspaceID
from tools.errors import Conflict
from tools.lookups import is_any

OTHER_ARM = "company_in_other_arm"
SENTENCE = "This company belongs to another experiment of the workspace."


async def claim_companies(
    uow: UnitOfWork,
    workspace_id: WorkspaceID,
    experiment_id: ExperimentID | None,
    companies: Collection[str],
    *,
    leaving: Collection[LeadID] = (),
) -> frozenset[str]:
    """Claim companies for an experiment; those that another one holds. Without experiment there is no rule.

    `leaving` are leads on their way into the experiment: they hold no company where they were.
    """
    if experiment_id is None or not companies:
        return frozenset()
    await _give_back(uow, workspace_id, experiment_id, companies, leaving)
    rows = [
        {
            "workspace_id": workspace_id,
            "company_key": company,
            "experiment_id": experiment_id,
            "origin": AssignmentOrigin.CAMPAIGN,
        }
        for company in sorted(set(companies))
    ]
    await insert_missing(uow.session, CompanyAssignment, rows)
    held = select(CompanyAssignment.company_key).where(
        CompanyAssignment.workspace_id == workspace_id,
        is_any(CompanyAssignment.company_key, companies),
        CompanyAssignment.experiment_id != experiment_id,
    )
    return frozenset((await uow.session.execute(held)).scalars())


async def _give_back(
    uow: UnitOfWork,
    workspace_id: WorkspaceID,
    experiment_id: ExperimentID,
    companies: Collection[str],
    leaving: Collection[LeadID],
) -> None:
    """Drop claims of other experiments that no lead stands behind any more."""
    behind = (
        select(Lead.id)
        .join(Campaign, Campaign.id == Lead.campaign_id)
        .where(
            Lead.workspace_id == workspace_id,
            Lead.company_key == CompanyAssignment.company_key,
            Lead.id.not_in(leaving),
            Campaign.experiment_id == CompanyAssignment.experiment_id,
            Campaign.deleted_at.is_(None),
        )
    )
    statement = delete(CompanyAssignment).where(
        CompanyAssignment.workspace_id == workspace_id,
        is_any(CompanyAssignment.company_key, companies),
        CompanyAssignment.experiment_id != experiment_id,
        CompanyAssignment.origin == AssignmentOrigin.CAMPAIGN,
        ~exists(behind),
    )
    await uow.session.execute(statement.execution_options(synchronize_session=False))


def in_other_arm() -> Conflict:
    """The refusal of a single lead whose company another experiment holds."""
    return Conflict(SENTENCE, code=OTHER_ARM)
