"""Bodies that break other services: each gets its stated 4xx, never a 500."""

import json
from typing import Any

import httpx
import pytest

from tests.fixtures.api import Api

JSON = {"Content-Type": "application/json"}


@pytest.fixture(scope="module")
def client(toy_api: Api) -> httpx.AsyncClient:
    return toy_api.client()


def nested(depth: int) -> Any:
    """An object whose innermost value is `depth` levels down."""
    value: Any = 1
    for _ in range(depth):
        value = {"a": value}
    return value


REFUSED: dict[str, tuple[bytes, str]] = {
    "NaN": (b'{"price": NaN}', "/price"),
    "NaN in free-form JSON": (b'{"parts": {"a": [1, NaN]}}', "/parts/a/1"),
    "Infinity": (b'{"price": Infinity}', "/price"),
    "minus Infinity": (b'{"price": -Infinity}', "/price"),
    "a float past all bounds": (b'{"price": 1e999}', "/price"),
    "NUL in a field": (b'{"name": "a\\u0000b"}', "/name"),
    "NUL in free-form JSON": (b'{"parts": {"a": {"b": "\\u0000"}}}', "/parts/a/b"),
    "NUL in a key": (b'{"parts": {"a\\u0000": 1}}', "/parts"),
    "a lone surrogate": (b'{"name": "\\ud800"}', "/name"),
    "a lone low surrogate": (b'{"name": "x\\udc00"}', "/name"),
    "a lone surrogate in free-form JSON": (b'{"parts": {"a": ["\\udfff"]}}', "/parts/a/0"),
    "a lone surrogate in a key": (b'{"parts": {"\\ud800": 1}}', "/parts"),
    "a lone surrogate in an unknown field": (b'{"\\ud800": "\\ud800"}', ""),
    "an id past int64": (b'{"experimentId": 9223372036854775808}', "/experimentId"),
    "an id past uint64": (b'{"experimentId": 18446744073709551616}', "/experimentId"),
    "an id of a thousand digits": (b'{"experimentId": ' + b"9" * 1000 + b"}", "/experimentId"),
    "a number of 5,000 digits": (b'{"parts": {"a": ' + b"9" * 5000 + b"}}", "/parts/a"),
    "a number past int64 in free-form JSON": (b'{"parts": {"a": 9223372036854775808}}', "/parts/a"),
    "a number below int64": (b'{"parts": {"a": -9223372036854775809}}', "/parts/a"),
    "an int past int32": (b'{"size": 2147483648}', "/size"),
    "id zero": (b'{"experimentId": 0}', "/experimentId"),
    "id negative": (b'{"experimentId": -1}', "/experimentId"),
    "id as text": (b'{"experimentId": "5"}', "/experimentId"),
    "id as float": (b'{"experimentId": 5.0}', "/experimentId"),
    "id as true": (b'{"experimentId": true}', "/experimentId"),
    "number as text": (b'{"size": "5"}', "/size"),
    "flag as number": (b'{"loud": 1}', "/loud"),
    "flag as text": (b'{"loud": "yes"}', "/loud"),
    "an unknown field": (b'{"ownerUserId": 5}', "/ownerUserId"),
    "a snake_case stranger": (b'{"client_id": 5}', "/client_id"),
    "an array for an object": (b"[]", ""),
    "text for an object": (b'"x"', ""),
    "null for an object": (b"null", ""),
    "a number for an object": (b"5", ""),
    "an empty name": (b'{"name": "  "}', "/name"),
    "a name of 201 characters": (json.dumps({"name": "n" * 201}).encode(), "/name"),
    "a name with a line break": (b'{"name": "a\\nb"}', "/name"),
    "a name with a direction override": (b'{"name": "a\\u202eb"}', "/name"),
    "33 levels": (json.dumps({"parts": nested(32)}).encode(), "/parts" + "/a" * 31),
    "900 levels": (json.dumps({"parts": nested(900)}).encode(), "/parts" + "/a" * 31),
    "100,000 open brackets": (b"[" * 100_000, ""),
    "100,000 levels": (b"[" * 100_000 + b"]" * 100_000, ""),
    "broken JSON": (b'{"name": ', ""),
    "a trailing comma": (b'{"name": "x",}', ""),
    "single quotes": (b"{'name': 'x'}", ""),
    "invalid UTF-8": (b'{"name": "\xff\xfe"}', ""),
    "an overlong NUL": (b'{"name": "\xc0\x80"}', ""),
    "a surrogate in UTF-8": (b'{"name": "\xed\xa0\x80"}', ""),
    "UTF-16": ('{"name": "x"}'.encode("utf-16"), ""),
    "a byte order mark": (b'\xef\xbb\xbf{"name": "x"}', ""),
}


@pytest.mark.parametrize("case", REFUSED)
async def test_a_bad_body_is_refused_with_a_pointer(client: httpx.AsyncClient, case: str) -> None:
    body, pointer = REFUSED[case]
    answer = await client.post("/toys", content=body, headers=JSON)
    assert answer.status_code == 422, answer.text
    problem = answer.json()
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert [error["pointer"] for error in problem["errors"]][:1] == [pointer], problem
    assert (problem["success"], problem["data"], problem["code"]) == (False, None, "invalid")


