"""The npm package `ai`, unmodified: a talk, and going back in it."""

from tests.contract.clients.front_end import FrontEnd, send
from tests.contract.clients.person import BUYERS, PRICES, squeezed


async def test_each_version_runs_on_the_node_it_needs(front_end: FrontEnd) -> None:
    seen = await front_end.run()
    major = int(seen.node.removeprefix("v").split(".")[0])
    assert major >= {"6": 20, "7": 22}[front_end.version]


async def test_a_talk_of_several_messages_ends_ready_with_an_answer_to_each(front_end: FrontEnd) -> None:
    seen = await front_end.run(send(BUYERS), send(PRICES), send("Mostly in Spain."))
    tab = seen.tab
    assert (tab.status, tab.error) == ("ready", None)
    assert tab.roles == ["user", "assistant"] * 3
    assert all(tab.texts)
    assert [finish["finishReason"] for finish in tab.finishes] == ["stop"] * 3
    assert len({message["id"] for message in tab.messages}) == 6
    assert {part["type"] for part in tab.told} >= {"data-node", "data-suggestions", "data-usage"}
    assert all(request["done"] for request in seen.requests)


async def test_the_server_remembers_the_talk_as_the_user_saw_it(front_end: FrontEnd) -> None:
    tab = (await front_end.run(send(BUYERS), send(PRICES))).tab
    remembered = await front_end.history()
    assert [(message["id"], message["role"]) for message in remembered] == [
        (message["id"], message["role"]) for message in tab.messages
    ]
    assert [squeezed(message["content"]) for message in remembered] == [squeezed(text) for text in tab.texts]


async def test_regenerate_replaces_the_last_answer_and_keeps_what_was_before(front_end: FrontEnd) -> None:
    before = await front_end.run(send(BUYERS), send(PRICES))
    seen = await front_end.run({"do": "open"}, {"do": "regenerate"})
    tab = seen.tab
    assert tab.status == "ready"
    assert seen.requests[-1]["sent"]["trigger"] == "regenerate-message"
    assert tab.roles == ["user", "assistant"] * 2
    assert tab.texts[3]
    assert tab.messages[3]["id"] != before.tab.messages[3]["id"]
    remembered = await front_end.history()
    assert [message["id"] for message in remembered] == [message["id"] for message in tab.messages]


async def test_an_edited_message_replaces_all_that_followed_it(front_end: FrontEnd) -> None:
    edited = "We sell to heads of maintenance."
    seen = await front_end.run(send(BUYERS), send(PRICES), {"do": "edit", "index": 0, "text": edited})
    tab = seen.tab
    assert tab.status == "ready"
    assert tab.roles == ["user", "assistant"]
    assert tab.texts[0] == edited
    assert (
        seen.requests[-1]["sent"]["messageId"]
        == tab.messages[0]["id"]
        == seen.requests[0]["sent"]["messages"][0]["id"]
    )
    remembered = await front_end.history()
    assert remembered[0]["content"] == edited
    assert [message["id"] for message in remembered] == [message["id"] for message in tab.messages]
