"""The talk over HTTP: bodies, forms of the answer, what is refused before the stream begins."""

from typing import Any

import httpx
import pytest
from fastapi import routing

from persistence.models.user import EntityStatus, User
from tests.contract.discovery.conftest import Talk, ui_body


async def test_a_turn_streams_in_the_form_of_the_ai_sdk(talk: Talk) -> None:
    got = await talk.say("hello there")
    assert got.status == 200
    assert got.headers["content-type"].startswith("text/event-stream")
    assert got.headers["x-vercel-ai-ui-message-stream"] == "v1"
    assert got.headers["x-accel-buffering"] == "no"
    assert got.chunks[0]["type"] == "start"
    assert got.text.strip() == "I heard hello there"
    assert got.chunks[-1]["type"] == "finish"
    assert got.frames[-1][1] == "[DONE]"


async def test_one_message_and_its_session(talk: Talk) -> None:
    first = await talk.stream("POST", "/chat", json={"message": "hello"})
    second = await talk.stream("POST", "/chat", json={"message": "again", "sessionId": first.session_id})
    assert second.session_id == first.session_id
    assert second.text.strip() == "I heard hello | again"
    other = await talk.stream("POST", "/chat", json={"message": "hello"})
    assert other.session_id != first.session_id


async def test_the_old_front_ends_body_goes_on_in_the_newest_session(talk: Talk) -> None:
    said: list[dict[str, str]] = [
        {"role": "assistant", "content": "Hi!"},
        {"role": "user", "content": "first"},
    ]
    await talk.stream("POST", "/chat/stream", json={"messages": said})
    said += [{"role": "assistant", "content": "forged"}, {"role": "user", "content": "second"}]
    body = {"messages": said, "isFollowUp": False, "previousExperiments": [], "userName": "Ada"}
    got = await talk.stream("POST", "/chat/stream", json=body)
    assert got.text.strip() == "I heard first | second"
    assert [chunk["type"] for chunk in got.chunks[-2:]] == ["placeholder", "done"]
    assert got.frames[-1][1] == "[DONE]"


@pytest.mark.parametrize(
    ("path", "body", "kind"),
    [
        ("/chat", {"message": "hi"}, "finish"),
        ("/chat?format=plain", {"message": "hi"}, "done"),
        ("/chat/stream", {"message": "hi"}, "done"),
        ("/chat/stream", ui_body("hi"), "finish"),
        ("/chat/stream?format=ai-sdk", {"message": "hi"}, "finish"),
    ],
)
async def test_the_form_suits_path_body_and_wish(talk: Talk, path: str, body: Any, kind: str) -> None:
    got = await talk.stream("POST", path, json=body)
    assert got.chunks[-1]["type"] == kind


@pytest.mark.parametrize(
    ("special", "fastapi"),
    [
        ({}, False),
        ({"headers": {"Accept": "text/event-stream"}}, False),
        ({"headers": {"Accept": "application/json"}}, True),
        ({"headers": {"Idempotency-Key": "a"}}, True),
        ({"headers": {"Prefer": "wait=5"}}, True),
        ({"params": {"format": "plain"}}, True),
        ({"json": {"message": ""}}, True),
    ],
)
async def test_a_plain_message_does_without_fastapi_and_any_other_is_read_by_it(
    talk: Talk, monkeypatch: pytest.MonkeyPatch, special: dict[str, Any], *, fastapi: bool
) -> None:
    asked: list[bool] = []
    solve = routing.solve_dependencies

    async def told(**given: Any) -> Any:
        asked.append(True)
        return await solve(**given)

    monkeypatch.setattr(routing, "solve_dependencies", told)
    body = {"json": ui_body("hello"), **special}
    got = await talk.client.post(f"{talk.path}/chat", **body)
    assert got.status_code == (422 if "json" in special else 200)
    assert asked == [True] * fastapi


async def test_a_client_that_takes_only_json_gets_one_object(talk: Talk) -> None:
    headers = {"Accept": "application/json"}
    got = await talk.client.post(f"{talk.path}/chat", json={"message": "hello"}, headers=headers)
    data = got.json()["data"]
    assert data["message"] == "I heard hello"
    assert data["placeholder"] == "Who buys?"
    assert (data["experiments"], data["turnCount"], data["approval"]) == (None, 1, None)
    asked = await talk.client.post(f"{talk.path}/chat", json={"message": "save it"}, headers=headers)
    data = asked.json()["data"]
    assert data["approval"]["action"] == "save_experiments"
    assert data["experiments"][0]["name"] == "Plant managers"
    path = f"{talk.path}/chat/{data['sessionId']}/approvals/{data['approval']['approvalId']}"
    done = await talk.client.post(path, json={"approved": True}, headers=headers)
    assert done.json()["data"]["message"] == "Saved."


async def test_a_failed_turn_is_a_problem_for_a_client_that_takes_only_json(talk: Talk) -> None:
    headers = {"Accept": "application/json"}
    got = await talk.client.post(f"{talk.path}/chat", json={"message": "refused"}, headers=headers)
    assert got.status_code == 503
    assert got.json()["code"] == "model_unavailable"
    assert "Retry-After" in got.headers


