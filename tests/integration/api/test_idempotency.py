"""A POST with an Idempotency-Key is done once, and its repetition gets the same answer."""

import asyncio
from uuid import uuid4

import httpx
import pytest
from sqlalchemy import func, select, text, update

from persistence.models.idempotency import IdempotencyRecord
from persistence.models.user import Client
from persistence.types import utc_now
from tests.fixtures.api import Api
from tools.idempotency_key import derived


@pytest.fixture
def client(toy_api: Api) -> httpx.AsyncClient:
    return toy_api.client()


def key() -> dict[str, str]:
    return {"Idempotency-Key": uuid4().hex}


async def _rows(api: Api, name: str) -> int:
    async with api.services.database.unit_of_work() as uow:
        return await uow.session.scalar(select(func.count(Client.id)).where(Client.name == name)) or 0


async def _age(api: Api, client: httpx.AsyncClient, headers: dict[str, str], **changes: object) -> None:
    """Make a stored key look older."""
    user_id = (await client.get("/auth/me")).json()["data"]["userId"]
    async with api.services.database.unit_of_work() as uow:
        mine = IdempotencyRecord.key_hash == derived(user_id, headers["Idempotency-Key"]).key_hash
        await uow.session.execute(update(IdempotencyRecord).where(mine).values(**changes))


async def test_the_same_request_gets_the_same_answer_and_is_done_once(
    toy_api: Api, client: httpx.AsyncClient
) -> None:
    headers, name = key(), uuid4().hex
    first = await client.post("/toys/clients", json={"name": name}, headers=headers)
    again = await client.post("/toys/clients", json={"name": name}, headers=headers)
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.content == again.content
    assert again.headers["Idempotency-Replayed"] == "true"
    assert "Idempotency-Replayed" not in first.headers
    assert await _rows(toy_api, name) == 1


async def test_the_database_holds_neither_keys_nor_secrets_that_were_answered(toy_api: Api) -> None:
    client, headers = toy_api.client(), key()
    me = (await client.get("/auth/me")).json()["data"]
    members, invited = f"/workspaces/{me['workspaces'][0]['id']}/members", {"email": "kim@example.com"}
    requests = [(members, invited | {"role": "member"}), ("/auth/stream-tickets", {"path": "/jobs/1/events"})]
    answers = [await client.post(path, json=body, headers=headers) for path, body in requests]
    again = [await client.post(path, json=body, headers=headers) for path, body in requests]
    assert [answer.content for answer in again] == [answer.content for answer in answers]
    secrets = [answers[0].json()["data"]["inviteToken"], answers[1].json()["data"]["ticket"]]
    statement = text('SELECT * FROM "IdempotencyKeys" WHERE "UserID" = :user')
    async with toy_api.services.database.unit_of_work() as uow:
        rows = (await uow.session.execute(statement, {"user": me["userId"]})).all()
    assert len(rows) == 2
    for secret in [*secrets, headers["Idempotency-Key"]]:
        assert secret not in str(rows)


async def test_without_a_key_every_request_is_done(toy_api: Api, client: httpx.AsyncClient) -> None:
    name = uuid4().hex
    for _ in range(2):
        await client.post("/toys/clients", json={"name": name})
    assert await _rows(toy_api, name) == 2


async def test_another_body_under_the_same_key_is_refused(client: httpx.AsyncClient) -> None:
    headers = key()
    await client.post("/toys/clients", json={"name": "one"}, headers=headers)
    other = await client.post("/toys/clients", json={"name": "two"}, headers=headers)
    assert (other.status_code, other.json()["code"]) == (409, "idempotency_key_reused")


async def test_keys_of_users_and_of_routes_do_not_meet(toy_api: Api, client: httpx.AsyncClient) -> None:
    headers, stranger = key(), toy_api.client()
    answers = [
        await client.post("/toys/clients", json={}, headers=headers),
        await stranger.post("/toys/clients", json={}, headers=headers),
        await client.post("/toys/no-transaction", json={}, headers=headers),
    ]
    assert [answer.status_code for answer in answers] == [201, 201, 202]
    assert answers[0].json()["data"] != answers[1].json()["data"]


