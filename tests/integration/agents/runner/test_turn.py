"""A turn from its first event to its record."""

from decimal import Decimal

import pytest

from agents.events import (
    NodeEntered,
    RepliesSuggested,
    TurnFailed,
    TurnFinished,
    TurnStarted,
    UsageReported,
)
from agents.turns.entries import visible_text
from persistence.models.agent_run import AgentRunStatus
from persistence.models.budget import UsageRecord
from persistence.models.workspace import ProjectRole
from persistence.repositories import Repository
from tests.fixtures.turns import Turns
from tools.access import Caller
from tools.errors import Forbidden, NotFound
from tools.sessions.lookup import SessionReference
from tools.turns.requests import MessageRequest


async def test_a_turn_streams_its_events_in_order_and_ends_once(turns: Turns) -> None:
    turn = await turns.say("hello there", "chat")
    events = await turns.events(turn)
    assert isinstance(events[0], TurnStarted)
    assert isinstance(events[1], NodeEntered)
    assert visible_text(events) == "I heard hello there"
    assert [type(event) for event in events[-3:]] == [RepliesSuggested, UsageReported, TurnFinished]
    assert sum(isinstance(event, TurnFinished | TurnFailed) for event in events) == 1


async def test_a_turn_leaves_one_row_and_its_messages(turns: Turns) -> None:
    turn = await turns.say("hello there", "chat", "m-1")
    await turns.events(turn)
    (run,) = await turns.runs(turn.session_id)
    assert (run.id, run.status, run.kind, run.graph) == (
        turn.turn_id,
        AgentRunStatus.DONE,
        "turn",
        "discovery",
    )
    assert run.input["text"] == "hello there"
    assert run.input["after"] is None
    assert run.prompt_tags == ["test/speak@1#00000000"]
    assert (run.model, run.input_tokens, run.output_tokens, run.model_calls) == ("test-model", 100, 20, 1)
    assert run.cost_usd == Decimal("0.0005")
    assert run.first_token_ms is not None
    assert run.duration_ms is not None
    assert run.finished_at is not None
    assert run.state is not None
    assert run.state["messages"][-1]["role"] == "assistant"
    session = await turns.session(turn.session_id)
    said = [(message["role"], message["content"], message["id"]) for message in session.talk]
    assert said == [("user", "hello there", "m-1"), ("assistant", "I heard hello there", run.message_id)]
    assert session.turn_count == 1
    assert session.active_turn_id is None
    assert session.lease_until is None


async def test_what_a_turn_cost_is_kept_for_the_workspace(turns: Turns) -> None:
    turn = await turns.say("hello", "chat")
    await turns.events(turn)
    async with turns.database.unit_of_work() as uow:
        here = UsageRecord.workspace_id == turns.workspace_id
        (used,) = await Repository(uow.session, UsageRecord).get_all(here)
    assert (used.agent_run_id, used.graph) == (turn.turn_id, "discovery")
    assert (used.input_tokens, used.output_tokens, used.cost_usd) == (100, 20, Decimal("0.0005"))


async def test_recorded_events_tell_the_same_as_the_stream(turns: Turns) -> None:
    turn = await turns.say("one two three", "chat")
    live = await turns.events(turn)
    (run,) = await turns.runs(turn.session_id)
    recorded = run.events or []
    assert [event["text"] for event in recorded if event["type"] == "text_delta"] == [
        visible_text(live) + " "
    ]
    assert recorded[0]["type"] == "turn_started"
    assert recorded[-1] == {"type": "turn_finished", "finish_reason": "stop", "stopped": False}


async def test_the_graph_remembers_the_turns_before(turns: Turns) -> None:
    await turns.events(await turns.say("first", "chat"))
    events = await turns.events(await turns.say("second", "chat"))
    assert visible_text(events) == "I heard first | second"


async def test_a_providers_failure_ends_the_turn_and_leaves_the_session_usable(turns: Turns) -> None:
    turn = await turns.say("refused", "chat", "m-1")
    events = await turns.events(turn)
    failed = events[-1]
    assert isinstance(failed, TurnFailed)
    assert (failed.code, failed.retryable) == ("model_unavailable", True)
    (run,) = await turns.runs(turn.session_id)
    assert (run.status, run.error_code) == (AgentRunStatus.FAILED, "model_unavailable")
    session = await turns.session(turn.session_id)
    assert [message["content"] for message in session.talk] == ["refused", "I was about to"]
    assert session.talk[-1]["failed"] is True
    assert isinstance((await turns.events(await turns.say("and now", "chat")))[-1], TurnFinished)


async def test_an_unknown_failure_tells_nothing_of_itself(turns: Turns) -> None:
    events = await turns.events(await turns.say("crash", "chat"))
    failed = events[-1]
    assert isinstance(failed, TurnFailed)
    assert failed.code == "internal"
    assert "secret" not in failed.message


async def test_only_members_may_speak_and_viewers_may_listen(turns: Turns) -> None:
    turn = await turns.say("hello", "chat")
    await turns.events(turn)
    viewer = await turns.member(ProjectRole.VIEWER)
    request = MessageRequest(SessionReference(session_id=turn.session_id), "hi")
    with pytest.raises(Forbidden):
        await turns.runner.start(viewer, turns.workspace_id, request)
    reference = SessionReference(session_id=turn.session_id)
    assert await turns.runner.find(viewer, turns.workspace_id, reference) is None
    stranger = Caller(turns.caller.user_id, turns.caller.client_id, turns.caller.supabase_user_id, None, "")
    with pytest.raises(NotFound):
        await turns.runner.start(stranger, type(turns.workspace_id)(1), request)
