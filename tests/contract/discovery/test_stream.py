"""Coming back, stopping, approving, over HTTP."""

import asyncio
from typing import Any

from tests.contract.discovery.conftest import Json, Received, Talk, ui_body


async def begin(talk: Talk, text: str, *, chat: str = "chat") -> Received:
    """Start a turn, read its first words and go away."""
    async with talk.open("POST", "/chat", json=ui_body(text, chat=chat)) as (response, received):
        return await talk.receive(response, received, until="text-delta")


async def come_back(talk: Talk, path: str, **request: Any) -> Received:
    """Open the stream while the turn is held, then let the turn go on."""
    reading = asyncio.create_task(talk.stream("GET", path, **request))
    await asyncio.sleep(0.3)
    talk.upstream.release.set()
    return await reading


async def test_who_goes_away_comes_back_to_the_whole_turn(talk: Talk) -> None:
    first = await begin(talk, "held")
    whole = await come_back(talk, "/chat/chat/stream")
    assert whole.of("start") == first.of("start")
    assert whole.text == "first half, second half"
    assert whole.chunks[-1]["type"] == "finish"


async def test_with_the_last_id_only_what_follows_is_sent(talk: Talk) -> None:
    first = await begin(talk, "held")
    place = first.frames[-1][0]
    assert place is not None
    rest = await come_back(talk, "/chat/chat/stream", headers={"Last-Event-ID": place})
    assert first.text + rest.text == "first half, second half"
    assert not rest.of("start")
    end = rest.frames[-1][0]
    assert end is not None
    over = await talk.stream("GET", "/chat/chat/stream", headers={"Last-Event-ID": end})
    assert over.status == 204


async def test_a_place_of_another_turn_gets_the_whole_turn_after_a_reset(talk: Talk) -> None:
    await begin(talk, "held")
    headers = {"Last-Event-ID": "99.1"}
    whole = await come_back(talk, "/chat/chat/stream?format=plain", headers=headers)
    assert whole.chunks[0]["type"] == "reset"
    assert whole.text == "first half, second half"


async def test_nothing_to_come_back_to_is_204(talk: Talk) -> None:
    await talk.say("hello")
    assert (await talk.stream("GET", "/chat/chat/stream")).status == 204
    assert (await talk.stream("GET", "/chat/unknown/stream")).status == 404


async def test_a_ticket_opens_the_stream_for_clients_without_headers(talk: Talk) -> None:
    await begin(talk, "held")
    path = f"{talk.path}/chat/chat/stream"
    made = await talk.client.post("/auth/stream-tickets", json={"path": path})
    ticket = made.json()["data"]["ticket"]
    del talk.client.headers["Authorization"]
    whole = await come_back(talk, f"/chat/chat/stream?ticket={ticket}")
    assert whole.text == "first half, second half"
    assert (await talk.stream("GET", "/chat/chat/stream?ticket=none")).status == 401


async def test_a_client_that_goes_away_stops_nothing(talk: Talk) -> None:
    await begin(talk, "endless")
    await asyncio.sleep(0.3)
    assert talk.upstream.open == 1
    stopped = await talk.client.post(f"{talk.path}/chat/chat/stop")
    assert stopped.json()["data"]["stopped"] is True
    assert talk.upstream.open == 0
    history = (await talk.client.get(f"{talk.path}/history")).json()["data"]["messages"]
    assert history[-1]["content"].startswith("on on")
    assert history[-1]["incomplete"] is True


async def test_a_stopped_stream_finishes(talk: Talk) -> None:
    async with talk.open("POST", "/chat", json=ui_body("endless")) as (response, received):
        await talk.receive(response, received, until="start")
        await talk.client.post(f"{talk.path}/chat/chat/stop", json={})
        await talk.receive(response, received)
    assert received.chunks[-1]["finishReason"] == "other"
    assert received.chunks[-1]["messageMetadata"]["stopped"] is True
    again = await talk.client.post(f"{talk.path}/chat/chat/stop")
    assert again.json()["data"] == {"stopped": False, "turnId": None}


