"""The API with the sandbox's model, and what graphs leave in the tables."""

from collections.abc import AsyncIterator

import pytest
from sqlalchemy import MetaData, func, select, text

from persistence.models.agent_run import AgentRun
from persistence.repositories import Repository
from tests.fixtures.api import Api, SupabaseProject, running_api
from tests.fixtures.sandbox import SandboxServer
from tests.integration.api.team import Team, make_team


@pytest.fixture(scope="module")
async def thinking(
    api_environment: dict[str, str], supabase_project: SupabaseProject, sandbox: SandboxServer
) -> AsyncIterator[Api]:
    """An API whose model is the sandbox's."""
    environment = api_environment | {
        "OPENAI_BASE_URL": sandbox.openai_url,
        "OPENAI_API_KEY": "sandbox-key",
        "SCRAPE_LIMIT": "1000/minute",
    }
    async with running_api(environment, supabase_project) as api:
        yield api


@pytest.fixture
async def team(thinking: Api, sandbox: SandboxServer) -> AsyncIterator[Team]:
    """Everybody who may or may not ask; the model behaves."""
    await sandbox.behave_well()
    yield await make_team(thinking)
    await sandbox.behave_well()


async def runs_of(api: Api, workspace_id: int, graph: str) -> list[AgentRun]:
    """The runs of a graph, oldest first."""
    async with api.services.database.unit_of_work() as uow:
        here = (AgentRun.workspace_id == workspace_id, AgentRun.graph == graph)
        return await Repository(uow.session, AgentRun).get_all(*here, order_by=[AgentRun.created_at])


async def threads_left(api: Api) -> int:
    """Checkpoints in the tables."""
    async with api.services.database.unit_of_work() as uow:
        return int((await uow.session.execute(text("SELECT count(*) FROM checkpoints"))).scalar_one())


async def rows_by_table(api: Api) -> dict[str, int]:
    """How many rows each table of the product has."""
    counts: dict[str, int] = {}
    async with api.services.database.unit_of_work() as uow:
        metadata: MetaData = AgentRun.metadata
        for table in metadata.sorted_tables:
            counts[table.name] = (
                await uow.session.execute(select(func.count()).select_from(table))
            ).scalar_one()
    return counts
