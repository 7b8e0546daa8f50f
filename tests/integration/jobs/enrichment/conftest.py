"""The API with the sandbox's Wiza, and people of the sandbox nobody has bought yet."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest

from tests.fixtures.api import Api, SupabaseProject, running_api
from tests.fixtures.database import create_database
from tests.fixtures.sandbox import SandboxServer
from tests.integration.api.team import make_team
from tests.integration.jobs.enrichment.stand import Enrichers, make_stand
from tools.providers.wiza.client import WizaClient
from tools.providers.wiza.filters import parse_filters
from tools.providers.wiza.limits import WizaLimits
from tools.providers.wiza.records import Prospect
from tools.providers.wiza.wire import Wire


@pytest.fixture(scope="module")
async def selling(
    api_environment: dict[str, str],
    supabase_project: SupabaseProject,
    sandbox: SandboxServer,
    postgres_url: str,
    migrated_template: str,
) -> AsyncIterator[Api]:
    """An API whose Wiza is the sandbox's, on a database of its own: calls that nobody ends are left in it."""
    environment = api_environment | {
        "DATABASE_URL": create_database(postgres_url, template=migrated_template),
        "WIZA_BASE_URL": sandbox.wiza_url,
        "WIZA_POLL_INTERVAL": "0.05",
        "WIZA_TOTAL_TIMEOUT": "2",
        "WIZA_REVEALS_PER_MINUTE": "1000000",
        "WIZA_SEARCHES_PER_MINUTE": "1000000",
    }
    await sandbox.wiza()  # makes its people, which takes longer than the client waits
    async with running_api(environment, supabase_project) as api:
        yield api


@pytest.fixture(scope="module")
async def people(selling: Api, sandbox: SandboxServer) -> list[Prospect]:
    """Sixty lawyers."""
    settings = selling.settings.wiza
    wiza = WizaClient(Wire(settings), WizaLimits(settings, selling.services.redis), poll_interval=0.05)
    filters = parse_filters({"job_role": ["legal"]})
    first = await wiza.search(filters, 30, call_key="looking")
    more = await wiza.search(filters, 30, call_key="looking", page=first.next_page)
    await wiza.close()
    await sandbox.reset()
    return [*first.prospects, *more.prospects]


@pytest.fixture
async def stand(selling: Api, sandbox: SandboxServer, people: list[Prospect]) -> AsyncIterator[Enrichers]:
    """A new team with a budget of 10,000 credits, in a Client of its own."""
    team = await make_team(selling)
    await sandbox.reset()
    async with AsyncExitStack() as stack:
        yield await make_stand(selling, team, sandbox, people, stack)
