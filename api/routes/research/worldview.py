"""Making a workspace's worldview."""

from typing import Annotated

from fastapi import Body

from agents.worldview import graph as worldview
from api.deps import CallerDep, PathIDOf, ServicesDep
from api.envelope import ok
from api.routing import api_router, route_options
from persistence.types import WorkspaceID
from tools.schemas import Envelope
from tools.worldview import service
from tools.worldview.schemas import REQUEST_EXAMPLE, WorldviewRead, WorldviewRequest

router = api_router("workspaces")
GRAPH = worldview.build().compile()


@router.post("/workspaces/{workspace_id}/worldview/generate", response_model=Envelope[WorldviewRead])
@route_options(limit="scrape")
async def generate_worldview(
    workspace_id: PathIDOf[WorkspaceID],
    caller: CallerDep,
    services: ServicesDep,
    body: Annotated[WorldviewRequest | None, Body(examples=[REQUEST_EXAMPLE])] = None,
) -> Envelope[WorldviewRead]:
    """Write the company's view of itself from onboarding and website, each statement with its source, and keep it.

    Nothing of the database is held while the model writes. Asked again after a failure, it goes on where it broke off.
    """
    async with services.transactions.open() as uow:
        material = await service.worldview_material(uow, caller, workspace_id, body or WorldviewRequest())
    request = service.run_request(caller, workspace_id, material)
    async with services.graphs.run(GRAPH, caller, request, {"material": material}) as done:
        kept = done.state["kept"]
        async with services.transactions.open() as uow:
            text = await service.keep_worldview(uow, caller, workspace_id, material, kept)
            provider = await done.end(uow)
    read = service.worldview_read(text, provider, kept, len(done.state["left_out"]))
    return ok(read, "The worldview was written.")
