"""Every route, present and future, comes from the one factory: none misses sign-in, limits or Idempotency-Key."""

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.routing import APIRoute

from api.app import ROUTERS
from api.routing import QuiverRoute, RouteOptions, options_of
from tests.fixtures.document import openapi_document

CALLED_BACK = {"noteWizaCallback"}
"""What providers call: they prove in their own way who they are, and repeat themselves as they like."""

PUBLIC = {"health", "health_head", "ready", "metrics", "note_wiza_callback"}
"""Routes that need no token."""

KEEP_THEIR_OWN_KEY = {
    "chat": "the key names the turn: the same one joins it",
    "stream_chat": "the key names the turn: the same one joins it",
    "stop_chat": "stopping twice stops once",
    "answer_approval": "an approval is answered once, then it is stale",
}
"""POST routes that don't use the general Idempotency-Key, and why."""


def routes() -> list[APIRoute]:
    return [route for router in ROUTERS for route in router.routes if isinstance(route, APIRoute)]


def operations() -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in openapi_document()["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


def test_every_route_comes_from_the_factory() -> None:
    others = [route for router in ROUTERS for route in router.routes if not isinstance(route, QuiverRoute)]
    assert others == []


def test_only_known_routes_need_no_token() -> None:
    assert {route.name for route in routes() if options_of(route.endpoint).public} == PUBLIC


def test_every_post_keeps_an_idempotency_key_but_known_ones() -> None:
    exempt = {
        route.name
        for route in routes()
        if "POST" in route.methods and not options_of(route.endpoint).idempotent
    }
    assert exempt <= set(KEEP_THEIR_OWN_KEY)


def test_only_reading_takes_tickets() -> None:
    assert all(route.methods == {"GET"} for route in routes() if options_of(route.endpoint).ticket)


def test_options_are_safe_when_nothing_is_said() -> None:
    assert RouteOptions() == RouteOptions(
        public=False, ticket=False, body="json", idempotent=True, limit=None
    )


def test_operation_ids_are_unique_method_names() -> None:
    ids = [operation["operationId"] for _, _, operation in operations()]
    assert len(ids) == len(set(ids))
    assert all(name.isidentifier() and name[0].islower() and "_" not in name for name in ids)


def test_every_operation_says_what_it_does_and_what_can_go_wrong() -> None:
    for path, method, operation in operations():
        assert operation.get("description"), f"{method} {path} has no docstring"
        if operation["tags"] == ["health"]:
            continue
        if operation["operationId"] not in CALLED_BACK:
            assert operation["security"], f"{method} {path} needs no token"
        missing = {"401", "403", "404", "409", "413", "422", "429", "503"} - set(operation["responses"])
        assert not missing, f"{method} {path} does not declare {missing}"


def test_every_post_documents_its_idempotency_key() -> None:
    for path, method, operation in operations():
        if method == "post" and operation["operationId"] not in CALLED_BACK:
            names = {parameter["name"] for parameter in operation.get("parameters", [])}
            assert "Idempotency-Key" in names, path


def test_every_field_of_every_schema_has_a_description() -> None:
    schemas = openapi_document()["components"]["schemas"]
    bare = [
        f"{name}.{field}"
        for name, schema in schemas.items()
        for field, details in schema.get("properties", {}).items()
        if not details.get("description")
    ]
    assert bare == []


def test_the_bearer_token_is_the_only_way_in() -> None:
    schemes = openapi_document()["components"]["securitySchemes"]
    assert [(scheme["type"], scheme["scheme"]) for scheme in schemes.values()] == [("http", "bearer")]


@pytest.mark.parametrize("path", ["/auth/me", "/auth/stream-tickets", "/health", "/ready"])
def test_the_document_lists(path: str) -> None:
    assert path in openapi_document()["paths"]
