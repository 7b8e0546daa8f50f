"""A turn that waits for its model holds what it still needs, and nothing of what is done."""

import asyncio
import gc

from agents.turns.run import TurnRun
from agents.turns.writer import TurnWriter
from persistence.checkpoint_writes import CheckpointWrites
from tests.fixtures.turns import Turns

SHORT = {method.__qualname__ for method in (TurnWriter._work, CheckpointWrites._store_soon, TurnRun._renew)}
"""What tasks of a turn do now and then."""


def over() -> "list[asyncio.Task[object]]":
    """Tasks that had little to do, are over, and are still held by somebody."""
    gc.collect()
    tasks = [held for held in gc.get_objects() if isinstance(held, asyncio.Task) and held.done()]
    return [task for task in tasks if getattr(task.get_coro(), "__qualname__", "") in SHORT]


async def test_what_was_written_and_renewed_for_it_leaves_no_task_behind(turns: Turns) -> None:
    before = over()
    turn = await turns.say("held slowly", "chat")
    run = turns.runner._running._runs[turn.turn_id]
    await asyncio.sleep(0.3)
    await run.graph.checkpointer.settle()
    run._begin_to_renew()
    await asyncio.sleep(0.3)
    assert [task for task in over() if task not in before] == []
    turns.upstream.release.set()
    await turns.events(turn)
