"""A draft that is being written, as its reader hears it."""

import asyncio

import pytest

from api.streaming.drafts import RunningDrafts
from tools.errors import ProviderUnavailable
from tools.messages.generation import GeneratedOutreach
from tools.outreach.drafter import Heard, Written


async def _forever(heard: Heard) -> GeneratedOutreach:
    await heard(Written("text", "Dear "))
    await asyncio.Event().wait()
    raise AssertionError("nobody ends this wait")


async def _silent(heard: Heard) -> GeneratedOutreach:
    await asyncio.Event().wait()
    raise AssertionError("nobody ends this wait")


async def test_who_reads_when_the_process_ends_hears_that_it_does() -> None:
    drafts = RunningDrafts()
    stream = await drafts.start(_forever)
    first = await anext(stream)
    await drafts.close()

    async with asyncio.timeout(2):
        rest = [chunk async for chunk in stream]
    assert b"Dear " in first
    assert b'"server_restarting"' in rest[-1]
    assert b'"retryable":true' in rest[-1]
    assert rest[-1].endswith(b"data: [DONE]\n\n")


async def test_who_waits_for_the_first_word_when_the_process_ends_is_refused() -> None:
    drafts = RunningDrafts()
    reader = asyncio.create_task(drafts.start(_silent))
    await asyncio.sleep(0.01)
    await drafts.close()

    async with asyncio.timeout(2):
        with pytest.raises(ProviderUnavailable, match="restarting"):
            await reader
