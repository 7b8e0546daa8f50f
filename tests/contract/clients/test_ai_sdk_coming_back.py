"""The npm package `ai`, unmodified: leaving an answer, coming back to it, and stopping it."""

import httpx

from tests.contract.clients.front_end import FrontEnd, is_the_record, see, send, settle, text_of
from tests.contract.clients.person import BUYERS, PRICES, Json
from tests.durability.gate import gate_before
from tests.fixtures.product import Product
from tests.journeys.pace import slowly

PACE = 0.05
"""Seconds between two pieces of an answer: long enough to leave in the middle of it."""
WORDS = 25
"""Characters that the user has seen by then."""
LEAVE: Json = {"do": "leave"}
RELOAD: Json = {"do": "open", "tab": "reloaded"}
RESUME: Json = {"do": "resume", "tab": "reloaded"}


async def test_a_reload_in_mid_answer_shows_the_question_and_then_the_whole_answer_once(
    front_end: FrontEnd,
) -> None:
    await front_end.run(send(BUYERS))
    async with slowly(front_end.product, PACE):
        seen = await front_end.run(
            {"do": "open"}, send(PRICES, meanwhile=True), see(WORDS), LEAVE, RELOAD, RESUME
        )
    left, reloaded = seen.tab, seen.tabs["reloaded"]
    assert [text_of(message) for message in reloaded.hydrated[2:]] == [PRICES]
    assert (reloaded.status, reloaded.error) == ("ready", None)
    assert reloaded.roles == ["user", "assistant"] * 2
    assert [message["id"] for message in reloaded.messages] == [message["id"] for message in left.messages]
    assert len(left.texts[3]) < len(reloaded.texts[3])
    assert reloaded.texts[3].startswith(left.texts[3])
    assert reloaded.finishes[-1]["finishReason"] == "stop"
    await is_the_record(front_end, reloaded)


async def test_a_reload_while_an_answer_is_written_again_does_not_show_the_old_one(
    front_end: FrontEnd,
) -> None:
    before = await front_end.run(send(BUYERS), send(PRICES))
    async with slowly(front_end.product, PACE):
        seen = await front_end.run(
            {"do": "open"}, {"do": "regenerate", "meanwhile": True}, see(WORDS), LEAVE, RELOAD, RESUME
        )
    reloaded = seen.tabs["reloaded"]
    assert [message["id"] for message in reloaded.hydrated] == [
        message["id"] for message in before.tab.messages[:3]
    ]
    assert reloaded.roles == ["user", "assistant"] * 2
    await is_the_record(front_end, reloaded)


async def test_a_reload_while_an_edited_message_is_answered_shows_the_edited_one(front_end: FrontEnd) -> None:
    edited = "We sell to heads of maintenance."
    await front_end.run(send(BUYERS), send(PRICES))
    async with slowly(front_end.product, PACE):
        edit: Json = {"do": "edit", "index": 0, "text": edited, "meanwhile": True}
        seen = await front_end.run({"do": "open"}, edit, see(WORDS), LEAVE, RELOAD, RESUME)
    reloaded = seen.tabs["reloaded"]
    assert [text_of(message) for message in reloaded.hydrated] == [edited]
    assert reloaded.roles == ["user", "assistant"]
    await is_the_record(front_end, reloaded)


async def test_who_lost_the_connection_in_mid_answer_comes_back_in_the_same_chat(
    product: Product, version: str
) -> None:
    port = httpx.URL(product.url).port
    assert port is not None
    async with gate_before(port) as gate, slowly(product, PACE):

        async def cut() -> None:
            await gate.shut()
            await gate.open()

        front_end = await FrontEnd.made_with(version, product, f"http://127.0.0.1:{gate.port}")
        steps = (send(BUYERS, meanwhile=True), see(WORDS), {"do": "tell"}, settle(), {"do": "resume"})
        tab = (await front_end.run(*steps, at_tell=[cut])).tab
        await is_the_record(front_end, tab)
    assert [finish["isError"] for finish in tab.finishes] == [True, False]
    assert (tab.status, tab.error, tab.roles) == ("ready", None, ["user", "assistant"])


async def test_coming_back_when_nothing_runs_changes_nothing(front_end: FrontEnd) -> None:
    await front_end.run(send(BUYERS))
    seen = await front_end.run({"do": "open"}, {"do": "resume"})
    assert [request["status"] for request in seen.requests] == [204]
    assert (seen.tab.status, seen.tab.errors, seen.tab.finishes) == ("ready", [], [])
    assert seen.tab.messages == seen.tab.hydrated


async def test_a_stop_keeps_the_words_so_far_and_the_talk_goes_on(front_end: FrontEnd) -> None:
    async with slowly(front_end.product, PACE):
        stopped = (await front_end.run(send(BUYERS, meanwhile=True), see(WORDS), {"do": "stop"})).tab
    assert stopped.status == "ready"
    assert stopped.finishes[-1]["isAbort"] is True
    kept = (await front_end.history())[-1]
    assert kept["incomplete"] is True
    assert kept["id"] == stopped.messages[1]["id"]
    assert kept["content"].startswith(stopped.texts[1])
    then = (await front_end.run({"do": "open"}, send(PRICES))).tab
    assert then.texts[1] == kept["content"]
    assert (then.status, then.roles) == ("ready", ["user", "assistant"] * 2)


async def test_who_looks_on_sees_the_stop_of_another_tab_as_an_end(front_end: FrontEnd) -> None:
    async with slowly(front_end.product, PACE):
        seen = await front_end.run(
            send(BUYERS, meanwhile=True),
            see(WORDS),
            {"do": "open", "tab": "other"},
            {"do": "resume", "tab": "other", "meanwhile": True},
            see(WORDS, tab="other"),
            {"do": "stop"},
            settle("other"),
        )
    other = seen.tabs["other"]
    assert (other.status, other.error) == ("ready", None)
    assert other.finishes[-1]["finishReason"] == "other"
    assert other.messages[1]["metadata"]["stopped"] is True
    await is_the_record(front_end, other)
