"""A talk across versions of its state: newer code reads what older code left, and what nobody can read costs no talk."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from sqlalchemy import text

from agents.events import ApprovalRequested, NodeEntered, TextDelta, ToolResult, TurnFailed, TurnFinished
from agents.runner import TurnHandle, TurnRunner
from agents.turns.entries import visible_text
from agents.turns.state_shape import StateShape
from persistence.checkpointer import strict_serializer
from tests.fixtures.turns import Turns
from tests.integration.agents.runner.test_takeover import Reader, checkpointed
from tools.errors import ProviderUnavailable
from tools.sessions.lookup import SessionReference
from tools.turns.requests import ApprovalAnswer, ApprovalRequest

Json = dict[str, Any]


def dated(state: Json) -> Json:
    """1 → 2: what was said before is marked as old."""
    if "messages" not in state:
        return state
    marked = [{**message, "content": "old:" + message["content"]} for message in state["messages"]]
    return {**state, "messages": marked}


def impossible(state: Json) -> Json:
    """A step that does not fit what is stored."""
    return {"messages": state["no such channel"]}


NEXT = StateShape(2, {1: dated}, lasting=frozenset({"messages"}))


@pytest.fixture
async def newer(turns: Turns) -> AsyncIterator[TurnRunner]:
    """A process of the next version."""
    async with turns.replica(NEXT) as runner:
        yield runner


async def heard(turns: Turns, words: str, to: TurnRunner | None = None, chat: str = "chat") -> str:
    """What the agent says it has heard of the talk, this message last."""
    return visible_text(await turns.events(await turns.say(words, chat, to=to)))


async def answer(turns: Turns, to: TurnRunner, turn: TurnHandle, approval_id: str) -> TurnHandle:
    """Say yes to what a turn waits for."""
    request = ApprovalRequest(
        SessionReference(session_id=turn.session_id), (ApprovalAnswer(approval_id, True),)
    )
    return await to.answer(turns.caller, turns.workspace_id, request)


async def asked(turns: Turns, to: TurnRunner | None = None) -> tuple[TurnHandle, str]:
    """A turn that waits for a yes, and for which."""
    turn: TurnHandle = await turns.say("save it", "chat", to=to)
    (request,) = [each for each in await turns.events(turn) if isinstance(each, ApprovalRequested)]
    return turn, request.approval_id


async def break_thread(turns: Turns, chat: str = "chat", *, change: str = "type = 'lost'") -> None:
    """Make what the thread holds of the talk something that nobody can decode."""
    session = await turns.session_of(chat)
    statement = text(
        f"UPDATE checkpoint_blobs SET {change} WHERE thread_id = :thread AND channel = 'messages'"
    )
    async with turns.database.unit_of_work() as uow:
        await uow.session.execute(statement, {"thread": str(session.thread_id)})


async def stored_messages(turns: Turns, chat: str = "chat") -> tuple[int, list[str]]:
    """The version of the thread's newest checkpoint, and what it holds of the talk."""
    session = await turns.session_of(chat)
    statement = text("""
        SELECT c.metadata->>'state_version', b.type, b.blob FROM checkpoints c
        JOIN checkpoint_blobs b ON b.thread_id = c.thread_id AND b.channel = 'messages'
            AND b.version = c.checkpoint->'channel_versions'->>'messages'
        WHERE c.thread_id = :thread ORDER BY c.checkpoint_id DESC LIMIT 1
    """)
    async with turns.database.unit_of_work() as uow:
        version, kind, blob = (await uow.session.execute(statement, {"thread": str(session.thread_id)})).one()
    messages = strict_serializer().loads_typed((kind, blob))
    return int(version), [message["content"] for message in messages if message["role"] == "user"]


async def versions(turns: Turns, turn: TurnHandle) -> list[int]:
    """Which versions the states in the talk's record have, oldest first."""
    return [run.state_version for run in await turns.runs(turn.session_id)]


async def test_what_older_code_left_is_read_brought_up_once_and_stored_as_new(
    turns: Turns, newer: TurnRunner
) -> None:
    await heard(turns, "one")
    assert await heard(turns, "two", newer) == "I heard old:one | two"
    assert await heard(turns, "three", newer) == "I heard old:one | two | three"
    assert await stored_messages(turns) == (2, ["old:one", "two", "three"])
    running = await turns.say("held four", "chat", to=newer)
    assert await versions(turns, running) == [1, 2, 2, 1]
    turns.upstream.release.set()
    await turns.events(running)
    assert await versions(turns, running) == [1, 2, 2, 2]


