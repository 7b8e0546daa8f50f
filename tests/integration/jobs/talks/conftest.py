"""An API and a worker's tasks whose models and Wiza are the sandbox's, on a database of their own."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from tests import embedded
from tests.fixtures.api import Api, SupabaseProject, running_api
from tests.fixtures.database import create_database
from tests.fixtures.sandbox import SandboxServer
from tests.integration.api.team import make_team
from tests.integration.jobs.talks.stand import TalkStand, WorkerOfItsOwn, make_stand

SHORT_TIMES = {
    "WORKER_TIME_LIMIT": "6",
    "WORKER_LEASE": "7",
    "WORKER_VISIBILITY_TIMEOUT": "20",
    "WORKER_SWEEP_SECONDS": "0.5",
    "WORKER_REDISPATCH_SECONDS": "2",
    "WORKER_OUTBOX_GRACE": "1",
    "TURN_LEASE": "3",
    "TURN_TAKEOVER": "true",
    "TURN_RATE_PER_MINUTE": "1000",
    "TURN_CONCURRENCY": "100",
}


@pytest.fixture(scope="module")
def talk_environment(
    api_environment: dict[str, str],
    breakable_valkey: embedded.Valkey,
    sandbox: SandboxServer,
    postgres_url: str,
    migrated_template: str,
) -> dict[str, str]:
    """What API and worker are started with; their part of the breakable Valkey is their own."""
    server = breakable_valkey.url.rsplit("/", 1)[0]
    return {
        **api_environment,
        **SHORT_TIMES,
        "DATABASE_URL": create_database(postgres_url, template=migrated_template),
        "REDIS_URL": f"{server}/4",
        "CELERY_BROKER_URL": f"{server}/5",
        "OPENAI_BASE_URL": sandbox.openai_url,
        "OPENAI_API_KEY": "sandbox-key",
        "WIZA_BASE_URL": sandbox.wiza_url,
    }


@pytest.fixture(scope="module")
async def talking(
    talk_environment: dict[str, str], supabase_project: SupabaseProject, sandbox: SandboxServer
) -> AsyncIterator[Api]:
    """The API."""
    await sandbox.wiza()  # makes its people, which takes longer than the client waits
    async with running_api(talk_environment, supabase_project) as api:
        yield api


TIME_TO_LOAD = {"WORKER_TIME_LIMIT": "20", "WORKER_LEASE": "21", "WORKER_VISIBILITY_TIMEOUT": "60"}
"""A child's first message loads the packages of language models: on a busy machine that alone takes the short limit's 6 s."""


@pytest.fixture(scope="module")
async def worker(talk_environment: dict[str, str], services_folder: Path) -> AsyncIterator[WorkerOfItsOwn]:
    """A real worker and the schedule."""
    real = WorkerOfItsOwn(talk_environment | TIME_TO_LOAD, services_folder / "logs")
    await real.start()
    yield real
    real.stop()


@pytest.fixture
async def stand(
    talking: Api, sandbox: SandboxServer, talk_environment: dict[str, str]
) -> AsyncIterator[TalkStand]:
    """A new team that has told what its company does."""
    await sandbox.behave_well()
    team = await make_team(talking)
    async with AsyncExitStack() as stack:
        yield await make_stand(talking, team, sandbox, talk_environment, stack)
    await sandbox.behave_well()
