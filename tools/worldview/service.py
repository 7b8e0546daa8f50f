"""A workspace's worldview: who may ask for one, and where it is kept."""

from collections.abc import Sequence

from persistence.models.workspace import ProjectRole, ProjectStatus, Workspace
from persistence.repositories import Repository
from persistence.session import UnitOfWork
from persistence.types import WorkspaceID
from tools.access import Caller, require_role
from tools.errors import NotFound
from tools.runs.service import NothingSupported, RunRequest
from tools.worldview.markdown import KeptStatement, markdown
from tools.worldview.material import Material, load_material
from tools.worldview.schemas import WorldviewRead, WorldviewRequest, WorldviewStatement

GRAPH = "worldview"


async def worldview_material(
    uow: UnitOfWork, caller: Caller, workspace_id: WorkspaceID, request: WorldviewRequest
) -> Material:
    """What the worldview is made from. For members and above. Raises NotFound, Forbidden, Conflict."""
    await require_role(uow, caller, workspace_id, ProjectRole.MEMBER)
    return await load_material(uow, caller, workspace_id, request)


def run_request(caller: Caller, workspace_id: WorkspaceID, material: Material) -> RunRequest:
    """The request as it is recorded."""
    return RunRequest(GRAPH, workspace_id, caller.user_id, {"material": material})


async def keep_worldview(
    uow: UnitOfWork,
    caller: Caller,
    workspace_id: WorkspaceID,
    material: Material,
    statements: Sequence[KeptStatement],
) -> str:
    """Keep the worldview in the workspace; its Markdown. The caller's role is looked at again: time has passed.

    Raises NotFound, Forbidden, and NothingSupported when there is no statement: what was kept before stays.
    """
    await require_role(uow, caller, workspace_id, ProjectRole.MEMBER)
    if not statements:
        raise NothingSupported
    rows = Repository(uow.session, Workspace)
    workspace = await rows.get(Workspace.id == workspace_id, for_update=True)
    if workspace is None or workspace.status is ProjectStatus.DELETING:
        raise NotFound("There is no such workspace.")
    workspace.worldview = markdown(material["company"], material["language"], statements)
    await uow.session.flush()
    return workspace.worldview


def worldview_read(
    text: str, provider: str, statements: Sequence[KeptStatement], left_out: int
) -> WorldviewRead:
    """The worldview as the wire shows it."""
    return WorldviewRead(
        worldview=text,
        provider=provider,
        statements=[WorldviewStatement.model_validate(item) for item in statements],
        left_out=left_out,
    )
