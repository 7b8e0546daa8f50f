"""What a case's workspace holds of experiments: those of earlier talks with their results, and the set that this talk has saved.

Rows are written as they are: what was saved once is there, whatever rules came since.
"""

from collections.abc import Sequence
from typing import Any

from evals.dataset.conversation import Results, Saved
from persistence.models.campaign import Campaign
from persistence.models.discovery import DiscoverySession
from persistence.models.experiment import Experiment
from persistence.session import UnitOfWork
from persistence.types import ExperimentID, SessionID, UserID, WorkspaceID
from tools.experiments.schemas import ExperimentCreate

Json = dict[str, Any]


async def put_earlier(
    uow: UnitOfWork, workspace_id: WorkspaceID, user_id: UserID, saved: Sequence[Saved]
) -> None:
    """Experiments of an earlier talk, each as far as it has come, with a campaign where something came of it."""
    talk = DiscoverySession(workspace_id=workspace_id, user_id=user_id)
    uow.session.add(talk)
    await uow.session.flush()
    rows = [_row(workspace_id, talk.id, item.experiment) for item in saved]
    for row, item in zip(rows, saved, strict=True):
        row.status = item.status
        row.leads_found = item.results.leads if item.results else 0
    await _add(uow, rows)
    await _add(
        uow, [_campaign(row, item.results) for row, item in zip(rows, saved, strict=True) if item.results]
    )


async def put_set(
    uow: UnitOfWork, workspace_id: WorkspaceID, session_id: SessionID, experiments: Sequence[Json]
) -> list[ExperimentID]:
    """The set that a talk has saved before the turn where it is taken up; its ids in this database."""
    rows = [_row(workspace_id, session_id, experiment) for experiment in experiments]
    await _add(uow, rows)
    return [row.id for row in rows]


def _row(workspace_id: WorkspaceID, session_id: SessionID, experiment: Json) -> Experiment:
    saved = ExperimentCreate.model_validate(experiment)
    design = saved.design and saved.design.model_dump(mode="json", by_alias=True)
    plain = {name: value for name, value in saved if name != "design"}
    return Experiment(workspace_id=workspace_id, session_id=session_id, design=design, **plain)


def _campaign(row: Experiment, results: Results) -> Campaign:
    return Campaign(
        workspace_id=row.workspace_id,
        experiment_id=row.id,
        name=row.name,
        total_leads=results.leads,
        contacted_count=results.contacted,
        replied_count=results.replied,
        meetings_booked=results.meetings,
    )


async def _add(uow: UnitOfWork, rows: Sequence[Experiment | Campaign]) -> None:
    uow.session.add_all(rows)
    await uow.session.flush()
