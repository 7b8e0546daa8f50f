"""Writing and reading the audit log: role changes, approvals, deletions, exports, moves of experiments."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from persistence.models.audit import AuditEntry
from persistence.models.workspace import ProjectRole, Workspace
from persistence.repositories import Repository
from persistence.session import UnitOfWork
from persistence.types import ClientID, WorkspaceID
from tools.access import Caller, require_role
from tools.paging import Page, PageRequest, page_of

Values = dict[str, Any]


@dataclass(frozen=True)
class Change:
    """What happened to one entity. `before` and `after` are plain JSON, and hold no secret and no message body."""

    entity: str
    entity_id: object
    action: str
    before: Values | None = None
    after: Values | None = None


async def record(
    uow: UnitOfWork,
    caller: Caller,
    workspace_id: WorkspaceID,
    *,
    entity: str,
    entity_id: object,
    action: str,
    before: Values | None = None,
    after: Values | None = None,
) -> None:
    """Note one change in the transaction that makes it. `entity` is a noun, `action` a past participle."""
    await record_all(uow, caller, workspace_id, [Change(entity, entity_id, action, before, after)])


async def record_all(
    uow: UnitOfWork, caller: Caller, workspace_id: WorkspaceID, changes: Sequence[Change]
) -> None:
    """Note several changes at once."""
    if not changes:
        return
    statement = select(Workspace.client_id).where(Workspace.id == workspace_id)
    client_id = (await uow.session.execute(statement)).scalar_one()
    entries = [_entry(caller, client_id, workspace_id, change) for change in changes]
    await Repository(uow.session, AuditEntry).create(*entries)


async def record_workspace_deletion(
    uow: UnitOfWork, caller: Caller, workspace: Workspace, *, before: Values
) -> None:
    """Note that a workspace is deleted: kept with its Client, as all other entries go with their workspace."""
    change = Change("workspace", workspace.id, "deleted", before)
    entry = _entry(caller, workspace.client_id, None, change)
    await Repository(uow.session, AuditEntry).create(entry)


async def record_for_client(uow: UnitOfWork, caller: Caller, client_id: ClientID, change: Change) -> None:
    """Note a change that concerns no workspace."""
    await Repository(uow.session, AuditEntry).create(_entry(caller, client_id, None, change))


async def list_entries(
    uow: UnitOfWork,
    caller: Caller,
    workspace_id: WorkspaceID,
    page: PageRequest,
    *,
    entity: str | None = None,
    entity_id: str | None = None,
    action: str | None = None,
) -> Page[AuditEntry]:
    """The log of a workspace, newest first. For admins and owners."""
    await require_role(uow, caller, workspace_id, ProjectRole.ADMIN)
    statement = select(AuditEntry).where(AuditEntry.workspace_id == workspace_id)
    wanted = {AuditEntry.entity: entity, AuditEntry.entity_id: entity_id, AuditEntry.action: action}
    for column, value in wanted.items():
        if value is not None:
            statement = statement.where(column == value)
    return await page_of(uow, statement, [AuditEntry.id], page, descending=True)


def _entry(
    caller: Caller, client_id: ClientID, workspace_id: WorkspaceID | None, change: Change
) -> AuditEntry:
    return AuditEntry(
        client_id=client_id,
        workspace_id=workspace_id,
        actor_user_id=caller.user_id,
        entity=change.entity,
        entity_id=str(change.entity_id),
        action=change.action,
        from_=change.before,
        to=change.after,
    )
