"""One turn a session: joined by its own message, refused to others; stopped, timed out, taken away."""

import asyncio
from uuid import UUID

import pytest
from redis.asyncio import Redis
from sqlalchemy import func, update

from agents.events import TextDelta, TurnFailed, TurnFinished
from agents.turns.entries import visible_text
from persistence.models.agent_run import AgentRun, AgentRunStatus
from persistence.models.budget import Budget
from persistence.models.discovery import DiscoverySession
from persistence.session import Database
from persistence.settings import DatabaseSettings
from persistence.types import SessionID
from tests.fixtures.turns import Turns, open_turns
from tools.errors import Conflict, KeyReused, QuotaExceeded
from tools.sessions.lookup import SessionReference
from tools.turns.requests import MessageRequest


async def until_spoken(turns: Turns, turn_id: UUID) -> None:
    """Wait for the turn's first words."""
    async for batch in turns.runner.follow(turn_id):
        if any(isinstance(entry.event, TextDelta) for entry in batch):
            return


async def test_the_same_message_joins_the_running_turn(turns: Turns) -> None:
    first = await turns.say("held", "chat", "m-1")
    again = await turns.say("held", "chat", "m-1")
    assert again == first
    turns.upstream.release.set()
    assert await turns.events(first) == await turns.events(again)
    assert len(await turns.runs(first.session_id)) == 1


async def test_the_same_message_after_its_end_replays_the_turn(turns: Turns) -> None:
    first = await turns.say("hello", "chat", "m-1")
    heard = await turns.events(first)
    again = await turns.say("hello", "chat", "m-1")
    assert again == first
    assert visible_text(await turns.events(again)) == visible_text(heard)


async def test_another_message_meanwhile_is_refused_and_told_which_turn_runs(turns: Turns) -> None:
    first = await turns.say("held", "chat", "m-1")
    with pytest.raises(Conflict) as refused:
        await turns.say("other", "chat", "m-2")
    assert refused.value.error_code == "turn_running"
    assert refused.value.extra["turnId"] == str(first.turn_id)
    turns.upstream.release.set()
    await turns.events(first)


async def test_of_many_posts_at_once_one_starts_a_turn(turns: Turns) -> None:
    answers = await asyncio.gather(
        *(turns.say("held", "race", f"m-{number}") for number in range(5)), return_exceptions=True
    )
    started = [answer for answer in answers if not isinstance(answer, BaseException)]
    assert len(started) == 1
    assert all(isinstance(answer, Conflict) for answer in answers if isinstance(answer, BaseException))
    turns.upstream.release.set()
    await turns.events(started[0])
    assert len(await turns.runs(started[0].session_id)) == 1


async def test_of_the_same_post_at_once_all_join_one_turn(turns: Turns) -> None:
    answers = await asyncio.gather(*(turns.say("hello", "race", "m-1") for _ in range(5)))
    assert len({answer.turn_id for answer in answers}) == 1


async def test_an_idempotency_key_names_turn_and_session(turns: Turns) -> None:
    request = MessageRequest(SessionReference(), "hello", "key:abc", keyed=True)
    start = turns.runner.start
    answers = await asyncio.gather(*(start(turns.caller, turns.workspace_id, request) for _ in range(3)))
    assert len({answer.turn_id for answer in answers}) == 1
    other = MessageRequest(SessionReference(), "something else", "key:abc", keyed=True)
    with pytest.raises(KeyReused):
        await start(turns.caller, turns.workspace_id, other)


async def test_stop_keeps_the_text_and_closes_the_provider(turns: Turns) -> None:
    turn = await turns.say("endless", "chat", "m-1")
    await until_spoken(turns, turn.turn_id)
    reference = SessionReference(client_chat_id="chat")
    async with asyncio.timeout(2):
        stopped = await turns.runner.stop(turns.caller, turns.workspace_id, reference)
    assert stopped == turn.turn_id
    assert turns.upstream.open == 0
    events = await turns.events(turn)
    assert events[-1] == TurnFinished("other", stopped=True)
    session = await turns.session(turn.session_id)
    assert session.talk[-1]["content"] == visible_text(events)
    assert session.talk[-1]["content"].startswith("on")
    assert session.talk[-1]["stopped"] is True
    (run,) = await turns.runs(turn.session_id)
    assert run.status is AgentRunStatus.STOPPED


async def test_the_agent_remembers_what_it_said_before_it_was_stopped(turns: Turns) -> None:
    turn = await turns.say("held", "chat")
    await until_spoken(turns, turn.turn_id)
    await turns.runner.stop(turns.caller, turns.workspace_id, SessionReference(client_chat_id="chat"))
    after = await turns.say("next", "chat")
    await turns.events(after)
    state = await turns.state(after.turn_id)
    said = [(message["role"], message["content"]) for message in state["messages"]]
    assert said[:3] == [("user", "held"), ("assistant", "first half,"), ("user", "next")]


async def test_stop_is_harmless_when_nothing_or_another_turn_runs(turns: Turns) -> None:
    first = await turns.say("hello", "chat")
    await turns.events(first)
    reference = SessionReference(client_chat_id="chat")
    assert await turns.runner.stop(turns.caller, turns.workspace_id, reference) is None
    second = await turns.say("held", "chat")
    stop = turns.runner.stop
    assert await stop(turns.caller, turns.workspace_id, reference, turn_id=first.turn_id) is None
    turns.upstream.release.set()
    assert (await turns.events(second))[-1] == TurnFinished("stop")


