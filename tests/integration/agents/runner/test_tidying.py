"""What a turn leaves in the checkpoint tables: the newest checkpoint, whatever an approval waits for, and nothing of before."""

import asyncio
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import text

from agents.events import ApprovalRequested
from agents.turns.checkpoints import LeasedCheckpointer
from agents.turns.entries import visible_text
from persistence.checkpointer import open_checkpointer
from persistence.models.agent_run import AgentRunStatus
from persistence.session import Database
from persistence.settings import DatabaseSettings
from tests.fixtures.turns import Turns
from tools.sessions.lookup import SessionReference
from tools.turns.requests import ApprovalAnswer, ApprovalRequest
from tools.turns.tidying import tidy_after

TABLES = ("checkpoints", "checkpoint_blobs", "checkpoint_writes")


async def rows(turns: Turns, session_id: int) -> dict[str, int]:
    """Rows by table of all threads that the session ever had, once no turn runs."""
    await turns.ended()
    threads = [str(run.thread_id) for run in await turns.runs(session_id)]  # type: ignore[arg-type]
    found: dict[str, int] = {}
    async with turns.database.unit_of_work() as uow:
        for table in TABLES:
            count = text(f"SELECT count(*) FROM {table} WHERE thread_id = ANY(:threads)")
            found[table] = int((await uow.session.execute(count, {"threads": threads})).scalar_one())
    return found


async def test_ten_turns_leave_as_much_as_two(turns: Turns) -> None:
    for number in range(2):
        turn = await turns.say(f"turn {number}", "chat")
        await turns.events(turn)
    after_two = await rows(turns, turn.session_id)
    for number in range(2, 10):
        await turns.events(await turns.say(f"turn {number}", "chat"))
    assert await rows(turns, turn.session_id) == after_two
    assert after_two["checkpoints"] == 1
    assert visible_text(await turns.events(await turns.say("the last", "chat"))).startswith(
        "I heard turn 0 | "
    )


async def test_what_waits_for_an_approval_is_kept(turns: Turns) -> None:
    await turns.events(await turns.say("hello", "chat"))
    turn = await turns.say("save it", "chat")
    asked = [event for event in await turns.events(turn) if isinstance(event, ApprovalRequested)]
    assert (await rows(turns, turn.session_id))["checkpoints"] == 1
    answer = ApprovalAnswer(asked[0].approval_id, True)
    resumed = await turns.runner.answer(
        turns.caller,
        turns.workspace_id,
        ApprovalRequest(SessionReference(client_chat_id="chat"), (answer,)),
    )
    assert visible_text(await turns.events(resumed)) == "Saved."
    assert (await turns.runs(turn.session_id))[-1].status is AgentRunStatus.DONE


async def test_a_fork_removes_the_thread_it_left(turns: Turns) -> None:
    for number in (1, 2):
        turn = await turns.say(f"turn {number}", "chat", f"m-{number}")
        await turns.events(turn)
    before = await rows(turns, turn.session_id)
    for attempt in range(3):
        await turns.events(await turns.say(f"better {attempt}", "chat", "m-2"))
    assert await rows(turns, turn.session_id) == before


async def test_tidying_that_is_held_up_holds_up_no_lease(
    database: Database, database_settings: DatabaseSettings
) -> None:
    ended: Any = SimpleNamespace(thread_id=uuid4(), keep_messages=None)
    async with open_checkpointer(database_settings) as saver:
        async with database.unit_of_work() as uow:
            await uow.session.execute(text("LOCK TABLE checkpoints IN ACCESS EXCLUSIVE MODE"))
            tidying = [asyncio.create_task(tidy_after(database, saver.stores, ended)) for _ in range(4)]
            await asyncio.sleep(0.2)
            async with asyncio.timeout(3):
                assert (await database.direct.rows("SELECT 1"))[0][0] == 1  # leases are renewed so
            assert not any(task.done() for task in tidying)
        await asyncio.gather(*tidying)


async def stored_before_the_end_came(checkpointer: LeasedCheckpointer, *, last: bool = False) -> None:
    """`settle` of a turn whose last checkpoint had gathered for long enough when its end came."""
    await checkpointer._writes.settle()


async def test_what_the_last_checkpoint_could_not_remove_is_removed_after_it(
    turns: Turns, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(LeasedCheckpointer, "settle", stored_before_the_end_came)
    for _ in range(2):
        turn = await turns.say("hello", "chat")
        await turns.events(turn)
    assert (await rows(turns, turn.session_id))["checkpoints"] == 1


async def test_the_last_checkpoint_takes_the_place_of_all_before_it(
    turns: Turns, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def is_not_needed(*_: object, pruned: bool) -> None:
        assert pruned

    monkeypatch.setattr("agents.turns.run.tidy_after", is_not_needed)
    for number in range(3):
        turn = await turns.say(f"turn {number}", "chat")
        await turns.events(turn)
    assert (await rows(turns, turn.session_id))["checkpoints"] == 1
    assert visible_text(await turns.events(await turns.say("more", "chat"))).startswith("I heard turn 0 | ")


async def test_a_tidying_that_fails_costs_the_turn_nothing(
    turns: Turns, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def unreachable(*_: object, **__: object) -> None:
        raise ConnectionRefusedError

    with monkeypatch.context() as patched:
        patched.setattr(LeasedCheckpointer, "settle", stored_before_the_end_came)
        patched.setattr("agents.turns.run.tidy_after", unreachable)
        turn = await turns.say("hello", "chat")
        assert visible_text(await turns.events(turn)) == "I heard hello"
        await turns.events(await turns.say("hello", "chat"))
        assert (await rows(turns, turn.session_id))["checkpoints"] > 1
    await turns.events(await turns.say("again", "chat"))
    assert (await rows(turns, turn.session_id))["checkpoints"] == 1
