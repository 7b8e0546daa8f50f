"""Jobs and what sends for them."""

from typing import Any

from persistence.models.job import AsyncJobType, Job, JobItem, JobStatus
from persistence.models.workspace import Workspace
from persistence.session import UnitOfWork
from tests.factories.rows import insert
from tools.jobs.steps import KINDS
from tools.queue import TaskArgument


class NotedQueue:
    """Fills the queue's port by noting what it is given."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, dict[str, TaskArgument]]] = []

    async def later(self, uow: UnitOfWork, task: str, /, **arguments: TaskArgument) -> None:
        """Note it once the transaction is committed."""

        async def note() -> None:
            self.sent.append((task, arguments))

        uow.after_commit(note)


async def make_job(
    uow: UnitOfWork,
    workspace: Workspace,
    *,
    items: int = 1,
    item: dict[str, Any] | None = None,
    **values: Any,
) -> Job:
    """A queued website reading, or what `values` say, with pending items."""
    kind = KINDS[values.get("type", AsyncJobType.WEBSITE_SCRAPE)]
    defaults = {
        "workspace_id": workspace.id,
        "user_id": workspace.owner_user_id,
        "type": AsyncJobType.WEBSITE_SCRAPE,
        "status": JobStatus.QUEUED,
        "total_steps": len(kind.steps) or items,
    }
    job = await insert(uow, Job, defaults, values)
    for position in range(items):
        await insert(uow, JobItem, {"job_id": job.id, "position": position, "input": {}}, item or {})
    return job
