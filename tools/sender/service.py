"""The sender profile: one a workspace, empty until it is saved."""

from typing import Any

from sqlalchemy.dialects.postgresql import insert

from persistence.models.sender_profile import SenderProfile
from persistence.models.workspace import ProjectRole
from persistence.repositories import Repository
from persistence.session import UnitOfWork
from persistence.types import WorkspaceID
from tools.access import Caller, require_role
from tools.audit import service as audit
from tools.errors import StaleVersion
from tools.sender.schemas import SenderUpdate
from tools.versions import require_version

LISTS = ("approved_facts", "customer_names")


async def read_sender(uow: UnitOfWork, caller: Caller, workspace_id: WorkspaceID) -> SenderProfile | None:
    """The profile, None when it was never saved. Raises NotFound."""
    await require_role(uow, caller, workspace_id)
    return await _saved(uow, workspace_id)


async def save_sender(
    uow: UnitOfWork,
    caller: Caller,
    workspace_id: WorkspaceID,
    change: SenderUpdate,
    *,
    expected_version: int | None = None,
) -> SenderProfile:
    """Change what `change` names. For admins and owners. Raises NotFound, Forbidden, StaleVersion."""
    await require_role(uow, caller, workspace_id, ProjectRole.ADMIN)
    profile = await _saved(uow, workspace_id, for_update=True)
    if profile is None:
        profile = await _first(uow, workspace_id, expected_version)
    require_version(profile, expected_version)
    values: dict[str, Any] = change.changes()
    for name, value in values.items():
        setattr(profile, name, [] if name in LISTS and value is None else value)
    await uow.session.flush()
    fields = {"fields": sorted(values)}
    await audit.record(
        uow, caller, workspace_id, entity="sender", entity_id=profile.id, action="changed", after=fields
    )
    return profile


async def keep_style_guide(
    uow: UnitOfWork, caller: Caller, workspace_id: WorkspaceID, guide: dict[str, Any]
) -> None:
    """Keep how the founder writes, as the discovery talk learned it. For members and above. Raises NotFound, Forbidden."""
    await require_role(uow, caller, workspace_id, ProjectRole.MEMBER)
    profile = await _saved(uow, workspace_id, for_update=True) or await _first(uow, workspace_id, None)
    if profile.style_guide == guide:
        return
    profile.style_guide = guide
    await uow.session.flush()
    fields = {"fields": ["style_guide"]}
    await audit.record(
        uow, caller, workspace_id, entity="sender", entity_id=profile.id, action="changed", after=fields
    )


async def _first(uow: UnitOfWork, workspace_id: WorkspaceID, expected_version: int | None) -> SenderProfile:
    """An empty profile, also when two people save at the same time."""
    if expected_version is not None:
        raise StaleVersion("Nothing was saved yet.")
    await uow.session.execute(
        insert(SenderProfile).values(workspace_id=workspace_id).on_conflict_do_nothing()
    )
    profile = await _saved(uow, workspace_id, for_update=True)
    assert profile is not None
    return profile


async def _saved(
    uow: UnitOfWork, workspace_id: WorkspaceID, *, for_update: bool = False
) -> SenderProfile | None:
    rows = Repository(uow.session, SenderProfile)
    return await rows.get(SenderProfile.workspace_id == workspace_id, for_update=for_update)
