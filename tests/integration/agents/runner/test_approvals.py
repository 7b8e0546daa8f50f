"""A turn that asks: it waits, goes on after an answer, and takes only answers to what it asked."""

from typing import Any

import pytest

from agents.events import (
    ApprovalAnswered,
    ApprovalRequested,
    TextDelta,
    ToolCalled,
    ToolResult,
    TurnFinished,
    TurnStarted,
)
from agents.runner import TurnHandle
from persistence.models.agent_run import AgentRunStatus
from persistence.models.audit import AuditEntry
from persistence.repositories import Repository
from tests.fixtures.turns import Turns
from tools.errors import Conflict
from tools.sessions.lookup import SessionReference
from tools.turns.requests import ApprovalAnswer, ApprovalRequest


async def asked(
    turns: Turns, chat: str = "chat", text: str = "save it"
) -> tuple[TurnHandle, ApprovalRequested]:
    """A turn that ended with a question."""
    turn = await turns.say(text, chat)
    events = await turns.events(turn)
    assert events[-1] == TurnFinished("tool-calls")
    (request,) = [event for event in events if isinstance(event, ApprovalRequested)]
    return turn, request


async def answer(turns: Turns, session_id: Any, approval_id: str, approved: bool, **more: Any) -> TurnHandle:
    """Answer an approval."""
    answers = (ApprovalAnswer(approval_id, approved, **more),)
    request = ApprovalRequest(SessionReference(session_id=session_id), answers)
    return await turns.runner.answer(turns.caller, turns.workspace_id, request)


async def test_a_turn_that_asks_waits(turns: Turns) -> None:
    turn, request = await asked(turns)
    assert (request.action, request.summary) == ("save_experiments", "Save one experiment")
    (run,) = await turns.runs(turn.session_id)
    assert run.status is AgentRunStatus.WAITING
    session = await turns.session(turn.session_id)
    assert session.active_turn_id is None


async def test_a_yes_goes_on_with_the_same_message(turns: Turns) -> None:
    turn, request = await asked(turns)
    resumed = await answer(turns, turn.session_id, request.approval_id, True)
    events = await turns.events(resumed)
    first, second = await turns.runs(turn.session_id)
    started = events[0]
    assert isinstance(started, TurnStarted)
    assert started.message_id == first.message_id == second.message_id
    call = request.tool_call_id
    assert not [event for event in events if isinstance(event, ToolCalled)]
    assert events[1] == ApprovalAnswered(request.approval_id, call, approved=True)
    assert ToolResult(call, {"saved": 1}) in events
    assert events[-1] == TurnFinished("stop")
    assert (first.status, second.status) == (AgentRunStatus.DONE, AgentRunStatus.DONE)
    assert second.kind == "resume"
    session = await turns.session(turn.session_id)
    assert [message["role"] for message in session.talk] == ["user", "assistant"]
    assert session.talk[-1]["content"] == "I heard save it\n\nSaved."
    assert session.turn_count == 1


async def test_a_no_goes_on_without_the_action_and_is_told_why(turns: Turns) -> None:
    turn, request = await asked(turns)
    resumed = await answer(turns, turn.session_id, request.approval_id, False, reason="too early")
    events = await turns.events(resumed)
    assert not [event for event in events if isinstance(event, ToolResult)]
    assert "Not saved: too early" in "".join(e.text for e in events if isinstance(e, TextDelta))


async def test_answers_are_audited(turns: Turns) -> None:
    turn, request = await asked(turns)
    await turns.events(await answer(turns, turn.session_id, request.approval_id, False))
    async with turns.database.unit_of_work() as uow:
        here = AuditEntry.workspace_id == turns.workspace_id
        entries = await Repository(uow.session, AuditEntry).get_all(here)
    assert [(entry.entity, entry.entity_id, entry.action) for entry in entries] == [
        ("approval", request.approval_id, "declined")
    ]


async def test_a_repeated_answer_is_refused(turns: Turns) -> None:
    turn, request = await asked(turns)
    await turns.events(await answer(turns, turn.session_id, request.approval_id, True))
    with pytest.raises(Conflict) as refused:
        await answer(turns, turn.session_id, request.approval_id, True)
    assert refused.value.error_code == "approval_stale"


async def test_an_answer_to_another_sessions_question_is_refused(turns: Turns) -> None:
    _, request = await asked(turns)
    other, _ = await asked(turns, "other chat")
    with pytest.raises(Conflict):
        await answer(turns, other.session_id, request.approval_id, True)


async def test_an_edited_input_is_refused(turns: Turns) -> None:
    turn, request = await asked(turns)
    with pytest.raises(Conflict):
        await answer(turns, turn.session_id, request.approval_id, True, echoed_input={"count": 500})
    await turns.events(
        await answer(turns, turn.session_id, request.approval_id, True, echoed_input={"count": 1})
    )


async def test_a_new_message_makes_the_question_stale(turns: Turns) -> None:
    turn, request = await asked(turns)
    await turns.events(await turns.say("something else", "chat"))
    with pytest.raises(Conflict):
        await answer(turns, turn.session_id, request.approval_id, True)


async def test_who_comes_back_to_a_resumed_turn_gets_the_whole_message(turns: Turns) -> None:
    turn, request = await asked(turns, text="save it slowly")
    resumed = await answer(turns, turn.session_id, request.approval_id, True)
    found = await turns.runner.find(turns.caller, turns.workspace_id, SessionReference(client_chat_id="chat"))
    assert found is not None
    assert found.turn_id == resumed.turn_id
    turns.upstream.release.set()
    events = await turns.events(resumed, before=found.before)
    assert [type(event) for event in events].count(TurnFinished) == 1
    text = "".join(event.text for event in events if isinstance(event, TextDelta))
    assert text == "I heard save it slowly Saved."
    assert len([event for event in events if isinstance(event, ToolCalled)]) == 1
