"""What a turn leaves in the checkpoint tables: the newest checkpoint, whatever an approval waits for, and nothing of before."""

import asyncio
import time
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import langgraph.checkpoint.base.id as ids
import pytest
from sqlalchemy import text

from agents.events import ApprovalRequested, TurnFinished
from agents.turns.checkpoints import LeasedCheckpointer
from agents.turns.entries import visible_text
from persistence.checkpoint_writes import CheckpointWrites
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


def ahead(monkeypatch: pytest.MonkeyPatch, seconds: int) -> None:
    """Let the ids of checkpoints say so many seconds more than it is."""
    clock = SimpleNamespace(time_ns=lambda: time.time_ns() + seconds * 10**9)
    monkeypatch.setattr(ids, "time", clock)
    monkeypatch.setattr(ids, "_last_v6_timestamp", None)


async def test_a_turn_of_a_process_whose_clock_is_ahead_is_followed_by_those_of_others(
    turns: Turns, monkeypatch: pytest.MonkeyPatch
) -> None:
    await turns.events(await turns.say("one", "chat"))
    with monkeypatch.context() as patched:
        ahead(patched, 600)
        await turns.events(await turns.say("two", "chat"))
    ahead(monkeypatch, 0)
    for text_said in ("three", "four"):
        turn = await turns.say(text_said, "chat")
        said = visible_text(await turns.events(turn))
    assert said == "I heard one | two | three | four"
    assert (await rows(turns, turn.session_id))["checkpoints"] == 1


async def test_a_last_checkpoint_whose_answer_was_lost_is_stored_again(
    turns: Turns, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, told = CheckpointWrites._insert, set[int]()

    async def lost(writes: CheckpointWrites, *arguments: Any) -> None:
        await store(writes, *arguments)
        if arguments[-1] is not None and id(writes) not in told:
            told.add(id(writes))
            raise ConnectionResetError

    with monkeypatch.context() as patched:
        patched.setattr(CheckpointWrites, "_insert", lost)
        for number in range(2):
            turn = await turns.say(f"turn {number}", "chat")
            assert (await turns.events(turn))[-1] == TurnFinished("stop")
    assert len(told) == 2
    assert (await rows(turns, turn.session_id))["checkpoints"] == 1
    assert (
        visible_text(await turns.events(await turns.say("more", "chat"))) == "I heard turn 0 | turn 1 | more"
    )


async def test_a_turn_that_could_not_be_recorded_behind_its_last_checkpoint_ends_elsewhere(
    turns: Turns, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def unreachable(*_: object) -> None:
        raise ConnectionRefusedError

    await turns.events(await turns.say("one", "chat"))
    with monkeypatch.context() as patched:
        patched.setattr("agents.turns.run.RECORD_PAUSES", (0.01,))
        patched.setattr("agents.turns.run.TurnRun._store", unreachable)
        turn = await turns.say("save it", "chat")
        await turns.ended()
    async with turns.replica() as other:
        await other.take_over_dead()
        events = [entry.event async for batch in other.follow(turn.turn_id) for entry in batch]
    asked = next(event for event in events if isinstance(event, ApprovalRequested))
    answer = ApprovalAnswer(asked.approval_id, True)
    request = ApprovalRequest(SessionReference(client_chat_id="chat"), (answer,))
    resumed = await turns.runner.answer(turns.caller, turns.workspace_id, request)
    assert visible_text(await turns.events(resumed)) == "Saved."
    assert visible_text(await turns.events(await turns.say("more", "chat"))) == "I heard one | save it | more"
