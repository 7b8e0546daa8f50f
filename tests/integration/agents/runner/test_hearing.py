"""A reader that hears text where it is said is a reader like any other when the turn goes on elsewhere."""

import asyncio
from uuid import UUID

from agents.events import TextDelta, TurnEvent, TurnFinished
from agents.runner import TurnRunner
from agents.turns.entries import Hear, LogEntry, visible_text
from tests.fixtures.turns import Turns


async def followed(runner: TurnRunner, turn_id: UUID, hear: Hear | None, told: list[TurnEvent]) -> None:
    """Note all that comes in batches in `told`, to the end."""
    async for batch in runner.follow(turn_id, hear=hear):
        told += [entry.event for entry in batch]


async def test_who_heard_text_of_a_turn_that_is_handed_over_gets_the_rest_like_who_read_it(
    turns: Turns,
) -> None:
    hearing: list[TurnEvent] = []
    reading: list[TurnEvent] = []
    heard: list[TextDelta] = []
    said = asyncio.Event()

    def hear(entry: LogEntry) -> bool:
        if not isinstance(entry.event, TextDelta):
            return False
        heard.append(entry.event)
        hearing.append(entry.event)
        said.set()
        return True

    turn = await turns.say("faltering slowly", "chat")
    readers = [
        asyncio.create_task(followed(turns.runner, turn.turn_id, listener, told))
        for listener, told in ((hear, hearing), (None, reading))
    ]
    async with asyncio.timeout(10):
        await said.wait()
        await turns.runner.leave(turn.turn_id)
        async with turns.replica() as other:
            turns.upstream.release.set()
            await other.take_over_dead()
            await asyncio.gather(*readers)
    assert heard
    assert hearing == reading
    assert hearing[-1] == TurnFinished("stop")
    assert "second half" in visible_text(hearing)
