"""What the record says while an answer is being written: all that its stream does not say again."""

import pytest

from tests.contract.discovery.conftest import Json, Received, Talk, ui_body

HELD = "held for a while"


async def test_the_message_being_answered_is_the_last_of_the_talk(talk: Talk) -> None:
    await talk.say("first")
    began, shown = await in_mid_answer(talk, ui_body(HELD, message_id="m-2"))
    assert [message["content"] for message in shown] == ["first", "I heard first", HELD]
    turn_id = began.of("start")[0]["messageMetadata"]["turnId"]
    assert (shown[-1]["id"], shown[-1]["turnId"], shown[-1]["incomplete"]) == ("m-2", turn_id, False)
    assert [message["content"] for message in await settled(talk)][2:] == [HELD, "first half, second half"]


async def test_an_answer_that_is_written_again_leaves_the_talk_at_once(talk: Talk) -> None:
    talk.upstream.release.set()
    for message_id, text in (("m-1", "first"), ("m-2", HELD)):
        await talk.say(text, message_id=message_id)
    talk.upstream.release.clear()
    _, shown = await in_mid_answer(talk, ui_body(HELD, message_id="m-2", trigger="regenerate-message"))
    assert [message["content"] for message in shown] == ["first", "I heard first", HELD]


async def test_an_edited_message_stands_in_its_place_and_nothing_after_it(talk: Talk) -> None:
    await talk.say("first")
    await talk.say("second", message_id="m-2")
    _, shown = await in_mid_answer(talk, ui_body(HELD))
    assert [(message["id"], message["content"]) for message in shown] == [("m-1", HELD)]


@pytest.mark.parametrize("approved", [True, False])
async def test_an_answer_that_goes_on_after_an_approval_adds_no_message(talk: Talk, approved: bool) -> None:
    asked = await talk.say("save it slowly")
    before = await record(talk)
    path = f"/chat/chat/approvals/{asked.of('tool-approval-request')[0]['approvalId']}"
    async with talk.open("POST", path, json={"approved": approved}) as (response, received):
        await talk.receive(response, received, until="data-node")
        assert await record(talk) == before
        talk.upstream.release.set()
        await talk.receive(response, received)
    assert [message["role"] for message in await record(talk)] == ["user", "assistant"]


async def test_what_the_agent_waits_for_is_told_until_it_is_answered_or_stale(talk: Talk) -> None:
    asked = await talk.say("save it")
    request, called = asked.of("tool-approval-request")[0], asked.of("tool-input-available")[0]
    (waiting,) = await approvals(talk)
    assert waiting == {
        "approvalId": request["approvalId"],
        "toolCallId": called["toolCallId"],
        "action": called["toolName"],
        "summary": request["reason"],
        "input": called["input"],
        "messageId": asked.of("start")[0]["messageId"],
    }
    await talk.stream("POST", f"/chat/chat/approvals/{waiting['approvalId']}", json={"approved": True})
    assert await approvals(talk) == []
    await talk.say("save it again", message_id="m-2")
    assert len(await approvals(talk)) == 1
    await talk.say("never mind", message_id="m-3")
    assert await approvals(talk) == []
    await talk.say("save it once more", message_id="m-4")
    await talk.client.post(f"{talk.path}/sessions/chat/complete")
    assert await approvals(talk) == []


async def approvals(talk: Talk) -> list[Json]:
    """What waits for a yes or no, as every reading of the record tells it."""
    told = [
        (await talk.client.get(f"{talk.path}/{path}")).raise_for_status().json()["data"]
        for path in ("history", "sessions/chat", "sessions")
    ]
    (listed,) = told.pop()
    assert [one["approvals"] for one in told] == [listed["approvals"]] * 2
    return list(listed["approvals"])


async def in_mid_answer(talk: Talk, body: Json) -> tuple[Received, list[Json]]:
    """Begin a turn that is held in the middle of its answer, and read the record; the list tells the same."""
    async with talk.open("POST", "/chat", json=body) as (response, received):
        await talk.receive(response, received, until="text-delta")
    shown = await record(talk)
    listed = (await talk.client.get(f"{talk.path}/sessions")).json()["data"]
    assert [session["messages"] for session in listed] == [shown]
    return received, shown


async def settled(talk: Talk) -> list[Json]:
    """The record once the held turn has ended."""
    talk.upstream.release.set()
    await talk.stream("GET", "/chat/chat/stream")
    return await record(talk)


async def record(talk: Talk) -> list[Json]:
    """The talk as the server tells it."""
    answer = await talk.client.get(f"{talk.path}/history")
    return [
        {**message, "content": message["content"].strip()}
        for message in answer.raise_for_status().json()["data"]["messages"]
    ]
