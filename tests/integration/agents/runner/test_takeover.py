"""A turn whose process died goes on in another one: from where it was, with one ending, and without the dead one's help."""

import asyncio
from collections.abc import AsyncIterator
from uuid import UUID

import pytest
from redis.asyncio import Redis
from sqlalchemy import text

from agents.events import (
    ApprovalAnswered,
    ApprovalRequested,
    NodeEntered,
    TextDelta,
    TurnEvent,
    TurnFailed,
    TurnFinished,
    TurnStarted,
)
from agents.runner import TurnHandle, TurnRunner
from agents.turns.entries import is_terminal, visible_text
from persistence.models.agent_run import AgentRun, AgentRunStatus
from persistence.models.workspace import WorkspaceMember
from persistence.repositories import Repository
from tests.fixtures.turns import Turns
from tools.errors import Conflict
from tools.sessions.lookup import SessionReference
from tools.turns.requests import ApprovalAnswer, ApprovalRequest
from tools.turns.takeover import MAX_ATTEMPTS


@pytest.fixture
async def other(turns: Turns) -> AsyncIterator[TurnRunner]:
    """Another process of the product."""
    async with turns.replica() as runner:
        yield runner


class Reader:
    """Somebody who follows a turn at a process that does not run it."""

    def __init__(self, runner: TurnRunner, turn_id: UUID) -> None:
        self.events: list[TurnEvent] = []
        self._changed = asyncio.Event()
        self._task = asyncio.create_task(self._follow(runner, turn_id))

    async def _follow(self, runner: TurnRunner, turn_id: UUID) -> None:
        async for batch in runner.follow(turn_id):
            self.events += [entry.event for entry in batch]
            self._changed.set()

    async def until(self, kind: type[TurnEvent], count: int = 1) -> None:
        """Wait until so many events of a kind have come."""
        async with asyncio.timeout(5):
            while sum(isinstance(event, kind) for event in self.events) < count:
                self._changed.clear()
                await self._changed.wait()

    async def end(self) -> list[TurnEvent]:
        """Everything, once it is over."""
        async with asyncio.timeout(10):
            await self._task
        return self.events

    def kinds(self) -> list[type[TurnEvent]]:
        return [type(event) for event in self.events]


async def whole(runner: TurnRunner, turn_id: UUID) -> list[TurnEvent]:
    """A full replay."""
    async with asyncio.timeout(10):
        return [entry.event async for batch in runner.follow(turn_id) for entry in batch]


async def checkpointed(turns: Turns, turn: TurnHandle, entries: int) -> None:
    """Once a checkpoint is stored that stands behind so many entries of the turn's log."""
    newest = text("SELECT max((metadata->>'entries')::int) FROM checkpoints WHERE metadata->>'turn' = :turn")
    async with asyncio.timeout(10), turns.database.unit_of_work() as uow:
        while True:
            if (await uow.session.execute(newest, {"turn": str(turn.turn_id)})).scalar_one() == entries:
                return
            await asyncio.sleep(0.01)


async def the_run(turns: Turns, turn_id: UUID) -> AgentRun:
    async with turns.database.unit_of_work() as uow:
        run = await Repository(uow.session, AgentRun).get(AgentRun.id == turn_id)
        assert run is not None
        return run


async def talk(turns: Turns, turn: TurnHandle) -> list[tuple[str, str]]:
    session = await turns.session(turn.session_id)
    return [(message["role"], message["content"]) for message in session.talk]


async def test_a_node_cut_in_its_words_runs_again_and_readers_begin_anew(
    turns: Turns, other: TurnRunner
) -> None:
    turn = await turns.say("held", "chat")
    reader = Reader(other, turn.turn_id)
    await reader.until(TextDelta)
    await turns.kill(turn.turn_id)
    turns.upstream.release.set()
    await other.take_over_dead()
    events = await reader.end()
    assert [event.attempt for event in events if isinstance(event, TurnStarted)] == [1, 2]
    assert [event for event in events if is_terminal(event)] == [TurnFinished("stop")]
    replayed = await whole(other, turn.turn_id)
    assert visible_text(replayed) == "first half, second half"
    assert reader.kinds().count(TurnFinished) == 1
    run = await the_run(turns, turn.turn_id)
    assert (run.status, run.attempt) == (AgentRunStatus.DONE, 2)
    assert await talk(turns, turn) == [("user", "held"), ("assistant", "first half, second half")]