def answered(received: Received, *, approved: bool, **part: object) -> Json:
    """What `useChat` posts after the user answered an approval."""
    asked = received.of("tool-approval-request")[0]
    called = received.of("tool-input-available")[0]
    tool = {
        "type": f"tool-{called['toolName']}",
        "toolCallId": called["toolCallId"],
        "state": "approval-responded",
        "input": called["input"],
        "approval": {"id": asked["approvalId"], "approved": approved},
        **part,
    }
    start = received.of("start")[0]
    message = {"id": start["messageId"], "role": "assistant", "parts": [{"type": "step-start"}, tool]}
    return {"id": "chat", "messages": [message], "trigger": "submit-message", "messageId": start["messageId"]}


async def test_an_approval_is_answered_as_the_ai_sdk_does(talk: Talk) -> None:
    asked = await talk.say("save it")
    assert asked.chunks[-1]["finishReason"] == "tool-calls"
    edited = await talk.stream("POST", "/chat", json=answered(asked, approved=True, input={"count": 99}))
    assert (edited.status, edited.problem["code"]) == (409, "approval_stale")
    done = await talk.stream("POST", "/chat", json=answered(asked, approved=True))
    assert done.of("start")[0]["messageId"] == asked.of("start")[0]["messageId"]
    assert done.of("tool-output-available")[0]["output"] == {"saved": 1}
    assert done.text == "Saved."
    again = await talk.stream("POST", "/chat", json=answered(asked, approved=True))
    assert again.status == 409


async def test_an_approval_is_denied(talk: Talk) -> None:
    asked = await talk.say("save it")
    done = await talk.stream("POST", "/chat", json=answered(asked, approved=False))
    assert done.of("tool-output-denied")
    assert not done.of("tool-output-available")


async def test_an_approval_by_its_own_path(talk: Talk) -> None:
    asked = await talk.say("save it")
    approval = asked.of("tool-approval-request")[0]["approvalId"]
    path = f"/chat/{asked.session_id}/approvals/{approval}"
    done = await talk.stream("POST", f"{path}?format=plain", json={"approved": False, "reason": "no"})
    assert done.text == "Not saved: no"
    assert (await talk.stream("POST", path, json={"approved": True})).status == 409
    assert (await talk.stream("POST", path, json={"approved": "yes"})).status == 422


async def test_sessions_history_completion_and_feedback(talk: Talk) -> None:
    assert (await talk.client.get(f"{talk.path}/history")).json()["data"] == {
        "sessionId": None,
        "messages": [],
        "approvals": [],
    }
    got = await talk.say("hello")
    listed = (await talk.client.get(f"{talk.path}/sessions")).json()["data"]
    one = (await talk.client.get(f"{talk.path}/sessions/chat")).json()["data"]
    assert listed == [{name: value for name, value in one.items() if name != "parts"}]
    assert (one["id"], one["turnCount"], one["status"]) == (got.session_id, 1, "active")
    assert [message["role"] for message in one["messages"]] == ["user", "assistant"]
    turn = got.of("start")[0]["messageMetadata"]["turnId"]
    given = {"rating": 5, "feedback": "Sharp", "sessionId": got.session_id, "turnId": turn}
    feedback = await talk.client.post(f"{talk.path}/feedback", json=given)
    assert feedback.status_code == 201
    assert feedback.json()["data"]["turnId"] == turn
    for wrong in ({"rating": 6}, {"rating": 0}, {"rating": "5"}, {}):
        assert (await talk.client.post(f"{talk.path}/feedback", json=wrong)).status_code == 422
    done = await talk.client.post(f"{talk.path}/sessions/{got.session_id}/complete")
    assert done.json()["data"]["status"] == "completed"
    refused = await talk.say("more", message_id="m-2")
    assert (refused.status, refused.problem["code"]) == (409, "session_completed")


