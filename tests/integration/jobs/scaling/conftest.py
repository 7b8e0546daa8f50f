"""A team that scales campaigns: the sandbox plays Wiza and the model."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest

from api.jobs.enrichment import TASKS as ENRICHMENT
from api.jobs.outreach import TASKS as OUTREACH
from api.jobs.scaling import TASKS as SCALING
from api.jobs.searches import TASKS as SEARCHES
from tests.fixtures.api import Api, SupabaseProject, running_api
from tests.fixtures.database import create_database
from tests.fixtures.exporting import worker_services
from tests.fixtures.sandbox import SandboxServer
from tests.integration.api.team import make_team
from tests.integration.jobs.scaling.stand import Scalers


@pytest.fixture(scope="module")
async def scaling(
    api_environment: dict[str, str],
    supabase_project: SupabaseProject,
    sandbox: SandboxServer,
    postgres_url: str,
    migrated_template: str,
) -> AsyncIterator[Api]:
    """An API whose providers are the sandbox's, on a database of its own: what was bought there is bought for this one."""
    environment = api_environment | {
        "DATABASE_URL": create_database(postgres_url, template=migrated_template),
        "OPENAI_BASE_URL": sandbox.openai_url,
        "OPENAI_API_KEY": "sandbox-key",
        "WIZA_BASE_URL": sandbox.wiza_url,
        "WIZA_POLL_INTERVAL": "0.05",
        "WIZA_REVEALS_PER_MINUTE": "1000000",
        "WIZA_SEARCHES_PER_MINUTE": "1000000",
    }
    await sandbox.wiza()  # makes its people, which takes longer than the client waits
    async with running_api(environment, supabase_project) as api:
        yield api


@pytest.fixture
async def stand(scaling: Api, sandbox: SandboxServer) -> AsyncIterator[Scalers]:
    """A new team with 1,000 credits, and the workers' tasks."""
    team = await make_team(scaling)
    await sandbox.reset()
    services = worker_services(scaling)
    async with AsyncExitStack() as stack:
        opened = {
            name: open_task(services, stack)
            for tasks in (SCALING, SEARCHES, ENRICHMENT, OUTREACH)
            for name, open_task in tasks.items()
        }
        made = Scalers(scaling, team, sandbox, services, opened)
        await made.prepare(1_000)
        yield made
