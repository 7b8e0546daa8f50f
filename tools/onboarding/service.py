"""Onboarding answers: one JSON document a workspace."""

from sqlalchemy.dialects.postgresql import insert

from persistence.models.workspace import OnboardingData, ProjectRole
from persistence.repositories import Repository
from persistence.session import UnitOfWork
from persistence.types import WorkspaceID
from tools.access import Caller, require_role
from tools.errors import NotFound, StaleVersion
from tools.schemas import JsonObject
from tools.versions import require_version


async def read_onboarding(uow: UnitOfWork, caller: Caller, workspace_id: WorkspaceID) -> OnboardingData:
    """The saved answers. Raises NotFound, also when nothing was ever saved."""
    await require_role(uow, caller, workspace_id)
    saved = await _saved(uow, workspace_id)
    if saved is None:
        raise NotFound("Nothing was saved yet.", code="onboarding_not_saved")
    return saved


async def save_onboarding(
    uow: UnitOfWork,
    caller: Caller,
    workspace_id: WorkspaceID,
    data: JsonObject,
    *,
    expected_version: int | None = None,
) -> OnboardingData:
    """Replace the answers. For members and above. Raises NotFound, Forbidden, StaleVersion."""
    await require_role(uow, caller, workspace_id, ProjectRole.MEMBER)
    saved = await _saved(uow, workspace_id, for_update=True)
    if saved is None:
        if expected_version is not None:
            raise StaleVersion("Nothing was saved yet.")
        first = insert(OnboardingData).values(workspace_id=workspace_id, data=data).on_conflict_do_nothing()
        await uow.session.execute(first)
        saved = await _saved(uow, workspace_id, for_update=True)
        assert saved is not None
    require_version(saved, expected_version)
    saved.data = data
    await uow.session.flush()
    return saved


async def _saved(
    uow: UnitOfWork, workspace_id: WorkspaceID, *, for_update: bool = False
) -> OnboardingData | None:
    rows = Repository(uow.session, OnboardingData)
    return await rows.get(OnboardingData.workspace_id == workspace_id, for_update=for_update)
