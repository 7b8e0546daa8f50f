"""Workspaces."""

from fastapi import Response

from api.deps import CallerDep, ExpectedVersionDep, PageDep, PathIDOf, ServicesDep, UnitOfWorkDep, set_etag
from api.envelope import listed, ok
from api.routing import api_router
from persistence.types import WorkspaceID
from tools.schemas import Envelope, PageEnvelope
from tools.workspaces import service
from tools.workspaces.schemas import WorkspaceCreate, WorkspaceRead, WorkspaceUpdate
from tools.workspaces.service import WorkspaceView

router = api_router("workspaces")


@router.get("/workspaces")
async def list_workspaces(
    caller: CallerDep, uow: UnitOfWorkDep, page: PageDep
) -> PageEnvelope[WorkspaceRead]:
    """The workspaces the caller is a member of, oldest first."""
    found = await service.list_workspaces(uow, caller, page)
    return listed([_shown(view) for view in found.items], found)


@router.post("/workspaces", status_code=201)
async def create_workspace(
    body: WorkspaceCreate, caller: CallerDep, uow: UnitOfWorkDep, response: Response
) -> Envelope[WorkspaceRead]:
    """Make a workspace; the caller becomes its owner."""
    view = await service.create_workspace(uow, caller, body)
    set_etag(response, view.workspace.version)
    return ok(_shown(view), "Workspace created.")


@router.get("/workspaces/{workspace_id}")
async def get_workspace(
    workspace_id: PathIDOf[WorkspaceID], caller: CallerDep, uow: UnitOfWorkDep, response: Response
) -> Envelope[WorkspaceRead]:
    """One workspace, with the caller's role and the newest talk."""
    view = await service.read_workspace(uow, caller, workspace_id)
    set_etag(response, view.workspace.version)
    return ok(_shown(view))


@router.put("/workspaces/{workspace_id}")
async def update_workspace(
    workspace_id: PathIDOf[WorkspaceID],
    body: WorkspaceUpdate,
    caller: CallerDep,
    uow: UnitOfWorkDep,
    version: ExpectedVersionDep,
    response: Response,
) -> Envelope[WorkspaceRead]:
    """Change what is sent; null clears, absent leaves as it is. For members and above."""
    view = await service.update_workspace(uow, caller, workspace_id, body, expected_version=version)
    set_etag(response, view.workspace.version)
    return ok(_shown(view), "Workspace saved.")


@router.delete("/workspaces/{workspace_id}")
async def delete_workspace(
    workspace_id: PathIDOf[WorkspaceID], caller: CallerDep, uow: UnitOfWorkDep, services: ServicesDep
) -> Envelope[None]:
    """Stop what runs and remove the workspace with all that is in it. For owners; it can't be undone."""
    await service.delete_workspace(uow, caller, workspace_id, removal=services.removal)
    return ok(None, "Workspace deleted.")


def _shown(view: WorkspaceView) -> WorkspaceRead:
    row = view.workspace
    return WorkspaceRead.model_validate(
        {
            **{name: getattr(row, name) for name in COLUMNS},
            "role": view.role,
            "discovery_chat_history": [
                {name: message.get(name) for name in ("role", "content", "timestamp")}
                for message in view.talk
            ],
        }
    )


COLUMNS = WorkspaceRead.model_fields.keys() - {"role", "discovery_chat_history"}
"""What the wire shows of the row as it is."""
