"""Suppressions: whom a workspace must not write to."""

from typing import Annotated

from fastapi import Query, Response

from api.deps import CallerDep, PageDep, PathIDOf, ServicesDep, UnitOfWorkDep
from api.envelope import listed, ok
from api.routing import api_router
from persistence.models.suppression import SuppressionKind
from persistence.types import WorkspaceID
from tools.messages.withdrawal import suppress_and_withdraw
from tools.schemas import Envelope, PageEnvelope
from tools.suppressions import service
from tools.suppressions.schemas import SuppressionCreate, SuppressionRead

router = api_router("suppressions")

KindFilter = Annotated[
    list[SuppressionKind] | None,
    Query(alias="kind", max_length=3, description="Only these kinds; repeat it for several."),
]


@router.get("/workspaces/{workspace_id}/suppressions")
async def list_suppressions(
    workspace_id: PathIDOf[WorkspaceID],
    caller: CallerDep,
    uow: UnitOfWorkDep,
    page: PageDep,
    kind: KindFilter = None,
) -> PageEnvelope[SuppressionRead]:
    """Whom the workspace must not write to, oldest first, masked."""
    found = await service.list_suppressions(uow, caller, workspace_id, page, kinds=kind or ())
    return listed([SuppressionRead.model_validate(row) for row in found.items], found)


@router.post(
    "/workspaces/{workspace_id}/suppressions",
    status_code=201,
    responses={200: {"model": Envelope[SuppressionRead], "description": "It was there already."}},
)
async def create_suppression(
    workspace_id: PathIDOf[WorkspaceID],
    body: SuppressionCreate,
    caller: CallerDep,
    uow: UnitOfWorkDep,
    services: ServicesDep,
    response: Response,
) -> Envelope[SuppressionRead]:
    """Forbid writing to an address, a domain or a LinkedIn profile. For members and above.

    Messages that are queued for them become drafts again. One that is there already is answered with 200; a reason
    that lasts takes the place of one that doesn't.
    """
    (added,) = await suppress_and_withdraw(uow, caller, workspace_id, [body], services.contact_hashes)
    response.status_code = 201 if added.new else 200
    return ok(SuppressionRead.model_validate(added.row), "Suppressed.")


@router.delete("/workspaces/{workspace_id}/suppressions/{suppression_id}")
async def delete_suppression(
    workspace_id: PathIDOf[WorkspaceID], suppression_id: PathIDOf[int], caller: CallerDep, uow: UnitOfWorkDep
) -> Envelope[None]:
    """Allow writing again. For admins and owners. What somebody asked for (`opt_out`, `complaint`, `legal`) lasts: 409."""
    await service.lift(uow, caller, workspace_id, suppression_id)
    return ok(None, "Suppression removed.")
