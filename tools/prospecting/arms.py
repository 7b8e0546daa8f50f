"""Which experiment a company found by search belongs to.

Arms of a set whose filters mean the same companies, such as two that differ in the persona alone, would each take whichever
company they find first; so a company that nobody holds yet is given to one of them at random, told by its key: the same
company falls to the same arm whoever finds it. What falls to another arm is kept for that arm's own search.
"""

import hashlib
from collections.abc import Collection

from sqlalchemy import select

from persistence.many_rows import insert_missing
from persistence.models.campaign import Campaign
from persistence.models.company_assignment import AssignmentOrigin, CompanyAssignment
from persistence.models.experiment import Experiment
from persistence.session import UnitOfWork
from persistence.types import ExperimentID, WorkspaceID
from tools.experiments.queries import set_of
from tools.experiments.targeting import DIMENSIONS_OF, PERSONA
from tools.filters.targets import saved_filters
from tools.lookups import is_any
from tools.providers.wiza.filters import ProspectFilters

OF_COMPANIES = frozenset(name for name, spoken in DIMENSIONS_OF.items() if spoken != PERSONA) - {"location"}
"""Filters that tell companies apart."""


async def arms_for(uow: UnitOfWork, experiment: Experiment, filters: ProspectFilters) -> list[ExperimentID]:
    """The experiments of the set that look for the same companies and have a campaign, this one included, in order."""
    wanted = _of_companies(filters)
    same = [
        arm.id
        for arm in await set_of(uow, experiment)
        if arm.id != experiment.id and (theirs := saved_filters(arm)) and _of_companies(theirs) == wanted
    ]
    living = select(Campaign.experiment_id).where(
        Campaign.experiment_id.in_(same), Campaign.deleted_at.is_(None)
    )
    reached = {ExperimentID(id_) for id_ in (await uow.session.execute(living)).scalars() if id_}
    return sorted({experiment.id, *reached})


def arm_of(company: str, workspace_id: WorkspaceID, arms: Collection[ExperimentID]) -> ExperimentID:
    """The arm that a company falls to: at random over companies, always the same for one."""
    digest = hashlib.sha256(f"{workspace_id} {company}".encode()).digest()
    return sorted(arms)[int.from_bytes(digest[:8]) % len(arms)]


async def assign(
    uow: UnitOfWork, workspace_id: WorkspaceID, companies: Collection[str], arms: Collection[ExperimentID]
) -> None:
    """Give companies that nobody holds to one of several arms. Callers hold `leads.identity.take_turn`."""
    if not companies or len(arms) < 2:
        return
    rows = [
        {
            "workspace_id": workspace_id,
            "company_key": company,
            "experiment_id": arm_of(company, workspace_id, arms),
            "origin": AssignmentOrigin.RANDOM,
        }
        for company in sorted(set(companies))
    ]
    await insert_missing(uow.session, CompanyAssignment, rows)


async def holders(
    uow: UnitOfWork, workspace_id: WorkspaceID, companies: Collection[str], arms: Collection[ExperimentID]
) -> dict[str, ExperimentID]:
    """Whose each company is, or would be."""
    held = select(CompanyAssignment.company_key, CompanyAssignment.experiment_id).where(
        CompanyAssignment.workspace_id == workspace_id, is_any(CompanyAssignment.company_key, companies)
    )
    rows = (await uow.session.execute(held)).all() if companies else []
    falling = {company: arm_of(company, workspace_id, arms) for company in companies}
    return {**falling, **{row.company_key: row.experiment_id for row in rows}}


def _of_companies(filters: ProspectFilters) -> dict[str, object]:
    return {name: value for name, value in filters.wire().items() if name in OF_COMPANIES}
