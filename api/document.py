"""What the OpenAPI document says beyond what models and routes say themselves: ids in paths, and bodies of several forms."""

from typing import Any

from pydantic import BaseModel

from api.document_examples import completed, example_of
from api.problem_schema import Problem
from api.streaming.parts import STREAM_MODELS

Document = dict[str, Any]

EXAMPLES: dict[str, dict[str, Any]] = {
    "createStreamTicket": {"path": "/jobs/018f2c5e-7d1a-4c1e-9b57-0d2f3a4b5c6d/events"},
    "scrapeWebsite": {"url": "https://acme.example", "workspaceId": 3, "depth": 1},
    "scrapeWebsiteAlias": {"url": "https://acme.example"},
    "chat": {"message": "We sell month-end software to finance teams.", "sessionId": 12},
    "streamChat": {"messages": [{"role": "user", "content": "We sell to finance teams."}]},
    "stopChat": {"messageId": "msg_1"},
    "importLeads": {
        "file": "Name,E-mail\nAda Lovelace,ada@engines.example\n",
        "mapping": '{"Name": "fullName"}',
    },
    "importSuppressions": {"file": "email,reason\nkim@example.com,opt_out\n", "reason": "opt_out"},
}
"""An example for each body whose model has none, by operation."""

STREAM_EXAMPLE = (
    'id: 1.1.1\ndata: {"type":"start","messageId":"7e4d379f-10cf-4861-8df6-8cb4e646d3c3"}\n\n'
    'id: 1.2.1\ndata: {"type":"text-delta","id":"t1","delta":"Who asks"}\n\ndata: [DONE]\n\n'
)

PROBLEM_EXAMPLE = {
    "type": "urn:quiver:problem:invalid",
    "title": "Unprocessable Entity",
    "status": 422,
    "code": "invalid",
    "detail": "The request is not valid.",
    "errors": [{"pointer": "/name", "reason": "String should have at least 1 character"}],
    "success": False,
    "message": "The request is not valid.",
    "data": None,
}


def complete(document: Document) -> Document:
    """The document with the problem document among its schemas, every path parameter described, bodies and answers with an example."""
    schemas = document.setdefault("components", {}).setdefault("schemas", {})
    if "Problem" in schemas:
        return document
    _add(schemas, Problem)
    schemas["Problem"]["example"] = PROBLEM_EXAMPLE
    for model in STREAM_MODELS:
        _add(schemas, model)
    for schema in schemas.values():
        if "example" in schema:
            schema["example"] = completed(schema["example"], schema, schemas)
    for operations in document["paths"].values():
        for operation in operations.values():
            _describe(operation)
            _show_answers(operation, schemas)
    return document


def _add(schemas: Document, model: type[BaseModel]) -> None:
    """Put a model that no route names, and those in it, beside the others."""
    schema = model.model_json_schema(mode="serialization", ref_template="#/components/schemas/{model}")
    for name, part in {**schema.pop("$defs", {}), model.__name__: schema}.items():
        schemas.setdefault(name, part)


def _describe(operation: Document) -> None:
    for parameter in operation.get("parameters", ()):
        if parameter["in"] == "path" and not parameter.get("description"):
            name = parameter["name"].removesuffix("_id").replace("_", " ")
            parameter["description"] = f"The {name}'s id."
    example = EXAMPLES.get(operation["operationId"])
    for content in operation.get("requestBody", {}).get("content", {}).values():
        if example is not None:
            content["example"] = example


def _show_answers(operation: Document, schemas: Document) -> None:
    """Give each success an example, put together from those of the models in it."""
    for status, answer in operation["responses"].items():
        if not status.startswith("2"):
            continue
        for kind, content in answer.get("content", {}).items():
            if kind == "text/event-stream":
                content.setdefault("example", STREAM_EXAMPLE)
            elif kind == "application/json":
                content["example"] = content.get("example") or example_of(content["schema"], schemas)
