"""What a graph run or a job may reach. Carried beside the state, never stored in it."""

from dataclasses import dataclass

from persistence.session import Database
from persistence.types import WorkspaceID
from tools.access import Caller
from tools.providers.models.router import ModelRouter


@dataclass(frozen=True)
class RunContext:
    """The scope of one run: ids come from here, never from a model's arguments."""

    caller: Caller
    workspace_id: WorkspaceID
    database: Database
    models: ModelRouter
