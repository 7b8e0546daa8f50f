"""Experiments."""

from typing import Any

from persistence.models.experiment import Experiment, ExperimentType
from persistence.models.workspace import Workspace
from persistence.session import UnitOfWork
from tests.factories.numbers import next_number
from tests.factories.rows import insert


async def make_experiment(uow: UnitOfWork, workspace: Workspace, **values: Any) -> Experiment:
    """A pending bullseye without a design."""
    number = next_number()
    defaults = {
        "workspace_id": workspace.id,
        "name": f"Experiment {number}",
        "type": ExperimentType.BULLSEYE,
        "pattern": "Finance heads of steel traders with 50 to 200 people",
        "industries": ["Mining & Metals"],
        "pain": "Closing the books takes nine days",
        "trigger": "The auditor asks for a faster close",
    }
    return await insert(uow, Experiment, defaults, values)