async def test_a_turn_that_older_code_broke_off_is_ended_by_newer_code(
    turns: Turns, newer: TurnRunner
) -> None:
    turn = await turns.say("one slowly", "chat")
    reader = Reader(newer, turn.turn_id)
    await reader.until(NodeEntered, 2)
    await checkpointed(turns, turn, len(reader.events) - 1)
    await turns.kill(turn.turn_id)
    turns.upstream.release.set()
    await newer.take_over_dead()  # others' dead turns, too
    events = await reader.end()
    assert events[-1] == TurnFinished("stop")
    assert turns.upstream.opened[turns.workspace_id] == 1, "what had been said was not asked for again"
    version, said = await stored_messages(turns)
    assert (version, said) == (2, ["old:one slowly"])
    assert await heard(turns, "two", newer) == "I heard old:one slowly | two"


async def test_a_yes_to_what_older_code_asked_is_carried_out_by_newer_code(
    turns: Turns, newer: TurnRunner
) -> None:
    turn, approval_id = await asked(turns)
    events = await turns.events(await answer(turns, newer, turn, approval_id))
    assert [each.output for each in events if isinstance(each, ToolResult)] == [{"saved": 1}]
    assert await heard(turns, "two", newer) == "I heard old:save it | two"


async def test_another_answer_to_an_old_message_begins_with_a_state_of_the_present_shape(
    turns: Turns, newer: TurnRunner
) -> None:
    await heard(turns, "one")
    await turns.events(await turns.say("two", "chat", "m-2"))
    again = await turns.say("two", "chat", "m-2", to=newer, regenerate=True)
    assert visible_text(await turns.events(again)) == "I heard old:one | two"


@pytest.mark.parametrize(
    "change", ["type = 'lost'", "blob = '\\xc1'", "version = 'gone'"], ids=["kind", "bytes", "missing"]
)
async def test_a_broken_checkpoint_costs_nothing_of_the_talk(turns: Turns, change: str) -> None:
    shape = StateShape(lasting=frozenset({"messages"}))
    async with turns.replica(shape) as runner:
        await heard(turns, "one", runner)
        await heard(turns, "two", runner)
        before = (await turns.session_of("chat")).thread_id
        await turns.ended()
        await break_thread(turns, change=change)
        assert await heard(turns, "three", runner) == "I heard one | two | three"
        assert (await turns.session_of("chat")).thread_id != before
        assert await heard(turns, "four", runner) == "I heard one | two | three | four"


async def test_a_yes_that_can_not_be_carried_out_any_more_is_told_and_the_talk_goes_on(turns: Turns) -> None:
    turn, approval_id = await asked(turns)
    await turns.ended()
    await break_thread(turns)
    events = await turns.events(await answer(turns, turns.runner, turn, approval_id))
    assert [type(event) for event in events if isinstance(event, ToolResult)] == []
    ending = events[-1]
    assert isinstance(ending, TurnFailed)
    assert (ending.code, ending.retryable) == ("approval_unreadable", False)
    assert await heard(turns, "two") == "I heard save it | two"


async def test_a_turn_whose_checkpoint_broke_with_its_process_begins_again(turns: Turns) -> None:
    await heard(turns, "one")
    turn = await turns.say("held words", "chat")
    async with turns.replica() as other:
        reader = Reader(other, turn.turn_id)
        await reader.until(TextDelta)
        await turns.kill(turn.turn_id)
        await break_thread(turns)
        turns.upstream.release.set()
        await other.take_over_dead()
        assert (await reader.end())[-1] == TurnFinished("stop")
        assert await heard(turns, "three", other) == "I heard one | held words | three"


async def test_older_code_goes_on_with_a_newer_talk_from_what_it_knows_and_what_was_said_since(
    turns: Turns, newer: TurnRunner
) -> None:
    await heard(turns, "one")
    await heard(turns, "two", newer)
    await heard(turns, "three", newer)
    assert await heard(turns, "four") == "I heard one | two | three | four"
    assert await heard(turns, "five", newer) == "I heard old:one | old:two | old:three | old:four | five"


async def test_older_code_leaves_a_yes_to_what_newer_code_asked_to_newer_code(
    turns: Turns, newer: TurnRunner
) -> None:
    turn, approval_id = await asked(turns, newer)
    with pytest.raises(ProviderUnavailable) as refused:
        await answer(turns, turns.runner, turn, approval_id)
    assert (refused.value.error_code, refused.value.retry_after) == ("state_newer", 5)
    events = await turns.events(await answer(turns, newer, turn, approval_id))
    assert [each.output for each in events if isinstance(each, ToolResult)] == [{"saved": 1}]


async def test_when_no_state_can_be_brought_up_the_talk_itself_is_what_is_known(turns: Turns) -> None:
    await heard(turns, "one")
    await heard(turns, "two")
    async with turns.replica(StateShape(2, {1: impossible})) as runner:
        assert await heard(turns, "three", runner) == "I heard one | two | three"
