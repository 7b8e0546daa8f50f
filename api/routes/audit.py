"""The audit log."""

from typing import Annotated

from fastapi import Query

from api.deps import CallerDep, PageDep, PathIDOf, UnitOfWorkDep
from api.envelope import listed
from api.routing import api_router
from persistence.types import WorkspaceID
from tools.audit import service
from tools.audit.schemas import AuditRead
from tools.schemas import PageEnvelope

router = api_router("audit")


@router.get("/workspaces/{workspace_id}/audit")
async def list_audit(
    workspace_id: PathIDOf[WorkspaceID],
    caller: CallerDep,
    uow: UnitOfWorkDep,
    page: PageDep,
    entity: Annotated[
        str | None, Query(max_length=64, description="Only this kind of thing, such as `member`.")
    ] = None,
    entity_id: Annotated[
        str | None, Query(alias="entityId", max_length=64, description="Only the thing with this id.")
    ] = None,
    action: Annotated[
        str | None, Query(max_length=64, description="Only this action, such as `deleted`.")
    ] = None,
) -> PageEnvelope[AuditRead]:
    """Who changed what, newest first. For admins and owners."""
    found = await service.list_entries(
        uow, caller, workspace_id, page, entity=entity, entity_id=entity_id, action=action
    )
    return listed([AuditRead.model_validate(entry) for entry in found.items], found)
