"""The one way to an experiment's row: through its reader's membership."""

from sqlalchemy import select

from persistence.models.experiment import Experiment
from persistence.models.workspace import ProjectRole, WorkspaceMember
from persistence.session import UnitOfWork
from persistence.types import ExperimentID
from tools.access import Caller, require_role
from tools.errors import NotFound


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
