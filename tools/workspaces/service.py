"""Workspaces: list, make, read, change and delete them."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from persistence.models.invitation import Invitation
from persistence.models.workspace import ProjectRole, ProjectStatus, Workspace, WorkspaceMember
from persistence.repositories import Repository
from persistence.session import UnitOfWork
from persistence.types import WorkspaceID
from tools.access import Access, Caller, require_role
from tools.audit import service as audit
from tools.errors import NotFound
from tools.paging import Page, PageRequest, page_of
from tools.versions import require_version
from tools.workspaces.queries import newest_talks, stop_jobs, stop_runs
from tools.workspaces.removal import Removal
from tools.workspaces.schemas import WorkspaceCreate, WorkspaceUpdate
from tools.workspaces.talk import import_talk


@dataclass(frozen=True)
class WorkspaceView:
    """A workspace as one member sees it: the row, the member's role, and the newest talk."""

    workspace: Workspace
    role: ProjectRole
    talk: list[Any]


async def list_workspaces(uow: UnitOfWork, caller: Caller, page: PageRequest) -> Page[WorkspaceView]:
    """The workspaces the caller is a member of, oldest first."""
    statement = (
        select(WorkspaceMember)
        .join(Workspace, Workspace.id == WorkspaceMember.workspace_id)
        .where(WorkspaceMember.user_id == caller.user_id, Workspace.status != ProjectStatus.DELETING)
    )
    places = await page_of(uow, statement, [WorkspaceMember.workspace_id], page)
    ids = [place.workspace_id for place in places.items]
    rows = await Repository(uow.session, Workspace).get_all(Workspace.id.in_(ids))
    workspaces = {row.id: row for row in rows}
    talks = await newest_talks(uow, ids)
    views = [
        WorkspaceView(workspaces[place.workspace_id], place.role, talks.get(place.workspace_id, []))
        for place in places.items
        if place.workspace_id in workspaces
    ]
    return Page(views, places.limit, places.next_cursor, places.total)


async def create_workspace(uow: UnitOfWork, caller: Caller, new: WorkspaceCreate) -> WorkspaceView:
    """A new workspace in the caller's organisation, with the caller as owner."""
    workspace = Workspace(
        client_id=caller.client_id, name=new.name, website=new.website, owner_user_id=caller.user_id
    )
    await Repository(uow.session, Workspace).create(workspace)
    owner = WorkspaceMember(workspace_id=workspace.id, user_id=caller.user_id, role=ProjectRole.OWNER)
    await Repository(uow.session, WorkspaceMember).create(owner)
    return WorkspaceView(workspace, owner.role, [])


async def read_workspace(uow: UnitOfWork, caller: Caller, workspace_id: WorkspaceID) -> WorkspaceView:
    """One workspace. Raises NotFound."""
    access, workspace = await _load(uow, caller, workspace_id)
    return await _view(uow, access, workspace)


async def update_workspace(
    uow: UnitOfWork,
    caller: Caller,
    workspace_id: WorkspaceID,
    change: WorkspaceUpdate,
    *,
    expected_version: int | None = None,
) -> WorkspaceView:
    """Change what `change` names. For members and above. Raises NotFound, Forbidden, StaleVersion."""
    access, workspace = await _load(uow, caller, workspace_id, ProjectRole.MEMBER, for_update=True)
    require_version(workspace, expected_version)
    values = change.changes()
    if "discovery_chat_history" in values:
        await import_talk(uow, caller, workspace, values.pop("discovery_chat_history") or [])
    for name, value in values.items():
        setattr(workspace, name, value)
    await uow.session.flush()
    return await _view(uow, access, workspace)


async def delete_workspace(
    uow: UnitOfWork, caller: Caller, workspace_id: WorkspaceID, *, removal: Removal
) -> None:
    """Stop what runs and take the workspace from everybody; after the commit all that is in it is removed. For owners.

    Suppressions stay, as keyed hashes. A removal that is cut off is finished by the sweep.
    Raises NotFound, Forbidden.
    """
    _, workspace = await _load(uow, caller, workspace_id, ProjectRole.OWNER, for_update=True)
    await stop_runs(uow, workspace_id)
    await stop_jobs(uow, workspace_id)
    await audit.record_workspace_deletion(uow, caller, workspace, before={"name": workspace.name})
    # Every way to what a workspace holds leads through its members, or makes one.
    await Repository(uow.session, WorkspaceMember).delete(WorkspaceMember.workspace_id == workspace_id)
    await Repository(uow.session, Invitation).delete(Invitation.workspace_id == workspace_id)
    workspace.status = ProjectStatus.DELETING

    async def remove() -> None:
        await removal.run(workspace_id)

    uow.after_commit(remove)


async def _load(
    uow: UnitOfWork,
    caller: Caller,
    workspace_id: WorkspaceID,
    minimum: ProjectRole = ProjectRole.VIEWER,
    *,
    for_update: bool = False,
) -> tuple[Access, Workspace]:
    """The one way to a workspace's row: through the caller's membership."""
    access = await require_role(uow, caller, workspace_id, minimum)
    rows = Repository(uow.session, Workspace)
    workspace = await rows.get(Workspace.id == workspace_id, for_update=for_update)
    # Whoever waited for the lock may find that it is being removed by now.
    if workspace is None or workspace.status is ProjectStatus.DELETING:
        raise NotFound("There is no such workspace.")
    return access, workspace


async def _view(uow: UnitOfWork, access: Access, workspace: Workspace) -> WorkspaceView:
    talks = await newest_talks(uow, [workspace.id])
    return WorkspaceView(workspace, access.role, talks.get(workspace.id, []))
