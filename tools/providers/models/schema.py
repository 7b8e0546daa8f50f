"""Turns a pydantic model into the JSON Schema that OpenAI's strict structured output takes, and reads answers back."""

import json
from functools import lru_cache
from typing import Any, TypeVar

from pydantic import BaseModel

from tools.text.cleaning import clean_json

T = TypeVar("T", bound=BaseModel)

MAX_ANSWER_CHARS = 500_000
FORMATS = frozenset({"date-time", "time", "date", "duration", "email", "hostname", "ipv4", "ipv6", "uuid"})
DROPPED = frozenset({"title", "default", "examples", "discriminator", "readOnly", "writeOnly", "deprecated"})
SPOKEN = {
    "minLength": "at least {} characters",
    "maxLength": "at most {} characters",
    "uniqueItems": "no item twice",
}
"""Limits the strict form does not know; they are said in the description and checked when the answer is read."""


@lru_cache(maxsize=64)
def strict_schema(model: type[BaseModel]) -> dict[str, Any]:
    """The model's JSON Schema in strict form: closed objects, every field required, `anyOf` for unions. Not to be changed.

    Raises TypeError for what the strict form can't say: free-form mappings, tuples, untyped values.
    """
    schema = model.model_json_schema(mode="validation")
    definitions = schema.pop("$defs", {})
    if "$ref" in schema:  # a model that holds itself; the root must be an object all the same
        schema = definitions[schema["$ref"].removeprefix("#/$defs/")]
    strict = _strict(schema, definitions, model.__name__)
    if definitions:
        strict["$defs"] = {
            name: _strict(part, definitions, f"{model.__name__}/{name}") for name, part in definitions.items()
        }
    return strict


def read_answer(model: type[T], text: str) -> T:
    """The answer's text as a validated record. Raises ValueError (pydantic's ValidationError is one) when it is not one.

    A Markdown fence around the JSON is taken off; NaN, Infinity, too long and too deep answers are refused.
    """
    if len(text) > MAX_ANSWER_CHARS:
        raise ValueError("the answer is too long")
    try:
        value = DECODER.decode(_without_fence(text))
        return model.model_validate_json(json.dumps(clean_json(value)))
    except RecursionError as error:
        raise ValueError("the answer is nested too deeply") from error


def _strict(node: dict[str, Any], definitions: dict[str, Any], path: str) -> dict[str, Any]:
    node = _resolve_siblings(node, definitions)
    if node.keys() <= {"description", "default", "title"}:
        raise TypeError(f"{path} has no type; a model can't be asked for just anything")
    if "prefixItems" in node or node.get("additionalProperties") not in (None, False):
        raise TypeError(f"{path} is a tuple or a free-form mapping; the strict form needs named fields")
    strict = {key: value for key, value in node.items() if key not in DROPPED and key not in SPOKEN}
    if strict.get("format") not in FORMATS:
        strict.pop("format", None)
    if "(?" in str(strict.get("pattern", "")):
        strict.pop("pattern")  # no look-around in the strict form; the answer is checked when it is read
    _describe_limits(node, strict)
    return _strict_children(strict, definitions, path)


def _strict_children(strict: dict[str, Any], definitions: dict[str, Any], path: str) -> dict[str, Any]:
    options = [*strict.pop("oneOf", []), *strict.pop("anyOf", [])]
    if options:
        strict["anyOf"] = [_strict(option, definitions, path) for option in options]
    if "items" in strict:
        strict["items"] = _strict(strict["items"], definitions, f"{path}[]")
    if strict.get("type") == "object" or "properties" in strict:
        fields = strict.get("properties", {})
        strict["properties"] = {
            name: _strict(field, definitions, f"{path}.{name}") for name, field in fields.items()
        }
        strict["required"] = list(fields)
        strict["additionalProperties"] = False
    return strict


def _resolve_siblings(node: dict[str, Any], definitions: dict[str, Any]) -> dict[str, Any]:
    """A `$ref` may stand alone only; with a description or default beside it, it is replaced by what it names."""
    if len(node.get("allOf", [])) == 1:
        node = {**node["allOf"][0], **{key: value for key, value in node.items() if key != "allOf"}}
    if "$ref" in node and len(node.keys() - DROPPED) > 1:
        target = definitions[node["$ref"].removeprefix("#/$defs/")]
        return {**target, **{key: value for key, value in node.items() if key != "$ref"}}
    return node


def _describe_limits(node: dict[str, Any], strict: dict[str, Any]) -> None:
    limits = [words.format(node[key]) for key, words in SPOKEN.items() if node.get(key)]
    if limits:
        strict["description"] = f"{node.get('description', '')} ({', '.join(limits)})".strip()


def _without_fence(text: str) -> str:
    text = text.strip()
    if text.startswith("```") and text.endswith("```"):
        return text.removeprefix("```").removeprefix("json").removesuffix("```").strip()
    return text


def _refuse_constant(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")


DECODER = json.JSONDecoder(parse_constant=_refuse_constant)