ACCEPTED: dict[str, bytes] = {
    "nothing sent": b"{}",
    "the largest id": b'{"experimentId": 9223372036854775807}',
    "the largest number": b'{"parts": {"a": 9223372036854775807, "b": -9223372036854775808}}',
    "an emoji": '{"name": "👩‍🚀"}'.encode().replace("\u200d".encode(), b""),
    "a surrogate pair": b'{"name": "\\ud83d\\ude80"}',
    "other scripts": '{"name": "Żółć 日本 العربية"}'.encode(),
    "32 levels": json.dumps({"parts": nested(31)}).encode(),
    "a repeated key: the last one counts": b'{"name": "first", "name": "last"}',
    "control characters in free-form text": b'{"parts": {"a": "line\\nline\\ttab"}}',
    "the Python name": b'{"experiment_id": 5}',
}


@pytest.mark.parametrize("case", ACCEPTED)
async def test_a_good_body_reaches_postgres(client: httpx.AsyncClient, case: str) -> None:
    answer = await client.post("/toys", content=ACCEPTED[case], headers=JSON)
    assert answer.status_code == 201, answer.text
    if "repeated" in case:
        assert answer.json()["data"]["name"] == "last"


async def test_a_refusal_never_repeats_what_was_sent(client: httpx.AsyncClient) -> None:
    answer = await client.post("/toys", json={"name": {"secret": "hunter2"}, "size": "hunter2"})
    assert answer.status_code == 422
    assert "hunter2" not in answer.text


@pytest.mark.parametrize(
    ("path", "size", "status"),
    [
        ("/toys", 1024 * 1024, 201),
        ("/toys", 1024 * 1024 + 1, 413),
        ("/toys", 10 * 1024 * 1024, 413),
        ("/toys/batch", 2 * 1024 * 1024, 200),
        ("/toys/batch", 2 * 1024 * 1024 + 1, 413),
        ("/toys/chat", 8 * 1024 * 1024, 200),
        ("/toys/chat", 8 * 1024 * 1024 + 1, 413),
    ],
)
@pytest.mark.parametrize("announced", [True, False])
async def test_a_body_may_be_so_large(
    client: httpx.AsyncClient, path: str, size: int, status: int, announced: bool
) -> None:
    body = b'{"parts": {"a": "' + b"x" * (size - 20) + b'"}}'
    content = body if announced else _chunks(body)
    answer = await client.post(path, content=content, headers=JSON)
    assert answer.status_code == status, answer.text[:300]
    if status == 413:
        assert answer.json()["code"] == "body_too_large"


async def _chunks(body: bytes) -> Any:
    for start in range(0, len(body), 65_536):
        yield body[start : start + 65_536]


@pytest.mark.parametrize(
    "kind",
    ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "", "application/jsonx"],
)
async def test_another_content_type_is_415(client: httpx.AsyncClient, kind: str) -> None:
    answer = await client.post("/toys", content=b'{"name": "x"}', headers={"Content-Type": kind})
    assert (answer.status_code, answer.json()["code"]) == (415, "unsupported_media_type")


@pytest.mark.parametrize(
    "kind", ["application/json", "Application/JSON; charset=utf-8", "application/merge-patch+json"]
)
async def test_json_content_types_are_taken(client: httpx.AsyncClient, kind: str) -> None:
    answer = await client.post("/toys", content=b"{}", headers={"Content-Type": kind})
    assert answer.status_code == 201


async def test_a_missing_body_is_422(client: httpx.AsyncClient) -> None:
    assert (await client.post("/toys")).status_code == 422


@pytest.mark.parametrize(
    "word",
    [
        "+5",
        " 5",
        "5 ",
        "1_000",
        "5.0",
        "0",
        "-1",
        "05",
        "9223372036854775808",
        "9" * 400,
        "٥",
        "%35%00",
        "x",
        "1e3",
        "0x5",
        "null",
        "true",
    ],
)
async def test_an_odd_id_in_the_path_is_refused(client: httpx.AsyncClient, word: str) -> None:
    answer = await client.get(f"/toys/{word}")
    assert answer.status_code in {404, 422}, answer.text
    assert answer.headers["Content-Type"] == "application/problem+json"


async def test_an_id_nobody_has_is_404(client: httpx.AsyncClient) -> None:
    assert (await client.get("/toys/9223372036854775807")).status_code == 404


@pytest.mark.parametrize(
    "query",
    ["limit=0", "limit=1001", "limit=-1", "limit=%2B5", "limit=5.0", "limit=1_0", "limit=9223372036854775808", "limit=",
     "cursor=x", "cursor=%00", "cursor=" + "A" * 3000, "cursor=%F0%9F", "cursor=W10", "count=maybe"],
)  # fmt: skip
async def test_odd_paging_is_422(toy_api: Api, query: str) -> None:
    client = toy_api.client()
    workspace = (await client.get("/auth/me")).json()["data"]["workspaces"][0]["id"]
    answer = await client.get(f"/workspaces/{workspace}/toys?{query}")
    assert answer.status_code == 422, answer.text
