"""Onboarding answers."""

from fastapi import Response

from api.deps import CallerDep, ExpectedVersionDep, PathIDOf, UnitOfWorkDep, set_etag
from api.envelope import ok
from api.routing import api_router
from persistence.types import WorkspaceID
from tools.onboarding import service
from tools.onboarding.schemas import OnboardingRead, OnboardingSave
from tools.schemas import Envelope

router = api_router("onboarding")


@router.get("/workspaces/{workspace_id}/onboarding")
async def get_onboarding(
    workspace_id: PathIDOf[WorkspaceID], caller: CallerDep, uow: UnitOfWorkDep, response: Response
) -> Envelope[OnboardingRead]:
    """The saved answers; 404 when nothing was ever saved."""
    saved = await service.read_onboarding(uow, caller, workspace_id)
    set_etag(response, saved.version)
    return ok(OnboardingRead.model_validate(saved))


@router.put("/workspaces/{workspace_id}/onboarding")
async def save_onboarding(
    workspace_id: PathIDOf[WorkspaceID],
    body: OnboardingSave,
    caller: CallerDep,
    uow: UnitOfWorkDep,
    version: ExpectedVersionDep,
    response: Response,
) -> Envelope[OnboardingRead]:
    """Replace the answers with these. For members and above."""
    saved = await service.save_onboarding(uow, caller, workspace_id, body.data, expected_version=version)
    set_etag(response, saved.version)
    return ok(OnboardingRead.model_validate(saved), "Onboarding saved.")
