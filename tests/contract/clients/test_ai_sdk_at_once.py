"""The npm package `ai`, unmodified: two messages at once, of one tab or of two. One turn, and nothing lost."""

import json

from tests.contract.clients.front_end import FrontEnd, Seen, Tab, is_the_record, send, settle, text_of
from tests.contract.clients.person import BUYERS, PRICES, squeezed
from tests.journeys.pace import slowly

PACE = 0.05
"""Seconds between two pieces of an answer: the other message comes in the middle of it."""


async def test_of_two_messages_at_once_one_is_answered_and_the_other_refused(front_end: FrontEnd) -> None:
    async with slowly(front_end.product, PACE):
        seen = await front_end.run(send(BUYERS, meanwhile=True), send(PRICES, meanwhile=True), settle())
    assert sorted(request["status"] for request in seen.requests) == [200, 409]
    await one_is_answered(front_end, seen, [seen.tab])


async def test_of_two_messages_of_two_tabs_one_is_answered_and_the_other_refused(front_end: FrontEnd) -> None:
    async with slowly(front_end.product, PACE):
        seen = await front_end.run(
            send(BUYERS, meanwhile=True),
            send(PRICES, tab="second", meanwhile=True),
            settle(),
            settle("second"),
        )
    assert sorted(request["status"] for request in seen.requests) == [200, 409]
    assert sorted(tab.status for tab in seen.tabs.values()) == ["error", "ready"]
    await one_is_answered(front_end, seen, list(seen.tabs.values()))


async def test_the_same_message_of_two_tabs_is_one_turn_that_both_see(front_end: FrontEnd) -> None:
    seen = await front_end.run(
        send(BUYERS, id="the-message", meanwhile=True),
        send(BUYERS, id="the-message", tab="second", meanwhile=True),
        settle(),
        settle("second"),
    )
    first, second = seen.tab, seen.tabs["second"]
    assert first.status == second.status == "ready"
    assert first.messages == second.messages
    assert (await front_end.get("discovery/sessions"))[0]["turnCount"] == 1
    await is_the_record(front_end, first)


async def one_is_answered(front_end: FrontEnd, seen: Seen, tabs: list[Tab]) -> None:
    """The answered message and its whole answer are kept, and the user is told of the other."""
    (refused,) = [error for tab in tabs for error in tab.errors]
    assert json.loads(refused["message"])["code"] == "turn_running"
    answered = next(request for request in seen.requests if request["status"] == 200)
    question, answer = await front_end.history()
    assert question["content"] == text_of(answered["sent"]["messages"][-1])
    shown = [message for tab in tabs for message in tab.messages if message["id"] == answer["id"]]
    assert [squeezed(text_of(message)) for message in shown] == [squeezed(answer["content"])]
