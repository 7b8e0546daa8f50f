"""The sender profile."""

from fastapi import Response

from api.deps import CallerDep, ExpectedVersionDep, PathIDOf, UnitOfWorkDep, set_etag
from api.envelope import ok
from api.routing import api_router
from persistence.types import WorkspaceID
from tools.schemas import Envelope
from tools.sender import service
from tools.sender.schemas import SenderRead, SenderUpdate

router = api_router("sender")


@router.get("/workspaces/{workspace_id}/sender")
async def get_sender(
    workspace_id: PathIDOf[WorkspaceID], caller: CallerDep, uow: UnitOfWorkDep, response: Response
) -> Envelope[SenderRead]:
    """Who writes the outreach; empty until it is first saved."""
    profile = await service.read_sender(uow, caller, workspace_id)
    if profile is None:
        return ok(SenderRead())
    set_etag(response, profile.version)
    return ok(SenderRead.model_validate(profile))


@router.put("/workspaces/{workspace_id}/sender")
async def update_sender(
    workspace_id: PathIDOf[WorkspaceID],
    body: SenderUpdate,
    caller: CallerDep,
    uow: UnitOfWorkDep,
    version: ExpectedVersionDep,
    response: Response,
) -> Envelope[SenderRead]:
    """Change what is sent; null clears, absent leaves as it is. For admins and owners."""
    profile = await service.save_sender(uow, caller, workspace_id, body, expected_version=version)
    set_etag(response, profile.version)
    return ok(SenderRead.model_validate(profile), "Sender saved.")