async def test_what_was_said_before_the_last_checkpoint_is_neither_said_nor_paid_again(
    turns: Turns, other: TurnRunner
) -> None:
    turn = await turns.say("hello slowly", "chat")
    reader = Reader(other, turn.turn_id)
    await reader.until(NodeEntered, 2)
    await checkpointed(turns, turn, len(reader.events) - 1)
    await turns.kill(turn.turn_id)
    turns.upstream.release.set()
    await other.take_over_dead()
    events = await reader.end()
    assert [type(event) for event in events].count(TurnStarted) == 1
    assert visible_text(events) == "I heard hello slowly"
    assert events[-1] == TurnFinished("stop")
    assert visible_text(await whole(other, turn.turn_id)) == "I heard hello slowly"
    assert turns.upstream.opened[turns.workspace_id] == 1
    after = await turns.say("and then", "chat")
    assert visible_text(await turns.events(after)) == "I heard hello slowly | and then"


async def test_an_answered_approval_is_carried_on(turns: Turns, other: TurnRunner) -> None:
    asked = await turns.say("save it slowly", "chat")
    request = next(event for event in await turns.events(asked) if isinstance(event, ApprovalRequested))
    answer = ApprovalRequest(
        SessionReference(session_id=asked.session_id), (ApprovalAnswer(request.approval_id, approved=True),)
    )
    turn = await turns.runner.answer(turns.caller, turns.workspace_id, answer)
    reader = Reader(other, turn.turn_id)
    await reader.until(NodeEntered)
    await turns.kill(turn.turn_id)
    turns.upstream.release.set()
    await other.take_over_dead()
    await reader.end()
    events = await whole(other, turn.turn_id)
    assert sum(isinstance(event, ApprovalAnswered) for event in events) == 1
    assert visible_text(events) == "Saved."
    assert events[-1] == TurnFinished("stop")
    assert [run.status for run in await turns.runs(turn.session_id)] == [AgentRunStatus.DONE] * 2


async def test_a_turn_that_takes_every_process_with_it_ends_with_its_words_kept(turns: Turns) -> None:
    turn = await turns.say("held", "chat")
    for _ in range(MAX_ATTEMPTS):
        async with turns.replica() as other:
            reader = Reader(other, turn.turn_id)
            await reader.until(TextDelta)
            await turns.kill(turn.turn_id)
            await other.take_over_dead()
    async with turns.replica() as reading:
        events = await whole(reading, turn.turn_id)
    failed = events[-1]
    assert isinstance(failed, TurnFailed)
    assert (failed.code, failed.retryable) == ("turn_lost", True)
    assert visible_text(events) == "first half,"
    assert await talk(turns, turn) == [("user", "held"), ("assistant", "first half,")]
    assert visible_text(await turns.events(await turns.say("hello", "chat"))) == "I heard held | hello"


async def test_a_stop_reaches_a_dead_turn(turns: Turns, other: TurnRunner) -> None:
    turn = await turns.say("held", "chat")
    await Reader(other, turn.turn_id).until(TextDelta)
    await turns.kill(turn.turn_id)
    stopping = asyncio.create_task(
        other.stop(turns.caller, turns.workspace_id, SessionReference(session_id=turn.session_id))
    )
    assert await stopping == turn.turn_id
    await other.take_over_dead()
    events = await whole(other, turn.turn_id)
    assert events[-1] == TurnFinished("other", stopped=True)
    assert visible_text(events) == "first half,"


async def test_a_dead_turn_keeps_its_place_until_it_is_taken_over(turns: Turns, other: TurnRunner) -> None:
    turn = await turns.say("held", "chat", "m-1")
    await Reader(other, turn.turn_id).until(TextDelta)
    await turns.kill(turn.turn_id)
    with pytest.raises(Conflict) as refused:
        await turns.say("other", "chat", "m-2")
    assert refused.value.error_code == "turn_running"
    assert await turns.say("held", "chat", "m-1") == turn
    turns.upstream.release.set()
    await other.take_over_dead()
    await whole(other, turn.turn_id)
    assert await talk(turns, turn) == [("user", "held"), ("assistant", "first half, second half")]


async def test_an_owner_that_wakes_up_too_late_writes_nothing(
    turns: Turns, other: TurnRunner, redis_client: Redis
) -> None:
    turn = await turns.say("held", "chat")
    await Reader(other, turn.turn_id).until(TextDelta)
    await turns.run_out(turn.turn_id)
    await other.take_over_dead()
    asleep = turns.upstream.release
    asleep.set()
    replayed = await whole(other, turn.turn_id)
    async with asyncio.timeout(5):
        while turns.runner.running:  # noqa: ASYNC110 — the count has no event
            await asyncio.sleep(0.01)
    assert visible_text(replayed) == "first half, second half"
    records = await other.log.read(str(turn.turn_id))
    last = (await the_run(turns, turn.turn_id)).fence
    first_of_last = next(place for place, record in enumerate(records) if record.epoch == last)
    assert {record.epoch for record in records[first_of_last:]} == {last}
    assert sum(b"turn_finished" in record.data for record in records) == 1
    assert await talk(turns, turn) == [("user", "held"), ("assistant", "first half, second half")]


