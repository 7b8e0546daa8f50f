"""A team for every test of this folder."""

import pytest

from tests.fixtures.api import Api
from tests.integration.api.team import Team, make_team


@pytest.fixture
async def team(api: Api) -> Team:
    """A new team."""
    return await make_team(api)
