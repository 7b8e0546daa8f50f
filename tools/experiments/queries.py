"""The one way to an experiment's row: through its reader's membership; and to the set it was saved with."""

from collections.abc import Sequence

from sqlalchemy import select

from persistence.models.experiment import Experiment, ExperimentType
from persistence.models.workspace import ProjectRole, WorkspaceMember
from persistence.session import UnitOfWork
from persistence.types import ExperimentID, SessionID, WorkspaceID
from tools.access import Caller, require_role
from tools.errors import NotFound
from tools.experiments.schemas import ExperimentCreate


async def experiment_of(
    uow: UnitOfWork,
    caller: Caller,
    experiment_id: ExperimentID,
    minimum: ProjectRole = ProjectRole.VIEWER,
    *,
    for_update: bool = False,
) -> Experiment:
    """An experiment of a workspace of the caller's. Raises NotFound (also for foreign ones) and Forbidden."""
    statement = (
        select(Experiment)
        .join(WorkspaceMember, WorkspaceMember.workspace_id == Experiment.workspace_id)
        .where(Experiment.id == experiment_id, WorkspaceMember.user_id == caller.user_id)
    )
    if for_update:
        statement = statement.with_for_update(of=Experiment)
    experiment = (await uow.session.execute(statement)).scalar_one_or_none()
    if experiment is None:
        raise NotFound("There is no such experiment.")
    if minimum is not ProjectRole.VIEWER:
        await require_role(uow, caller, experiment.workspace_id, minimum)
    return experiment


async def set_of(uow: UnitOfWork, experiment: Experiment) -> Sequence[Experiment]:
    """The five experiments that were saved together with this one, itself among them; empty when it belongs to no set.

    One transaction saves a set, so its rows have the same moment of creation and the same talk.
    """
    statement = select(Experiment).where(
        Experiment.workspace_id == experiment.workspace_id,
        Experiment.created_at == experiment.created_at,
        Experiment.session_id.is_not_distinct_from(experiment.session_id),
        Experiment.design.is_not(None),
    )
    rows = list((await uow.session.execute(statement)).scalars())
    return rows if sorted(row.type for row in rows) == sorted(ExperimentType) else []


async def saved_as(
    uow: UnitOfWork, workspace_id: WorkspaceID, session_id: SessionID, drafts: Sequence[ExperimentCreate]
) -> list[Experiment]:
    """What this talk has saved with the very designs of these drafts, in their order; empty unless all of them are there.

    Hold the talk's row: else somebody may be saving them now.
    """
    statement = select(Experiment).where(
        Experiment.workspace_id == workspace_id,
        Experiment.session_id == session_id,
        Experiment.design.is_not(None),
    )
    rows = list((await uow.session.execute(statement.order_by(Experiment.id))).scalars())
    found = [next((row for row in rows if _is(row, draft)), None) for draft in drafts]
    return [row for row in found if row is not None] if None not in found else []


def _is(row: Experiment, draft: ExperimentCreate) -> bool:
    """Whether a row is of a draft's type and design; people may have renamed it since."""
    if draft.design is None or row.type is not draft.type:
        return False
    return row.design == draft.design.model_dump(mode="json", by_alias=True)
