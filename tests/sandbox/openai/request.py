"""A chat completion request: checked as OpenAI checks it, and refusals in OpenAI's envelope."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import SchemaError
from starlette.responses import JSONResponse

ROLES = {"system", "developer", "user", "assistant", "tool", "function"}


class Refused(Exception):  # noqa: N818 - it is an answer, not a fault of the program
    """A request OpenAI would refuse."""

    def __init__(
        self, status: int, message: str, *, kind: str, code: str | None = None, param: str | None = None
    ) -> None:
        super().__init__(message)
        self.status, self.message, self.kind, self.code, self.param = status, message, kind, code, param

    def as_json(self) -> dict[str, Any]:
        """The refusal in OpenAI's envelope."""
        error = {"message": self.message, "type": self.kind, "param": self.param, "code": self.code}
        return {"error": error}

    def response(self, **headers: str) -> JSONResponse:
        """The refusal as an answer."""
        return JSONResponse(self.as_json(), self.status, headers)


@dataclass
class ChatRequest:
    """What is asked: messages, tools, the schema to fill, and how to answer."""

    model: str
    messages: list[dict[str, Any]]
    stream: bool = False
    include_usage: bool = False
    tools: list[dict[str, Any]] = field(default_factory=list)
    tool_choice: str | None = "auto"
    """auto, none, required, or the name of the one tool."""
    schema: dict[str, Any] | None = None
    max_tokens: int | None = None

    @property
    def kind(self) -> str:
        """structured, tools or text: for counting calls."""
        if self.schema is not None:
            return "structured"
        return "tools" if self.tools and self.tool_choice != "none" else "text"


def parse(body: Any) -> ChatRequest:
    """Check a request body. Raises Refused with 400."""
    if not isinstance(body, dict):
        raise _invalid("We could not parse the JSON body of your request.", None)
    if not isinstance(body.get("model"), str) or not body["model"]:
        raise _invalid("you must provide a model parameter", "model")
    messages = _messages(body.get("messages"))
    tools = _tools(body.get("tools") or [])
    limit = body.get("max_completion_tokens", body.get("max_tokens"))
    if limit is not None and (not isinstance(limit, int) or limit < 1):
        raise _invalid(
            f"Invalid 'max_tokens': expected an integer of at least 1, got {limit!r}.", "max_tokens"
        )
    options = body.get("stream_options") or {}
    if options and not body.get("stream"):
        raise _invalid(
            "The 'stream_options' parameter is only allowed when 'stream' is enabled.", "stream_options"
        )
    return ChatRequest(
        model=body["model"],
        messages=messages,
        stream=bool(body.get("stream")),
        include_usage=bool(options.get("include_usage")),
        tools=tools,
        tool_choice=_tool_choice(body.get("tool_choice"), tools),
        schema=_schema(body.get("response_format"), messages),
        max_tokens=limit,
    )


def _messages(messages: Any) -> list[dict[str, Any]]:
    if not isinstance(messages, list) or not messages:
        raise _invalid(
            "Invalid 'messages': empty array. Expected an array with minimum length 1.", "messages"
        )
    pending: set[str] = set()
    for number, message in enumerate(messages):
        where = f"messages[{number}]"
        if not isinstance(message, dict) or message.get("role") not in ROLES:
            raise _invalid(f"Invalid value for '{where}.role'.", f"{where}.role")
        if message["role"] == "tool":
            if message.get("tool_call_id") not in pending:
                raise _invalid(
                    "messages with role 'tool' must be a response to a preceeding message with 'tool_calls'.",
                    where,
                )
            pending.discard(message["tool_call_id"])
            continue
        if pending:
            raise _invalid(
                "An assistant message with 'tool_calls' must be followed by tool messages responding to each 'tool_call_id'.",
                where,
            )
        pending = {call.get("id") for call in message.get("tool_calls") or []}
        if message.get("content") is None and not message.get("tool_calls"):
            raise _invalid(
                f"Invalid value for '{where}.content': expected a string, got null.", f"{where}.content"
            )
    if pending:
        raise _invalid(
            "An assistant message with 'tool_calls' must be followed by tool messages.", "messages"
        )
    return messages


def _tools(tools: Any) -> list[dict[str, Any]]:
    for number, tool in enumerate(tools):
        if (
            not isinstance(tool, dict)
            or not isinstance(tool.get("function"), dict)
            or not tool["function"].get("name")
        ):
            raise _invalid(
                f"Missing required parameter: 'tools[{number}].function.name'.", f"tools[{number}]"
            )
    return [tool["function"] for tool in tools]


def _tool_choice(choice: Any, tools: list[dict[str, Any]]) -> str | None:
    if isinstance(choice, dict):
        name = (choice.get("function") or {}).get("name")
        if name not in {tool["name"] for tool in tools}:
            raise _invalid(f"Tool choice '{name}' not found in 'tools' parameter.", "tool_choice")
        return str(name)
    if choice in {"required", "any"}:
        return "required"
    return "none" if choice == "none" else "auto"


def _schema(response_format: Any, messages: list[dict[str, Any]]) -> dict[str, Any] | None:
    if response_format is None or response_format.get("type") == "text":
        return None
    if response_format.get("type") == "json_object":
        if "json" not in str(messages).lower():
            raise _invalid(
                "'messages' must contain the word 'json' in some form, to use 'response_format' of type 'json_object'.",
                "messages",
            )
        return {"type": "object"}
    if response_format.get("type") != "json_schema":
        raise _invalid("Invalid value: 'response_format.type'.", "response_format.type")
    wrapper = response_format.get("json_schema") or {}
    schema = wrapper.get("schema")
    if not isinstance(schema, dict) or not wrapper.get("name"):
        raise _invalid(
            "Missing required parameter: 'response_format.json_schema'.", "response_format.json_schema"
        )
    try:
        Draft202012Validator.check_schema(schema)
    except SchemaError as error:
        raise _invalid(f"Invalid schema for response_format: {error.message}", "response_format") from error
    if wrapper.get("strict"):
        _check_strict(schema, wrapper["name"], [])
    return schema


def _check_strict(node: Any, name: str, path: list[str]) -> None:
    """OpenAI's rules of strict mode: every property required, no other properties, no oneOf and allOf."""
    where = f"Invalid schema for response_format '{name}': In context=({', '.join(path)}), "
    if not isinstance(node, dict):
        return
    if "oneOf" in node or "allOf" in node:
        found = "oneOf" if "oneOf" in node else "allOf"
        raise _invalid(f"{where}'{found}' is not permitted.", "response_format")
    properties = node.get("properties")
    if isinstance(properties, dict):
        if node.get("additionalProperties") is not False:
            raise _invalid(
                f"{where}'additionalProperties' is required to be supplied and to be false.",
                "response_format",
            )
        if missing := set(properties) - set(node.get("required") or []):
            raise _invalid(
                f"{where}'required' must include every key in properties. Missing {min(missing)!r}.",
                "response_format",
            )
    for key, child in _children(node):
        _check_strict(child, name, [*path, key])


def _children(node: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """The schemas inside a schema."""
    for key in ("properties", "$defs", "definitions"):
        yield from (node.get(key) or {}).items()
    if isinstance(node.get("items"), dict):
        yield "items", node["items"]
    for option in node.get("anyOf") or []:
        yield "anyOf", option


def _invalid(message: str, param: str | None) -> Refused:
    return Refused(400, message, kind="invalid_request_error", param=param)
