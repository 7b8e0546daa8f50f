"""What tests of stored checkpoints share."""

from collections.abc import AsyncIterator

import pytest

from persistence.checkpointer import PooledSaver, open_checkpointer
from persistence.settings import DatabaseSettings


@pytest.fixture
async def saver(database_settings: DatabaseSettings) -> AsyncIterator[PooledSaver]:
    """The saver of a real database."""
    async with open_checkpointer(database_settings) as opened:
        yield opened