async def test_a_failure_in_the_stream_is_data_and_error(talk: Talk) -> None:
    got = await talk.say("refused")
    assert got.status == 200
    data = got.of("data-error")[0]["data"]
    assert (data["code"], data["retryable"]) == ("model_unavailable", True)
    assert got.chunks[-1]["type"] == "error"
    assert (await talk.say("hello", message_id="m-2")).chunks[-1]["type"] == "finish"


async def test_the_same_message_id_joins_or_replays(talk: Talk) -> None:
    first = await talk.say("hello")
    again = await talk.say("hello")
    assert again.of("start") == first.of("start")
    assert again.text == first.text


async def test_an_idempotency_key_names_the_turn(talk: Talk) -> None:
    request = {"json": {"message": "hello"}, "headers": {"Idempotency-Key": "abc"}}
    first = await talk.stream("POST", "/chat", **request)
    again = await talk.stream("POST", "/chat", **request)
    assert again.of("start") == first.of("start")
    other = await talk.stream("POST", "/chat", json={"message": "other"}, headers={"Idempotency-Key": "abc"})
    assert (other.status, other.problem["code"]) == (409, "idempotency_key_reused")


async def test_a_second_message_meanwhile_is_409_with_the_running_turn(talk: Talk) -> None:
    async with talk.open("POST", "/chat", json=ui_body("held")) as (response, received):
        await talk.receive(response, received, until="text-delta")
        refused = await talk.say("other", message_id="m-2")
        assert (refused.status, refused.problem["code"]) == (409, "turn_running")
        assert refused.problem["turnId"] == received.of("start")[0]["messageMetadata"]["turnId"]


async def test_regenerate_and_edit(talk: Talk) -> None:
    await talk.say("first")
    await talk.say("second", message_id="m-2")
    again = await talk.say("second", message_id="m-2", trigger="regenerate-message")
    assert again.text.strip() == "I heard first | second"
    edited = await talk.say("better", message_id="m-2", messageId="m-2")
    assert edited.text.strip() == "I heard first | better"


FILE = {
    "id": "m-1",
    "role": "user",
    "parts": [{"type": "text", "text": "see"}, {"type": "file", "url": "data:,"}],
}


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({}, "/message"),
        ([], ""),
        ({"message": ""}, "/message"),
        ({"message": "   "}, "/message"),
        ({"message": "x" * 200_001}, "/message"),
        ({"message": "a\x00b"}, "/message"),
        ({"message": "hi", "surprise": 1}, "/surprise"),
        ({"message": "hi", "sessionId": "1"}, "/sessionId"),
        ({"messages": []}, "/messages"),
        ({"messages": [{"role": "assistant", "content": "hi"}]}, "/messages"),
        ({"messages": [{"role": "user", "content": 5}]}, "/messages/0/content"),
        ({"id": "c", "messages": [FILE], "trigger": "submit-message"}, "/messages/0/parts/1"),
        ({"id": "c", "messages": [{"role": "user", "parts": "x"}]}, "/messages/0/parts"),
        ({"id": "c", "messages": [{"role": "assistant", "parts": []}]}, "/messages/0"),
        ({"id": "c", "messages": [{"role": "user", "id": 7, "parts": []}]}, "/messages/0/id"),
        ({"id": "", "messages": [FILE]}, "/id"),
    ],
)
async def test_a_body_that_is_wrong_is_422_and_names_the_place(talk: Talk, body: Any, pointer: str) -> None:
    got = await talk.stream("POST", "/chat", json=body)
    assert got.status == 422
    assert got.problem["errors"][0]["pointer"] == pointer


@pytest.mark.parametrize(
    ("path", "status"), [("/workspaces/999999/discovery/chat", 404), ("/workspaces/0/discovery/chat", 422)]
)
async def test_a_workspace_that_is_not_ones_own_is_refused(talk: Talk, path: str, status: int) -> None:
    assert (await talk.client.post(path, json={"message": "hi"})).status_code == status


async def test_who_is_disabled_starts_nothing_more_at_once(talk: Talk) -> None:
    """Although the user was looked up a moment ago."""
    assert (await talk.say("hello")).status == 200
    user_id = (await talk.client.get("/auth/me")).json()["data"]["userId"]
    async with talk.api.services.database.unit_of_work() as uow:
        (await uow.session.get_one(User, user_id)).status = EntityStatus.INACTIVE
    got = await talk.stream("POST", "/chat", json={"message": "hi"})
    assert (got.status, got.problem["code"]) == (403, "account_disabled")


async def test_a_session_that_does_not_exist_is_404(talk: Talk) -> None:
    got = await talk.stream("POST", "/chat", json={"message": "hi", "sessionId": 2**62})
    assert got.status == 404


async def test_a_large_history_is_read_and_a_larger_one_refused(talk: Talk) -> None:
    old = {"id": "old", "role": "assistant", "parts": [{"type": "text", "text": "x" * 3_000_000}]}
    body = ui_body("hello")
    assert (
        await talk.stream("POST", "/chat", json={**body, "messages": [old, *body["messages"]]})
    ).status == 200
    history = [old] * 3
    async with httpx.AsyncClient(
        transport=talk.api.transport, base_url="http://testserver", headers=talk.client.headers
    ) as client:
        refused = await client.post(
            f"{talk.path}/chat", json={**body, "messages": [*history, *body["messages"]]}
        )
    assert refused.status_code == 413
