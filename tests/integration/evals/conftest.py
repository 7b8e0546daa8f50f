"""A stage for replays: a scratch database of its own, the run's Valkey and the sandbox."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from evals.replay.cache import AnswerCache
from evals.replay.models import Budget
from evals.replay.stage import Servers, Stage, open_stage
from tests.fixtures.database import create_database
from tests.fixtures.sandbox import SandboxServer


@pytest.fixture(scope="session")
def scratch(postgres_url: str, migrated_template: str, redis_url: str, sandbox: SandboxServer) -> Servers:
    """Servers on which nothing but replays happens."""
    return Servers(create_database(postgres_url, template=migrated_template), redis_url, sandbox.url)


@pytest.fixture
def answers(tmp_path: Path) -> AnswerCache:
    """An empty cache."""
    return AnswerCache(tmp_path / "answers.sqlite3")


@pytest.fixture
async def stage(scratch: Servers, answers: AnswerCache, sandbox: SandboxServer) -> AsyncIterator[Stage]:
    """The stage without a budget."""
    async with open_stage(scratch, cache=answers, budget=Budget()) as stage:
        yield stage
