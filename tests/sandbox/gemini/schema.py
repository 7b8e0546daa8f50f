"""Schemas of structured answers: Google's own form (`responseSchema`) and JSON Schema (`responseJsonSchema`)."""

from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import SchemaError

from tests.sandbox.gemini.names import camel
from tests.sandbox.gemini.refused import invalid, unknown_field

MIME_TYPES = {None, "text/plain", "application/json", "text/x.enum"}
TYPES = {"STRING", "NUMBER", "INTEGER", "BOOLEAN", "ARRAY", "OBJECT", "NULL"}
KEPT = {
    "description",
    "enum",
    "format",
    "required",
    "title",
    "default",
    "pattern",
    "minimum",
    "maximum",
    "minItems",
    "maxItems",
    "minLength",
    "maxLength",
    "minProperties",
    "maxProperties",
}
"""Fields that mean the same in JSON Schema."""
NUMBERS = {"minItems", "maxItems", "minLength", "maxLength", "minProperties", "maxProperties"}
IGNORED = {"example", "propertyOrdering", "additionalProperties"}


def answer_schema(config: dict[str, Any]) -> dict[str, Any] | None:
    """The JSON Schema the answer has to fill; None for a text. Raises Refused for a schema Gemini would not take."""
    mime, own, given = (
        config.get(name) for name in ("responseMimeType", "responseSchema", "responseJsonSchema")
    )
    if mime not in MIME_TYPES:
        raise invalid(
            "* GenerateContentRequest.generation_config.response_mime_type: allowed mimetypes are "
            "`text/plain`, `application/json`, `application/xml`, `application/yaml` and `text/x.enum`.\n"
        )
    if own is not None and given is not None:
        raise invalid("Only one of response_schema and response_json_schema may be set.")
    if own is None and given is None:
        return {"type": "object"} if mime == "application/json" else None
    if mime not in {"application/json", "text/x.enum"}:
        raise invalid(
            "Unable to submit request: a response schema needs response_mime_type application/json."
        )
    return json_schema(own, "generation_config.response_schema") if own is not None else _checked(given)


def json_schema(schema: Any, where: str) -> dict[str, Any]:
    """Google's Schema as JSON Schema. Raises Refused for a field or type it doesn't have."""
    if not isinstance(schema, dict):
        raise invalid(f"Invalid value at '{where}': expected a schema.")
    found: dict[str, Any] = {}
    for given, value in schema.items():
        name = camel(given)
        if name in KEPT:
            found[name] = int(value) if name in NUMBERS else value
        elif name == "type":
            found["type"] = _type(value, where)
        elif name == "items":
            found["items"] = json_schema(value, f"{where}.items")
        elif name == "properties":
            found["properties"] = {
                key: json_schema(child, f"{where}.properties[{number}].value")
                for number, (key, child) in enumerate(value.items())
            }
        elif name == "anyOf":
            found["anyOf"] = [json_schema(child, f"{where}.any_of") for child in value]
        elif name not in {*IGNORED, "nullable"}:
            raise unknown_field(given, where)
    _complete(found, where)
    return {"anyOf": [found, {"type": "null"}]} if schema.get("nullable") else found


def _complete(schema: dict[str, Any], where: str) -> None:
    """Raises Refused for the two mistakes Gemini names itself."""
    if schema.get("type") == "array" and "items" not in schema:
        raise invalid(f"* GenerateContentRequest.{where}.items: missing field.\n")
    if unknown := set(schema.get("required") or []) - set(schema.get("properties") or {}):
        raise invalid(
            f"* GenerateContentRequest.{where}.required[0]: property is not defined: {min(unknown)}\n"
        )


def _type(value: Any, where: str) -> str:
    if str(value).upper() not in TYPES:
        raise invalid(f"Invalid value at '{where}.type' (type.googleapis.com/google.ai.Type), \"{value}\"")
    return str(value).lower()


def _checked(schema: Any) -> dict[str, Any]:
    if not isinstance(schema, dict):
        raise invalid("Invalid value at 'generation_config.response_json_schema': expected a schema.")
    try:
        Draft202012Validator.check_schema(schema)
    except SchemaError as error:
        raise invalid(f"Invalid JSON schema: {error.message}") from error
    _lonely_references(schema)
    return schema


def _lonely_references(node: Any) -> None:
    """Beside $ref nothing may stand but what begins with $. Raises Refused."""
    if isinstance(node, list):
        for item in node:
            _lonely_references(item)
    elif isinstance(node, dict):
        if isinstance(node.get("$ref"), str) and any(not name.startswith("$") for name in node):
            raise invalid("A schema with $ref has no other properties, except for those that start with $.")
        for item in node.values():
            _lonely_references(item)
