"""Routes of the tests: what the mechanism does is shown on them, whatever features exist."""

import asyncio
from uuid import uuid4

from fastapi import Response
from pydantic import Field
from sqlalchemy import cast, literal, select, text
from sqlalchemy.dialects.postgresql import JSONB

from api.deps import CallerDep, ExpectedVersionDep, PageDep, ServicesDep, UnitOfWorkDep, set_etag
from api.envelope import listed, ok
from api.routing import api_router, route_options
from persistence.models.experiment import Experiment, ExperimentType
from persistence.models.user import Client
from persistence.types import ExperimentID, WorkspaceID
from tools.access import require_role
from tools.errors import Conflict, NotFound, ProviderUnavailable, QuotaExceeded
from tools.paging import page_of
from tools.schemas import (
    Envelope,
    JsonObject,
    Name,
    PageEnvelope,
    PathIDOf,
    WireFlag,
    WireIDOf,
    WireInt,
    WireModel,
    WireNumber,
)
from tools.versions import require_version

router = api_router("toys")


class Toy(WireModel):
    """A bit of everything."""

    name: Name | None = Field(None, description="A name.")
    experiment_id: WireIDOf[ExperimentID] | None = Field(None, description="An id.")
    size: WireInt = Field(0, description="A number.")
    price: WireNumber = Field(0.0, description="A fraction.")
    loud: WireFlag = Field(False, description="A flag.")
    parts: JsonObject = Field(default_factory=dict, description="Anything.")


class ToyRead(WireModel):
    """A stored thing."""

    id: int = Field(description="Its id.")
    name: str = Field(description="Its name.")
    version: int = Field(description="Its version.")


@router.post("/toys", status_code=201)
async def create_toy(body: Toy, uow: UnitOfWorkDep) -> Envelope[Toy]:
    """Send everything to Postgres and back."""
    await uow.session.execute(select(cast(body.parts, JSONB), literal(body.name), literal(body.size)))
    return ok(body, "Made.")


@router.post("/toys/clients", status_code=201)
async def create_client(body: Toy, uow: UnitOfWorkDep) -> Envelope[ToyRead]:
    """Make a row, slowly if asked, and fail if asked."""
    client = Client(name=body.name or "toy", slug=f"toy-{uuid4().hex}")
    uow.session.add(client)
    await uow.session.flush()
    await asyncio.sleep(body.price)
    if body.loud:
        raise Conflict("Asked to fail.")
    return ok(ToyRead(id=client.id, name=client.name, version=1), "Made.")


@router.post("/toys/no-transaction", status_code=202)
async def create_without_transaction(body: Toy) -> Envelope[str]:
    """Work without a unit of work; every call answers something else."""
    return ok(uuid4().hex)


@router.post("/toys/late-failure")
async def fail_at_commit(uow: UnitOfWorkDep, caller: CallerDep) -> Envelope[str]:
    """Break a deferred constraint, which only the commit notices."""
    await uow.session.execute(
        text("CREATE TEMP TABLE late (id int PRIMARY KEY DEFERRABLE INITIALLY DEFERRED) ON COMMIT DROP")
    )
    await uow.session.execute(text("INSERT INTO late VALUES (1), (1)"))
    return ok("done")


@router.post("/toys/batch")
@route_options(body="batch")
async def create_batch(body: Toy) -> Envelope[int]:
    """Take a larger body."""
    return ok(len(body.parts))


@router.post("/toys/raise/{kind}")
async def fail(kind: str, uow: UnitOfWorkDep) -> Envelope[None]:
    """Raise what is named."""
    failures: dict[str, Exception] = {
        "unknown": RuntimeError("secret detail postgresql://u:p@h/db"),
        "not-found": NotFound("No such toy."),
        "quota": QuotaExceeded("Enough.", retry_after=7),
        "provider": ProviderUnavailable("Away.", provider="toys", retry_after=3, code="model_unavailable"),
        "timeout": TimeoutError(),
        "connection": ConnectionRefusedError("127.0.0.1"),
    }
    if kind in failures:
        raise failures[kind]
    if kind == "sql-bound":
        await uow.session.execute(text("SELECT :value FROM nowhere"), {"value": "written-by-a-person"})
    statements = {
        "sql-unique": "INSERT INTO \"Clients\" (\"Name\", \"Slug\") VALUES ('a', 'twice'), ('b', 'twice')",
        "sql-long": f'INSERT INTO "Clients" ("Name", "Slug") VALUES (\'{"n" * 300}\', \'s\')',
        "sql-timeout": "SET LOCAL statement_timeout = 10; SELECT pg_sleep(1)",
        "sql-lost": "SELECT pg_terminate_backend(pg_backend_pid())",
        "sql-wrong": "SELECT nothing FROM nowhere",
    }
    for statement in statements[kind].split("; "):
        await uow.session.execute(text(statement))
    return ok(None)


@router.get("/toys/{experiment_id}")
async def get_toy(
    experiment_id: PathIDOf[ExperimentID], uow: UnitOfWorkDep, response: Response
) -> Envelope[ToyRead]:
    """Read one."""
    found = await uow.session.get(Experiment, experiment_id)
    if found is None:
        raise NotFound("No such toy.")
    set_etag(response, found.version)
    return ok(ToyRead(id=found.id, name=found.name, version=found.version))


@router.put("/toys/{experiment_id}")
async def update_toy(
    experiment_id: PathIDOf[ExperimentID],
    body: Toy,
    uow: UnitOfWorkDep,
    expected: ExpectedVersionDep,
    response: Response,
) -> Envelope[ToyRead]:
    """Change one, if it is still the one that was read."""
    found = await uow.session.get(Experiment, experiment_id, with_for_update=True)
    if found is None:
        raise NotFound("No such toy.")
    require_version(found, expected)
    found.name = body.name or found.name
    await uow.session.flush()
    set_etag(response, found.version)
    return ok(ToyRead(id=found.id, name=found.name, version=found.version), "Saved.")


@router.get("/workspaces/{workspace_id}/toys")
async def list_toys(
    workspace_id: PathIDOf[WorkspaceID], uow: UnitOfWorkDep, caller: CallerDep, page: PageDep
) -> PageEnvelope[ToyRead]:
    """A workspace's."""
    await require_role(uow, caller, workspace_id)
    statement = select(Experiment).where(Experiment.workspace_id == workspace_id)
    found = await page_of(uow, statement, [Experiment.created_at, Experiment.id], page, descending=True)
    return listed([ToyRead(id=e.id, name=e.name, version=e.version) for e in found.items], found)


@router.post("/workspaces/{workspace_id}/toys", status_code=201)
async def create_workspace_toy(
    workspace_id: PathIDOf[WorkspaceID], body: Toy, uow: UnitOfWorkDep, caller: CallerDep
) -> Envelope[ToyRead]:
    """Make one in a workspace."""
    await require_role(uow, caller, workspace_id)
    made = Experiment(workspace_id=workspace_id, name=body.name or "toy", type=ExperimentType.BULLSEYE)
    uow.session.add(made)
    await uow.session.flush()
    return ok(ToyRead(id=made.id, name=made.name, version=made.version), "Made.")


@router.get("/toys/stream/{name}")
@route_options(ticket=True)
async def stream_toy(name: str, caller: CallerDep) -> Envelope[int]:
    """A GET that takes tickets."""
    return ok(caller.user_id)


@router.post("/toys/chat")
@route_options(body="chat", limit="scrape", idempotent=False)
async def chat_toy(body: Toy, services: ServicesDep) -> Envelope[str]:
    """Takes much, seldom, and keeps its own Idempotency-Key."""
    return ok(uuid4().hex)
