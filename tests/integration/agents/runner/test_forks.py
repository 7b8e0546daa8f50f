"""Another answer to a message, and a message edited: the talk goes on from before it, the record keeps all."""

import pytest

from agents.turns.entries import visible_text
from persistence.models.agent_run import AgentRun, AgentRunStatus
from persistence.repositories import Repository
from persistence.threads import delete_threads
from tests.fixtures.turns import Turns
from tools.errors import Conflict


async def talked(turns: Turns) -> None:
    """Three turns."""
    for number, text in enumerate(("first", "second", "third"), 1):
        await turns.events(await turns.say(text, "chat", f"m-{number}"))


async def test_regenerate_answers_again_from_before_the_message(turns: Turns) -> None:
    await talked(turns)
    turn = await turns.say("second", "chat", "m-2", regenerate=True)
    assert visible_text(await turns.events(turn)) == "I heard first | second"
    session = await turns.session(turn.session_id)
    said = [message["content"] for message in session.talk]
    assert said == ["first", "I heard first", "second", "I heard first | second"]
    assert session.turn_count == 2
    assert [run.kind for run in await turns.runs(turn.session_id)] == ["turn", "turn", "turn", "regenerate"]


async def test_an_edited_message_replaces_what_followed_it(turns: Turns) -> None:
    await talked(turns)
    turn = await turns.say("second, but better", "chat", "m-2")
    assert visible_text(await turns.events(turn)) == "I heard first | second, but better"
    after = await turns.say("and then", "chat", "m-4")
    assert visible_text(await turns.events(after)) == "I heard first | second, but better | and then"


async def test_the_first_message_can_be_edited(turns: Turns) -> None:
    await talked(turns)
    turn = await turns.say("anew", "chat", "m-1")
    assert visible_text(await turns.events(turn)) == "I heard anew"
    session = await turns.session(turn.session_id)
    assert [message["content"] for message in session.talk] == ["anew", "I heard anew"]
    after = await turns.say("more", "chat", "m-5")
    assert visible_text(await turns.events(after)) == "I heard anew | more"


async def test_a_failed_message_sent_again_does_not_stand_twice(turns: Turns) -> None:
    await turns.events(await turns.say("first", "chat", "m-1"))
    await turns.events(await turns.say("refused", "chat", "m-2"))
    turn = await turns.say("refused", "chat", "m-2")
    await turns.events(turn)
    session = await turns.session(turn.session_id)
    assert [message["content"] for message in session.talk if message["role"] == "user"] == [
        "first",
        "refused",
    ]
    runs = await turns.runs(turn.session_id)
    assert [run.status for run in runs[1:]] == [AgentRunStatus.FAILED, AgentRunStatus.FAILED]


async def test_behind_a_turn_that_failed_in_its_first_node_the_talk_can_be_forked(turns: Turns) -> None:
    await turns.events(await turns.say("first", "chat", "m-1"))
    await turns.events(await turns.say("deaf", "chat", "m-2"))
    await turns.events(await turns.say("third", "chat", "m-3"))
    turn = await turns.say("third", "chat", "m-3", regenerate=True)
    assert visible_text(await turns.events(turn)) == "I heard first | third"
    assert [run.status for run in await turns.runs(turn.session_id)][1] is AgentRunStatus.FAILED


async def test_a_state_is_kept_as_what_its_turn_changed(turns: Turns) -> None:
    for number in range(5):
        turn = await turns.say(f"message {number} " + "about the steel trade " * 30, "chat", f"m-{number}")
        await turns.events(turn)
    runs = await turns.runs(turn.session_id)
    assert runs[4].state_base_id == runs[3].id
    turn = await turns.say("the last", "chat", "m-4")
    assert "message 3" in visible_text(await turns.events(turn))


async def test_regenerate_of_a_message_the_server_never_got_is_a_turn(turns: Turns) -> None:
    turn = await turns.say("hello", "chat", "m-1", regenerate=True)
    assert visible_text(await turns.events(turn)) == "I heard hello"


async def test_regenerate_while_the_answer_is_being_written_is_refused(turns: Turns) -> None:
    turn = await turns.say("held", "chat", "m-1")
    with pytest.raises(Conflict):
        await turns.say("held", "chat", "m-1", regenerate=True)
    turns.upstream.release.set()
    await turns.events(turn)


async def test_a_fork_begins_a_thread_of_its_own_from_the_recorded_state(turns: Turns) -> None:
    await talked(turns)
    turn = await turns.say("third, but better", "chat", "m-3")
    assert visible_text(await turns.events(turn)) == "I heard first | second | third, but better"
    _, second, third, fork = await turns.runs(turn.session_id)
    assert fork.thread_id != third.thread_id
    assert fork.input["seed"] == fork.input["after"] == str(second.id)
    again = await turns.say("third, the best", "chat", "m-3")
    assert visible_text(await turns.events(again)) == "I heard first | second | third, the best"


async def test_a_fork_whose_state_is_gone_is_refused_and_changes_nothing(turns: Turns) -> None:
    await talked(turns)
    first, second, _ = await turns.runs((await turns.session_of("chat")).id)
    async with turns.database.unit_of_work() as uow:
        await Repository(uow.session, AgentRun).update({"state": None}, AgentRun.id == first.id)
    with pytest.raises(Conflict) as refused:
        await turns.say("second, but better", "chat", "m-2")
    assert refused.value.error_code == "state_gone"
    session = await turns.session_of("chat")
    assert session.thread_id == second.thread_id
    assert len(session.talk) == 6
    after = await turns.say("fourth", "chat", "m-4")
    assert visible_text(await turns.events(after)) == "I heard first | second | third | fourth"


async def test_after_a_fork_that_failed_before_it_began_the_talk_goes_on_from_the_same_state(
    turns: Turns,
) -> None:
    await talked(turns)
    refused = await turns.say("refused", "chat", "m-3")
    await turns.events(refused)
    async with turns.database.unit_of_work() as uow:
        await Repository(uow.session, AgentRun).update({"state": None}, AgentRun.id == refused.turn_id)
        await delete_threads(uow, [(await turns.session_of("chat")).thread_id])
    after = await turns.say("and then", "chat", "m-5")
    assert visible_text(await turns.events(after)) == "I heard first | second | and then"