async def test_another_process_can_stop_a_turn(
    turns: Turns, database: Database, database_settings: DatabaseSettings, redis_client: Redis
) -> None:
    turn = await turns.say("endless", "chat")
    async with open_turns(database, database_settings, redis_client) as elsewhere:
        stop = elsewhere.runner.stop
        async with asyncio.timeout(3):
            await stop(turns.caller, turns.workspace_id, SessionReference(client_chat_id="chat"))
    assert (await turns.events(turn))[-1] == TurnFinished("other", stopped=True)


async def test_a_turn_that_takes_too_long_fails_with_its_text_kept(
    database: Database, database_settings: DatabaseSettings, redis_client: Redis
) -> None:
    async with open_turns(database, database_settings, redis_client, TURN_TIME_LIMIT=0.5) as turns:
        turn = await turns.say("endless", "chat")
        events = await turns.events(turn)
        failed = events[-1]
        assert isinstance(failed, TurnFailed)
        assert (failed.code, failed.retryable) == ("turn_timeout", True)
        assert turns.upstream.open == 0
        session = await turns.session(turn.session_id)
        assert session.talk[-1]["content"].startswith("on")


async def take_away(database: Database, session_id: SessionID) -> None:
    """As another process does once the lease has run out: a higher fence."""
    async with database.unit_of_work() as uow:
        fence = DiscoverySession.fence + 1
        taken = update(DiscoverySession).where(DiscoverySession.id == session_id).values(fence=fence)
        await uow.session.execute(taken)


async def test_a_turn_whose_lease_was_taken_writes_nothing_more(turns: Turns) -> None:
    turn = await turns.say("held", "chat")
    await until_spoken(turns, turn.turn_id)
    await take_away(turns.database, turn.session_id)
    turns.upstream.release.set()
    await turns.runner.close()
    (run,) = await turns.runs(turn.session_id)
    assert run.status is AgentRunStatus.RUNNING
    assert run.state is None
    session = await turns.session(turn.session_id)
    assert session.talk == []
    assert session.turn_count == 0


async def test_the_lease_is_renewed_while_the_turn_runs(
    database: Database, database_settings: DatabaseSettings, redis_client: Redis
) -> None:
    async with open_turns(database, database_settings, redis_client, TURN_LEASE=1.5) as turns:
        turn = await turns.say("held", "chat")
        await asyncio.sleep(2.5)
        turns.upstream.release.set()
        assert (await turns.events(turn))[-1] == TurnFinished("stop")


async def test_a_person_starts_only_so_many_turns(
    database: Database, database_settings: DatabaseSettings, redis_client: Redis
) -> None:
    limits = {"TURN_RATE_PER_MINUTE": 3, "TURN_CONCURRENCY": 2}
    async with open_turns(database, database_settings, redis_client, **limits) as turns:
        running = [await turns.say("held", f"chat-{number}") for number in range(2)]
        with pytest.raises(QuotaExceeded) as refused:
            await turns.say("held", "chat-3")
        assert refused.value.error_code == "too_many_turns_at_once"
        turns.upstream.release.set()
        for turn in running:
            await turns.events(turn)
        await turns.events(await turns.say("hello", "chat-4"))
        with pytest.raises(QuotaExceeded) as refused:
            await turns.say("hello", "chat-5")
        assert refused.value.error_code == "too_many_turns"
        assert 1 <= refused.value.retry_after <= 60
        async with turns.database.unit_of_work() as uow:
            past = func.now() - func.make_interval(0, 0, 0, 0, 0, 2)
            await uow.session.execute(
                update(AgentRun).where(AgentRun.workspace_id == turns.workspace_id).values(started_at=past)
            )
        await turns.events(await turns.say("hello", "chat-5"))


async def test_a_stop_that_overtakes_its_message_stops_it_when_it_comes(turns: Turns) -> None:
    chat = SessionReference(client_chat_id="early")
    assert await turns.runner.stop(turns.caller, turns.workspace_id, chat, message_id="m-1") is None
    turn = await turns.say("endless", "early", "m-1")
    async with asyncio.timeout(5):
        assert (await turns.events(turn))[-1] == TurnFinished("other", stopped=True)
    again = await turns.say("hello", "early", "m-1")
    assert again != turn
    assert (await turns.events(again))[-1] == TurnFinished("stop")


async def test_a_stop_by_message_spares_the_turn_of_another(turns: Turns) -> None:
    chat = SessionReference(client_chat_id="chat")
    ended = await turns.say("hello", "chat", "m-1")
    await turns.events(ended)
    running = await turns.say("held", "chat", "m-2")
    assert await turns.runner.stop(turns.caller, turns.workspace_id, chat, message_id="m-1") is None
    assert (
        await turns.runner.stop(turns.caller, turns.workspace_id, chat, message_id="m-2") == running.turn_id
    )


async def test_a_message_that_has_its_turn_already_is_joined_when_the_tokens_are_spent(turns: Turns) -> None:
    first = await turns.say("hello", "chat", "m-1")
    await turns.events(first)
    async with turns.database.unit_of_work() as uow:
        uow.session.add(Budget(workspace_id=turns.workspace_id, tokens_per_day=1))
    assert await turns.say("hello", "chat", "m-1") == first
    with pytest.raises(QuotaExceeded) as refused:
        await turns.say("more", "chat", "m-2")
    assert refused.value.error_code == "token_budget_spent"
