"""Lists by keyset, and two people saving at once."""

import asyncio

import httpx
import pytest

from tests.fixtures.api import Api


@pytest.fixture
async def workspace(toy_api: Api) -> tuple[httpx.AsyncClient, str]:
    """A client and the address of its workspace's toys."""
    client = toy_api.client()
    me = (await client.get("/auth/me")).json()["data"]
    return client, f"/workspaces/{me['workspaces'][0]['id']}/toys"


async def test_pages_join_to_the_whole_list_without_gap_or_repeat(
    workspace: tuple[httpx.AsyncClient, str],
) -> None:
    client, path = workspace
    made = [(await client.post(path, json={})).json()["data"]["id"] for _ in range(7)]
    seen: list[int] = []
    cursor: str | None = None
    for _ in range(10):
        page = (await client.get(path, params={"limit": 3} | ({"cursor": cursor} if cursor else {}))).json()
        seen += [item["id"] for item in page["data"]]
        cursor = page["page"]["nextCursor"]
        if cursor is None:
            break
    assert seen == made[::-1]


async def test_what_is_added_meanwhile_moves_nothing(workspace: tuple[httpx.AsyncClient, str]) -> None:
    client, path = workspace
    made = [(await client.post(path, json={})).json()["data"]["id"] for _ in range(4)]
    first = (await client.get(path, params={"limit": 2})).json()
    await client.post(path, json={})
    second = (await client.get(path, params={"limit": 2, "cursor": first["page"]["nextCursor"]})).json()
    assert [item["id"] for item in first["data"] + second["data"]] == made[::-1]
    assert second["page"]["nextCursor"] is None


async def test_the_total_is_counted_when_asked(workspace: tuple[httpx.AsyncClient, str]) -> None:
    client, path = workspace
    for _ in range(3):
        await client.post(path, json={})
    assert (await client.get(path)).json()["page"] == {"limit": 200, "nextCursor": None, "total": None}
    assert (await client.get(path, params={"limit": 1, "count": "true"})).json()["page"]["total"] == 3


async def test_an_empty_list_is_a_list(workspace: tuple[httpx.AsyncClient, str]) -> None:
    client, path = workspace
    assert (await client.get(path)).json()["data"] == []


async def test_who_read_an_older_version_is_told(workspace: tuple[httpx.AsyncClient, str]) -> None:
    client, path = workspace
    toy = f"/toys/{(await client.post(path, json={'name': 'one'})).json()['data']['id']}"
    tag = (await client.get(toy)).headers["ETag"]
    saved = await client.put(toy, json={"name": "two"}, headers={"If-Match": tag})
    assert (saved.status_code, saved.headers["ETag"] != tag) == (200, True)
    stale = await client.put(toy, json={"name": "three"}, headers={"If-Match": tag})
    assert (stale.status_code, stale.json()["code"]) == (412, "stale_version")
    assert (await client.get(toy)).json()["data"]["name"] == "two"
    assert (
        await client.put(toy, json={"name": "four"}, headers={"If-Match": saved.headers["ETag"]})
    ).status_code == 200


async def test_without_the_header_the_last_write_wins(workspace: tuple[httpx.AsyncClient, str]) -> None:
    client, path = workspace
    toy = f"/toys/{(await client.post(path, json={})).json()['data']['id']}"
    for headers in ({}, {"If-Match": "*"}):
        assert (await client.put(toy, json={"name": "x"}, headers=headers)).status_code == 200


async def test_of_many_who_save_at_once_one_wins(workspace: tuple[httpx.AsyncClient, str]) -> None:
    client, path = workspace
    toy = f"/toys/{(await client.post(path, json={})).json()['data']['id']}"
    tag = (await client.get(toy)).headers["ETag"]
    saves = [client.put(toy, json={"name": f"n{n}"}, headers={"If-Match": tag}) for n in range(10)]
    statuses = sorted([answer.status_code for answer in await asyncio.gather(*saves)])
    assert statuses == [200] + [412] * 9


@pytest.mark.parametrize("tag", ["v1", 'W/"v1"', '"1"', '"v0"', '"v1", "v2"', "", '"v99999999999"'])
async def test_a_tag_that_is_none_of_ours_never_matches(
    workspace: tuple[httpx.AsyncClient, str], tag: str
) -> None:
    client, path = workspace
    toy = f"/toys/{(await client.post(path, json={})).json()['data']['id']}"
    assert (await client.put(toy, json={"name": "x"}, headers={"If-Match": tag})).status_code == 412
