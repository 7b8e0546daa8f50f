"""A talk that was held elsewhere goes on here: whoever answers has it before them."""

from persistence.models.discovery import DiscoverySession
from persistence.repositories import Repository
from tests.fixtures.turns import Turns
from tools.sessions.lookup import SessionReference
from tools.turns.requests import MessageRequest

SAID = [
    {"role": "user", "content": "We sell to bakers", "timestamp": "2025-03-01T10:00:00+00:00"},
    {"role": "assistant", "content": "Who buys first?", "timestamp": "2025-03-01T10:00:01+00:00"},
]


async def test_the_first_turn_of_an_imported_session_begins_with_its_talk(turns: Turns) -> None:
    async with turns.database.unit_of_work() as uow:
        imported = DiscoverySession(
            workspace_id=turns.workspace_id,
            user_id=turns.caller.user_id,
            messages=SAID,
            imported=True,
            turn_count=1,
        )
        await Repository(uow.session, DiscoverySession).create(imported)
    for text in ("hello there", "hello again"):
        request = MessageRequest(SessionReference(session_id=imported.id), text, None)
        turn = await turns.runner.start(turns.caller, turns.workspace_id, request)
        await turns.events(turn)
    state = await turns.state(turn.turn_id)
    contents = [message["content"] for message in state["messages"]]
    assert contents[:2] == ["We sell to bakers", "Who buys first?"]
    assert [text for text in contents if text.startswith("hello")] == ["hello there", "hello again"]
    assert contents.count("We sell to bakers") == 1
    assert state["messages"][0]["turn_id"] == "imported"


async def test_other_sessions_begin_with_nothing(turns: Turns) -> None:
    turn = await turns.say("hello there", "chat")
    await turns.events(turn)
    state = await turns.state(turn.turn_id)
    assert [message["content"] for message in state["messages"] if message["role"] == "user"] == [
        "hello there"
    ]
