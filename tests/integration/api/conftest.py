"""The application with the toy routes."""

from collections.abc import AsyncIterator

import pytest

from tests.fixtures.api import Api, SupabaseProject, running_api
from tests.integration.api import toys


@pytest.fixture(scope="session")
async def toy_api(api_environment: dict[str, str], supabase_project: SupabaseProject) -> AsyncIterator[Api]:
    """The application with the toy routes, for all tests of this folder."""
    async with running_api(api_environment, supabase_project, toys.router) as api:
        yield api
