"""Campaigns."""

from typing import Any

from persistence.models.campaign import Campaign
from persistence.models.experiment import Experiment
from persistence.models.workspace import Workspace
from persistence.session import UnitOfWork
from tests.factories.numbers import next_number
from tests.factories.rows import insert


async def make_campaign(
    uow: UnitOfWork, workspace: Workspace, *, experiment: Experiment | None = None, **values: Any
) -> Campaign:
    """An active campaign, of `experiment` when one is given."""
    defaults = {
        "workspace_id": workspace.id,
        "experiment_id": experiment.id if experiment else None,
        "name": f"Campaign {next_number()}",
    }
    return await insert(uow, Campaign, defaults, values)