async def test_while_the_first_is_being_done_the_second_waits_outside(
    toy_api: Api, client: httpx.AsyncClient
) -> None:
    headers, name = key(), uuid4().hex
    body = {"name": name, "price": 0.5}
    first = asyncio.create_task(client.post("/toys/clients", json=body, headers=headers))
    await asyncio.sleep(0.2)
    second = await client.post("/toys/clients", json=body, headers=headers)
    assert (second.status_code, second.json()["code"]) == (409, "request_in_progress")
    assert second.headers["Retry-After"] == "1"
    assert (await first).status_code == 201
    assert (await client.post("/toys/clients", json=body, headers=headers)).status_code == 201
    assert await _rows(toy_api, name) == 1


async def test_fifty_at_once_are_done_once(toy_api: Api, client: httpx.AsyncClient) -> None:
    headers, name = key(), uuid4().hex
    calls = [client.post("/toys/clients", json={"name": name}, headers=headers) for _ in range(50)]
    answers = await asyncio.gather(*calls)
    assert {answer.status_code for answer in answers} <= {201, 409}
    assert len({answer.content for answer in answers if answer.status_code == 201}) == 1
    assert await _rows(toy_api, name) == 1


async def test_a_refused_request_frees_its_key(toy_api: Api, client: httpx.AsyncClient) -> None:
    headers, name = key(), uuid4().hex
    for body in ({"name": name, "loud": True}, {"unknown": 1}):
        assert (await client.post("/toys/clients", json=body, headers=headers)).status_code in {409, 422}
    assert (await client.post("/toys/clients", json={"name": name}, headers=headers)).status_code == 201
    assert await _rows(toy_api, name) == 1


async def test_a_failing_commit_frees_the_key_and_is_no_success(client: httpx.AsyncClient) -> None:
    headers = key()
    for _ in range(2):
        answer = await client.post("/toys/late-failure", headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (409, "conflict")


async def test_a_route_without_transaction_is_answered_once_too(client: httpx.AsyncClient) -> None:
    headers = key()
    first = await client.post("/toys/no-transaction", json={}, headers=headers)
    again = await client.post("/toys/no-transaction", json={}, headers=headers)
    assert (first.status_code, first.json()) == (again.status_code, again.json())


async def test_a_key_is_free_again_after_a_day(toy_api: Api, client: httpx.AsyncClient) -> None:
    headers = key()
    first = await client.post("/toys/clients", json={"name": "one"}, headers=headers)
    await _age(toy_api, client, headers, created_at=utc_now().replace(year=2020))
    second = await client.post("/toys/clients", json={"name": "two"}, headers=headers)
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json() != second.json()


async def test_the_key_of_a_request_that_died_is_taken_over(toy_api: Api, client: httpx.AsyncClient) -> None:
    headers = key()
    await client.post("/toys/clients", json={}, headers=headers)
    await _age(toy_api, client, headers, status=None, response_body=None, locked_until=utc_now())
    assert (await client.post("/toys/clients", json={}, headers=headers)).status_code == 201


async def test_who_lost_the_key_in_mid_work_changes_nothing(toy_api: Api, client: httpx.AsyncClient) -> None:
    headers, name = key(), uuid4().hex
    body = {"name": name, "price": 0.6}
    slow = asyncio.create_task(client.post("/toys/clients", json=body, headers=headers))
    await asyncio.sleep(0.2)
    await _age(toy_api, client, headers, locked_until=utc_now())
    quick = await client.post("/toys/clients", json=body, headers=headers)
    assert {quick.status_code, (await slow).status_code} == {201, 409}
    assert await _rows(toy_api, name) == 1


@pytest.mark.parametrize("bad", ["", "k" * 256, "naïve", "tab\there"])
async def test_an_odd_key_is_422(client: httpx.AsyncClient, bad: str) -> None:
    answer = await client.post("/toys/clients", json={}, headers={b"Idempotency-Key": bad.encode("latin-1")})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "header/Idempotency-Key"


async def test_an_exempt_route_keeps_its_own_key(client: httpx.AsyncClient) -> None:
    headers = key()
    answers = [await client.post("/toys/chat", json={}, headers=headers) for _ in range(2)]
    assert answers[0].json() != answers[1].json()
