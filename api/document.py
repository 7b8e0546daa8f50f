"""What the OpenAPI document says beyond what models and routes say themselves: ids in paths, and bodies of several forms."""

from typing import Any

from api.problem_schema import Problem

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
    """The document with the problem document among its schemas, every path parameter described, every body with an example."""
    schemas = document.setdefault("components", {}).setdefault("schemas", {})
    if "Problem" in schemas:
        return document
    problem = Problem.model_json_schema(mode="serialization", ref_template="#/components/schemas/{model}")
    schemas |= problem.pop("$defs") | {"Problem": {**problem, "example": PROBLEM_EXAMPLE}}
    for operations in document["paths"].values():
        for operation in operations.values():
            _describe(operation)
    return document


def _describe(operation: Document) -> None:
    for parameter in operation.get("parameters", ()):
        if parameter["in"] == "path" and not parameter.get("description"):
            name = parameter["name"].removesuffix("_id").replace("_", " ")
            parameter["description"] = f"The {name}'s id."
    example = EXAMPLES.get(operation["operationId"])
    for content in operation.get("requestBody", {}).get("content", {}).values():
        if example is not None:
            content["example"] = example
