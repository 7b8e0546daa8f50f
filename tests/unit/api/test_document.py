"""The OpenAPI document is one a stranger can work from."""

from collections.abc import Iterator
from typing import Any

from jsonschema import Draft202012Validator

from api.document import EXAMPLES
from tests.fixtures.document import openapi_document

FORMATS = Draft202012Validator.FORMAT_CHECKER


def _operations() -> Iterator[tuple[str, dict[str, Any]]]:
    for path, operations in openapi_document()["paths"].items():
        for method, operation in operations.items():
            yield f"{method.upper()} {path}", operation


def _has_example(schema: dict[str, Any]) -> bool:
    if reference := schema.get("$ref"):
        schema = openapi_document()["components"]["schemas"][reference.rpartition("/")[2]]
    forms = schema.get("oneOf") or schema.get("anyOf") or []
    return "example" in schema or "examples" in schema or bool(forms and all(map(_has_example, forms)))


def test_every_body_has_an_example() -> None:
    without = [
        name
        for name, operation in _operations()
        for content in operation.get("requestBody", {}).get("content", {}).values()
        if "example" not in content and not _has_example(content["schema"])
    ]
    assert without == []


def _examples() -> Iterator[tuple[str, Any, dict[str, Any]]]:
    """Every example with its place and its schema."""
    for name, operation in _operations():
        for content in operation.get("requestBody", {}).get("content", {}).values():
            if "example" in content:
                yield f"{name} request", content["example"], content["schema"]
        for code, answer in operation["responses"].items():
            for content in answer.get("content", {}).values():
                if "example" in content and content.get("schema"):
                    yield f"{name} {code}", content["example"], content["schema"]
    for name, schema in openapi_document()["components"]["schemas"].items():
        if "example" in schema:
            yield name, schema["example"], schema


def test_every_success_has_an_example() -> None:
    without = [
        (name, code)
        for name, operation in _operations()
        for code, answer in operation["responses"].items()
        if code.startswith("2")
        for content in answer.get("content", {}).values()
        if content.get("example") in (None, "", {}, [])
    ]
    assert without == []


def test_every_example_is_what_its_schema_says() -> None:
    wrong = []
    for place, example, schema in _examples():
        whole = {**schema, "components": openapi_document()["components"]}
        wrong += [
            f"{place}: {error.json_path} {error.message[:200]}"
            for error in Draft202012Validator(whole, format_checker=FORMATS).iter_errors(example)
        ]
    assert wrong == []


def test_no_example_is_of_an_operation_that_is_gone() -> None:
    assert EXAMPLES.keys() <= {operation["operationId"] for _, operation in _operations()}


def test_every_parameter_says_what_it_is() -> None:
    bare = [
        (name, parameter["name"])
        for name, operation in _operations()
        for parameter in operation.get("parameters", ())
        if not parameter.get("description")
    ]
    assert bare == []


def test_what_generated_outreach_always_sends_is_required() -> None:
    """A field that is null when there is nothing to say is sent all the same: a client need not ask whether it is there."""
    schemas = openapi_document()["components"]["schemas"]
    for name in ("AiOutreachRead", "AiBatchItem", "GeneratedOutreach"):
        assert schemas[name]["properties"].keys() == set(schemas[name].get("required", ())), name


def test_every_failure_is_a_problem_document() -> None:
    for name, operation in _operations():
        if operation["tags"] == ["health"]:
            continue
        failures = {code: answer for code, answer in operation["responses"].items() if code >= "400"}
        assert {"401", "403", "404", "422", "429", "500", "503"} <= failures.keys(), name
        for answer in failures.values():
            assert list(answer["content"]) == ["application/problem+json"], name
