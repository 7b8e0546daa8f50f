"""Every operation of the OpenAPI document, tried by everybody, against the table of who may do what."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import product
from typing import Any

import httpx
import pytest

from persistence.models.workspace import ProjectRole
from tests.contract.access_table import ROWS, Row
from tests.contract.access_world import ACTORS, Things, World, make_world
from tests.fixtures.api import Api
from tests.fixtures.document import openapi_document
from tools.access import ROLE_RANK

METHODS = ("get", "post", "put", "patch", "delete")
NO_JOB = "00000000-0000-4000-8000-000000000000"
NOBODY_HAS = {"sid": 2**62, "job_id": NO_JOB, "export_id": NO_JOB}
ID_NAME = re.compile(r".*Ids?$")


@pytest.fixture(scope="module")
async def world(api: Api) -> World:
    """The callers."""
    return await make_world(api)


@pytest.fixture(scope="module")
async def untouched(world: World) -> tuple[Things, Things]:
    """Things of both tenants, for calls that are refused and so change nothing: made once, as they are many."""
    return await world.arrange()


@cache
def operations() -> dict[str, dict[str, Any]]:
    """The document's operations by method and path."""
    return {
        f"{method.upper()} {path}": methods[method]
        for path, methods in openapi_document()["paths"].items()
        for method in METHODS
        if method in methods
    }


async def _call(
    client: httpx.AsyncClient, operation: str, things: Things, changed: Mapping[str, Any] | None = None
) -> httpx.Response:
    """The operation's call on these things; `changed` replaces ids of path, body or query."""
    row = ROWS[operation]
    method, path = operation.split(" ", 1)
    changed = changed or {}
    named = {name: changed.get(name, things[thing]) for name, thing in row.ids.items()}
    asked = {parameter["name"] for parameter in operations()[operation].get("parameters", ())}
    body = row.body(things) if callable(row.body) else row.body
    if body is not None:
        body = {**body, **{name: value for name, value in named.items() if name not in asked}}
    query = {**row.query, **{name: value for name, value in named.items() if name in asked}}
    places = {name: changed.get(name, things[name]) for name in re.findall(r"{(\w+)}", path)}
    sent: dict[str, Any] = (
        {"json": body} if row.file is None else {"files": {"file": ("table.csv", row.file)}}
    )
    return await client.request(
        method, path.format(**places), params=query, headers=dict(row.headers), **sent
    )


def _expected(row: Row, actor: str) -> int:
    if row.public:
        return row.success
    if actor == "no token":
        return 401
    if row.minimum is None:
        return row.success
    if actor == "foreign tenant":
        return 404
    return row.success if ROLE_RANK[ProjectRole(actor)] >= ROLE_RANK[row.minimum] else 403


def test_every_operation_has_a_row_and_every_row_an_operation() -> None:
    assert operations().keys() == ROWS.keys()


def test_the_document_says_which_operations_need_a_token() -> None:
    for operation, row in ROWS.items():
        assert bool(operations()[operation].get("security")) == (not row.public), operation


@pytest.mark.parametrize("operation", sorted(ROWS))
async def test_everybody_gets_what_the_table_says(
    world: World, untouched: tuple[Things, Things], operation: str
) -> None:
    expected = {actor: _expected(ROWS[operation], actor) for actor in ACTORS}
    answers = {}
    for actor, status in expected.items():
        ours, _ = await world.arrange() if _changes(operation, status) else untouched
        answers[actor] = await _call(world.clients[actor], operation, ours)
    seen = {actor: answer.status_code for actor, answer in answers.items()}
    assert seen == expected, {actor: answer.text for actor, answer in answers.items()}


def _changes(operation: str, status: int) -> bool:
    """Whether the call is let through and may leave its things otherwise than they were."""
    return not operation.startswith("GET ") and status == ROWS[operation].success


CONCERNS_A_WORKSPACE = sorted(name for name, row in ROWS.items() if row.minimum is not None)


@pytest.mark.parametrize("operation", [name for name in CONCERNS_A_WORKSPACE if "{" in name])
async def test_what_is_foreign_and_what_never_was_look_the_same(
    world: World, untouched: tuple[Things, Things], operation: str
) -> None:
    ours, theirs = untouched
    for name in re.findall(r"{(\w+)}", operation):
        if name == "approval_id":
            continue
        foreign = await _call(world.clients["owner"], operation, ours, {name: theirs[name]})
        absent = await _call(world.clients["owner"], operation, ours, {name: NOBODY_HAS.get(name, 2**62)})
        assert foreign.status_code == absent.status_code == 404, (name, foreign.text, absent.text)
        assert foreign.json() == absent.json()


WITH_IDS = [(operation, name) for operation in CONCERNS_A_WORKSPACE for name in ROWS[operation].ids]


@pytest.mark.parametrize(("operation", "name"), WITH_IDS)
async def test_a_foreign_id_in_a_body_or_query_does_not_exist(
    world: World, untouched: tuple[Things, Things], operation: str, name: str
) -> None:
    ours, theirs = untouched
    answer = await _call(world.clients["owner"], operation, ours, {name: theirs[ROWS[operation].ids[name]]})
    assert answer.status_code == 404, answer.text


def test_every_id_in_a_body_or_query_is_in_the_table() -> None:
    for operation, row in ROWS.items():
        assert set(_ids_of(operations()[operation])) == {*row.ids, *row.no_ids}, operation
        assert all(row.no_ids.values()), f"{operation}: say why nothing can leak by it"


def _ids_of(operation: Mapping[str, Any]) -> Iterator[str]:
    """The names of ids that a client sends in query or body."""
    for parameter in operation.get("parameters", ()):
        if parameter["in"] == "query" and ID_NAME.fullmatch(parameter["name"]):
            yield parameter["name"]
    for content in operation.get("requestBody", {}).get("content", {}).values():
        yield from _ids_in(content["schema"], set())


def _ids_in(schema: Any, seen: set[str]) -> Iterator[str]:
    """The names of ids in a schema, references followed once."""
    if isinstance(schema, list):
        for part in schema:
            yield from _ids_in(part, seen)
    if not isinstance(schema, dict):
        return
    reference = schema.get("$ref")
    if reference is not None and reference not in seen:
        seen.add(reference)
        yield from _ids_in(openapi_document()["components"]["schemas"][reference.rpartition("/")[2]], seen)
    for name, field in schema.get("properties", {}).items():
        if ID_NAME.fullmatch(name):
            yield name
        yield from _ids_in(field, seen)
    for keyword in ("anyOf", "oneOf", "allOf", "items", "prefixItems", "additionalProperties"):
        yield from _ids_in(schema.get(keyword), seen)


ODD = ("0", "-1", "9223372036854775808", "1.0", "1e3", "+1", "abc", "%00", "1%00", "%ed%a0%80", "۱")


@pytest.mark.parametrize("operation", sorted(name for name in ROWS if "{" in name))
async def test_an_odd_id_in_the_path_is_a_clients_error(
    world: World, untouched: tuple[Things, Things], operation: str
) -> None:
    ours, _ = untouched
    for name, odd in product(re.findall(r"{(\w+)}", operation), ODD):
        answer = await _call(world.clients["owner"], operation, ours, {name: odd})
        assert 400 <= answer.status_code < 500, (name, odd, answer.status_code, answer.text)
        assert answer.headers["content-type"] == "application/problem+json"
