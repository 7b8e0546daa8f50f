"""The moments of a turn at which its process may be struck: some by chance, some held still by a lock until it is."""

import asyncio
import random
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from tests.durability.talks import Reader
from tests.durability.truth import Json, Truth

WORDS = 24
"""Words of every spoken answer in these campaigns."""
PATIENCE = 3.0
"""Seconds a moment is waited for; a turn that goes another way is struck wherever it is then."""
ROW_SECONDS = 15.0
"""Seconds a message may take to be a turn at all, on busy cores."""
PAUSE_MS = 800
"""How long Redis takes no writes, at most: shorter than the time-out of a command."""

Strike = Callable[[], None]
Moment = Callable[[random.Random, Truth, Reader, Strike], Awaitable[None]]
"""Waits for its moment in the reader's turn, and strikes."""


async def while_asking(chance: random.Random, _truth: Truth, _reader: Reader, strike: Strike) -> None:
    """The message is on its way, or was just taken in."""
    await asyncio.sleep(chance.uniform(0.005, 0.12))
    strike()


async def before_words(chance: random.Random, truth: Truth, reader: Reader, strike: Strike) -> None:
    """The turn has begun and nobody has said anything."""
    await _turn(truth, reader)
    await asyncio.sleep(chance.uniform(0, 0.05))
    strike()


async def in_words(chance: random.Random, _truth: Truth, reader: Reader, strike: Strike) -> None:
    """Between two words of the answer."""
    count = chance.randint(1, WORDS - 1)
    await reader.until(lambda shown: len(shown.words) >= count, PATIENCE)
    strike()


async def after_words(chance: random.Random, _truth: Truth, reader: Reader, strike: Strike) -> None:
    """All is said; what was said is being noted, stored and recorded."""
    await reader.until(lambda shown: len(shown.words) >= WORDS, PATIENCE)
    await asyncio.sleep(chance.uniform(0, 0.15))
    strike()


async def in_a_checkpoint(chance: random.Random, truth: Truth, reader: Reader, strike: Strike) -> None:
    """In the transaction of a checkpoint: of the first that is stored, or of the one of the step that spoke."""
    turn = await _turn(truth, reader)
    if chance.random() < 0.5:
        await reader.until(lambda shown: len(shown.words) >= WORDS, PATIENCE)
    async with held(truth, "DiscoverySessions", "DiscoverySessionID", turn["DiscoverySessionID"]):
        await _until(lambda: truth.blocked("quiver-checkpoints", "%FOR SHARE%"))
        strike()


async def in_the_record(_chance: random.Random, truth: Truth, reader: Reader, strike: Strike) -> None:
    """In the transaction of the record, which is not committed."""
    turn = await _turn(truth, reader)
    async with held(truth, "AgentRuns", "AgentRunID", turn["AgentRunID"]):
        await _until(lambda: truth.blocked("quiver", 'UPDATE "AgentRuns"%'))
        strike()


async def behind_the_record(_chance: random.Random, truth: Truth, reader: Reader, strike: Strike) -> None:
    """The record is committed, and nobody has been told that the turn is over."""
    turn = await _turn(truth, reader)
    try:
        async with held(truth, "AgentRuns", "AgentRunID", turn["AgentRunID"]):
            await _until(lambda: truth.blocked("quiver", 'UPDATE "AgentRuns"%'))
            await truth.redis.client_pause(PAUSE_MS, all=False)
        await _until(lambda: _recorded(truth, str(turn["AgentRunID"])))
        strike()
    finally:
        await truth.redis.client_unpause()


MOMENTS: dict[str, Moment] = {
    moment.__name__: moment
    for moment in (
        while_asking,
        before_words,
        in_words,
        after_words,
        in_a_checkpoint,
        in_the_record,
        behind_the_record,
    )
}


@asynccontextmanager
async def held(truth: Truth, table: str, key: str, value: object) -> AsyncIterator[None]:
    """Nobody else can change this row."""
    async with truth.another() as connection, connection.transaction():
        await connection.execute(f'SELECT 1 FROM "{table}" WHERE "{key}" = %s FOR UPDATE'.encode(), [value])
        yield


async def _turn(truth: Truth, reader: Reader) -> Json:
    """The row of the reader's turn, as soon as there is one."""
    await _until(lambda: _exists(truth, reader.message_id), ROW_SECONDS)
    turn = await truth.turn_of(reader.message_id)
    assert turn is not None, f"no turn for {reader.message_id} in {ROW_SECONDS:.0f} seconds"
    return turn


async def _exists(truth: Truth, message_id: str) -> bool:
    return await truth.turn_of(message_id) is not None


async def _recorded(truth: Truth, turn_id: str) -> bool:
    return bool((await truth.run(turn_id))["FinishedAt"])


async def _until(true: Callable[[], Awaitable[bool]], seconds: float = PATIENCE) -> None:
    """Wait until it is, not for ever."""
    deadline = asyncio.get_running_loop().time() + seconds
    while not await true() and asyncio.get_running_loop().time() < deadline:  # noqa: ASYNC110 — a database has no event
        await asyncio.sleep(0.005)