async def test_without_its_log_a_turn_begins_again_from_the_state_before_it(
    turns: Turns, other: TurnRunner, redis_client: Redis
) -> None:
    await turns.events(await turns.say("before", "chat"))
    turn = await turns.say("hello slowly", "chat")
    await Reader(other, turn.turn_id).until(NodeEntered, 2)
    await asyncio.sleep(0.2)
    await turns.kill(turn.turn_id)
    await redis_client.delete(f"turn-log:{turn.turn_id}")
    turns.upstream.release.set()
    await other.take_over_dead()
    events = await whole(other, turn.turn_id)
    assert visible_text(events) == "I heard before | hello slowly"
    assert events[-1] == TurnFinished("stop")
    after = await turns.say("after", "chat")
    assert visible_text(await turns.events(after)) == "I heard before | hello slowly | after"


async def test_for_somebody_who_left_the_workspace_nothing_goes_on(turns: Turns, other: TurnRunner) -> None:
    turn = await turns.say("held", "chat")
    await Reader(other, turn.turn_id).until(TextDelta)
    await turns.kill(turn.turn_id)
    async with turns.database.unit_of_work() as uow:
        await Repository(uow.session, WorkspaceMember).delete(
            WorkspaceMember.workspace_id == turns.workspace_id
        )
    opened = turns.upstream.opened[turns.workspace_id]
    await other.take_over_dead()
    last = (await whole(other, turn.turn_id))[-1]
    assert isinstance(last, TurnFailed)
    assert turns.upstream.opened[turns.workspace_id] == opened


async def test_a_process_that_ends_hands_its_turns_over(turns: Turns, other: TurnRunner) -> None:
    turn = await turns.say("held", "chat")
    here, there = Reader(turns.runner, turn.turn_id), Reader(other, turn.turn_id)
    await here.until(TextDelta)
    await turns.runner.close()
    told = (await here.end())[-1]
    assert isinstance(told, TurnFailed)
    assert (told.code, told.retryable) == ("server_restarting", True)
    turns.upstream.release.set()
    await other.take_over_dead()
    assert (await there.end())[-1] == TurnFinished("stop")
    assert visible_text(await whole(other, turn.turn_id)) == "first half, second half"


async def test_a_process_that_ends_stops_at_a_step_rather_than_in_a_word(
    turns: Turns, other: TurnRunner
) -> None:
    turn = await turns.say("held", "chat")
    reader = Reader(other, turn.turn_id)
    await reader.until(TextDelta)
    closing = asyncio.create_task(turns.runner.close())
    await asyncio.sleep(0.15)
    turns.upstream.release.set()
    await closing
    await other.take_over_dead()
    events = await reader.end()
    assert visible_text(newest(events)) == "first half, second half"
    assert events[-1] == TurnFinished("stop")
    assert turns.upstream.opened[turns.workspace_id] == 1


def newest(events: list[TurnEvent]) -> list[TurnEvent]:
    """What the newest attempt said."""
    starts = [place for place, event in enumerate(events) if isinstance(event, TurnStarted)]
    return events[starts[-1] :]


async def test_the_watch_takes_over_by_itself(turns: Turns, other: TurnRunner) -> None:
    turn = await turns.say("held", "chat")
    await Reader(other, turn.turn_id).until(TextDelta)
    await turns.kill(turn.turn_id)
    turns.upstream.release.set()
    other.watch_for_dead_turns()
    assert (await whole(other, turn.turn_id))[-1] == TurnFinished("stop")


@pytest.mark.parametrize("talked_before", [True, False])
async def test_a_question_that_left_no_checkpoint_is_remembered_when_its_turn_is_only_ended(
    turns: Turns, other: TurnRunner, *, talked_before: bool
) -> None:
    """Its process died before anything was stored, and then somebody stopped it."""
    before = ["before"] if talked_before else []
    for text_said in before:
        await turns.events(await turns.say(text_said, "chat"))
    turn = await turns.say("held", "chat")
    await Reader(other, turn.turn_id).until(TextDelta)
    await turns.kill(turn.turn_id)
    await other.stop(turns.caller, turns.workspace_id, SessionReference(session_id=turn.session_id))
    await other.take_over_dead()
    assert visible_text(await whole(other, turn.turn_id)) == "first half,"
    after = await turns.say("hello", "chat", "m-after")
    heard = "I heard " + " | ".join([*before, "held", "hello"])
    assert visible_text(await turns.events(after)) == heard
    again = await turns.say("hello", "chat", "m-after", regenerate=True)
    assert visible_text(await turns.events(again)) == heard