async def test_of_the_last_entry_the_frames_that_are_missing_are_sent(talk: Talk) -> None:
    whole = await talk.say("hello")
    inside = [place for place, chunk in whole.frames if chunk != "[DONE]" and chunk["type"] == "finish-step"]
    rest = await talk.stream("GET", "/chat/chat/stream", headers={"Last-Event-ID": inside[0] or ""})
    assert [chunk for _, chunk in rest.frames] == [chunk for _, chunk in whole.frames[-2:]]


async def test_a_place_of_before_the_log_began_anew_gets_the_whole_turn_also_when_it_has_ended(
    talk: Talk,
) -> None:
    await talk.say("hello", message_id="m-0")
    first = await begin(talk, "held")
    place, turn = first.frames[-1][0], first.of("start")[0]["messageMetadata"]["turnId"]
    await talk.api.services.redis.delete(f"turn-log:{turn}")
    whole = await come_back(talk, "/chat/chat/stream")
    assert whole.chunks[-1]["type"] == "finish"
    again = await talk.stream("GET", "/chat/chat/stream?format=plain", headers={"Last-Event-ID": place or ""})
    assert again.chunks[0]["type"] == "reset"
    assert again.text == "first half, second half"
    older = await talk.stream("GET", "/chat/chat/stream", headers={"Last-Event-ID": "1.2"})
    assert older.status == 204


async def test_who_comes_back_when_the_log_is_gone_gets_the_whole_turn_once(talk: Talk) -> None:
    first = await begin(talk, "held")
    place, turn = first.frames[-1][0], first.of("start")[0]["messageMetadata"]["turnId"]
    talk.upstream.release.set()
    await talk.say("held")
    await talk.api.services.redis.delete(f"turn-log:{turn}")
    whole = await talk.stream("GET", "/chat/chat/stream?format=plain", headers={"Last-Event-ID": place or ""})
    assert whole.chunks[0]["type"] == "reset"
    assert whole.text == "first half, second half"
    inside, end = whole.frames[1][0], whole.frames[-1][0]
    assert inside is not None
    assert end is not None
    again = await talk.stream("GET", "/chat/chat/stream?format=plain", headers={"Last-Event-ID": inside})
    assert again.frames == whole.frames
    over = await talk.stream("GET", "/chat/chat/stream?format=plain", headers={"Last-Event-ID": end})
    assert over.status == 204


async def test_who_has_all_of_a_log_whose_writer_died_before_the_end_is_told_the_end(talk: Talk) -> None:
    whole = await talk.say("hello")
    key = f"turn-log:{whole.of('start')[0]['messageMetadata']['turnId']}"
    redis = talk.api.services.redis
    [(told_last, _)] = await redis.xrevrange(key, count=1)
    await redis.xdel(key, told_last)
    (place, _), *_ = await redis.xrevrange(key, count=1)
    cursor = place.decode().replace("-", ".")
    rest = await talk.stream("GET", "/chat/chat/stream", headers={"Last-Event-ID": cursor})
    assert rest.status == 200
    assert [chunk["type"] for chunk in rest.chunks][-2:] == ["finish-step", "finish"]
    assert rest.text == ""


async def test_who_comes_back_when_the_log_forgot_its_end_gets_the_whole_turn(talk: Talk) -> None:
    whole = await talk.say("hello")
    turn, redis = whole.of("start")[0]["messageMetadata"]["turnId"], talk.api.services.redis
    entries = await redis.xrange(f"turn-log:{turn}")
    await redis.xdel(f"turn-log:{turn}", *(entry for entry, _ in entries[-3:]))
    place = entries[-2][0].decode().replace("-", ".")
    again = await talk.stream("GET", "/chat/chat/stream", headers={"Last-Event-ID": place})
    assert again.text == whole.text
    assert again.chunks[0] == whole.chunks[0]
    assert again.chunks[-1] == whole.chunks[-1]
