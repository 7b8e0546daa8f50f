"""A generateContent request: checked as Gemini checks it, and turned into what the language model reads."""

import json
from collections.abc import Iterator
from typing import Any

from tests.sandbox.gemini.names import camel
from tests.sandbox.gemini.refused import invalid, unknown_field
from tests.sandbox.gemini.schema import answer_schema, json_schema
from tests.sandbox.openai.request import ChatRequest

FIELDS = {
    "contents",
    "systemInstruction",
    "generationConfig",
    "safetySettings",
    "tools",
    "toolConfig",
    "cachedContent",
    "model",
    "serviceTier",
    "store",
    "continuationToken",
}
CONFIG = {
    "temperature": (0, 2),
    "topP": (0, 1),
    "topK": (1, 1000),
    "candidateCount": (1, 1),
    "maxOutputTokens": (1, None),
    "seed": (None, None),
    "presencePenalty": (-2, 2),
    "frequencyPenalty": (-2, 2),
    "logprobs": (0, 20),
}
"""Numbers of generationConfig with their least and greatest value."""
OTHER_CONFIG = {
    "stopSequences",
    "responseLogprobs",
    "responseMimeType",
    "responseSchema",
    "responseJsonSchema",
    "responseModalities",
    "mediaResolution",
    "speechConfig",
    "thinkingConfig",
    "imageConfig",
    "enableEnhancedCivicAnswers",
    "audioTranscriptionConfig",
}
PART = {"text", "thought", "thoughtSignature", "functionCall", "functionResponse", "inlineData", "fileData"}
DATA = {"text", "functionCall", "functionResponse", "inlineData", "fileData"}
THINKING = {"includeThoughts", "thinkingBudget", "thinkingLevel"}


def parse(model: str, body: Any, *, stream: bool) -> ChatRequest:
    """Check a request body. Raises Refused with 400."""
    asked = fields(body, FIELDS, "")
    config = _config(asked.get("generationConfig") or {})
    tools = list(_tools(asked.get("tools") or []))
    return ChatRequest(
        model=model,
        messages=[*_system(asked.get("systemInstruction")), *_contents(asked.get("contents"))],
        stream=stream,
        tools=tools,
        tool_choice=_tool_choice(asked.get("toolConfig") or {}, tools),
        schema=answer_schema(config),
        max_tokens=config.get("maxOutputTokens"),
    )


def thinks(body: dict[str, Any]) -> bool:
    """Whether the model thinks before it answers: unless its budget is nought."""
    config = body.get("generationConfig") or body.get("generation_config") or {}
    thinking = config.get("thinkingConfig") or config.get("thinking_config") or {}
    return thinking.get("thinkingBudget", thinking.get("thinking_budget")) != 0


def fields(message: Any, known: set[str], where: str) -> dict[str, Any]:
    """The fields of a message by their JSON names; Google takes snake_case as well. Raises Refused for any other."""
    if not isinstance(message, dict):
        raise invalid(f"Invalid value at '{where or 'body'}': expected a message.")
    found = {}
    for name, value in message.items():
        field = camel(name)
        if field not in known:
            raise unknown_field(name, where)
        found[field] = value
    return found


def _config(config: Any) -> dict[str, Any]:
    found = fields(config, {*CONFIG, *OTHER_CONFIG}, "generation_config")
    for name, (least, greatest) in CONFIG.items():
        value = found.get(name)
        if value is None:
            continue
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise invalid(f"Invalid value at 'generation_config.{name}' (TYPE_FLOAT), {json.dumps(value)}")
        if (least is not None and value < least) or (greatest is not None and value > greatest):
            raise invalid(f"* GenerateContentRequest.generation_config.{name}: {name} is out of range.")
    fields(found.get("thinkingConfig") or {}, THINKING, "generation_config.thinking_config")
    return found


def _system(instruction: Any) -> Iterator[dict[str, Any]]:
    if instruction is not None:
        content = fields(instruction, {"role", "parts"}, "system_instruction")
        parts = _parts(content.get("parts"), "system_instruction")
        yield {"role": "system", "content": "".join(part.get("text", "") for part in parts)}


def _contents(contents: Any) -> Iterator[dict[str, Any]]:
    """The turns as messages of the language model. Raises Refused for what Gemini would not read."""
    if not isinstance(contents, list) or not contents:
        raise invalid("* GenerateContentRequest.contents: contents is not specified\n")
    for number, content in enumerate(contents):
        where = f"contents[{number}]"
        turn = fields(content, {"role", "parts"}, where)
        role = turn.get("role", "user")
        if role not in {"user", "model", "function"}:
            raise invalid("Please use a valid role: user, model.")
        parts = _parts(turn.get("parts"), where)
        yield from _results(parts)
        text = "".join(part["text"] for part in parts if "text" in part and not part.get("thought"))
        calls = [_call(part["functionCall"]) for part in parts if "functionCall" in part]
        if role == "model":
            yield {"role": "assistant", "content": text, "tool_calls": calls}
        elif any("text" in part for part in parts):
            yield {"role": "user", "content": text}


def _parts(parts: Any, where: str) -> list[dict[str, Any]]:
    if not isinstance(parts, list) or not parts:
        raise invalid(f"* GenerateContentRequest.{where}.parts: contents.parts must not be empty.\n")
    read = [fields(part, PART, f"{where}.parts[{number}]") for number, part in enumerate(parts)]
    for number, part in enumerate(read):
        if len(DATA & part.keys()) != 1:
            raise invalid(
                f"* GenerateContentRequest.{where}.parts[{number}].data: required oneof field 'data' must "
                "have one initialized field\n"
            )
        if not isinstance(part.get("text", ""), str):
            raise invalid(f"Invalid value at '{where}.parts[{number}].text' (TYPE_STRING)")
    return read


def _results(parts: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for part in parts:
        if result := part.get("functionResponse"):
            yield {"role": "tool", "content": json.dumps(result.get("response"), ensure_ascii=False)}


def _call(call: dict[str, Any]) -> dict[str, Any]:
    return {"function": {"name": call.get("name"), "arguments": json.dumps(call.get("args") or {})}}


def _tools(tools: list[Any]) -> Iterator[dict[str, Any]]:
    for tool in tools:
        for declared in fields(tool, {"functionDeclarations"}, "tools").get("functionDeclarations") or []:
            if not declared.get("name"):
                raise invalid(
                    "* GenerateContentRequest.tools[0].function_declarations[0].name: Invalid name."
                )
            given = declared.get("parametersJsonSchema", declared.get("parameters_json_schema"))
            yield {
                "name": declared["name"],
                "description": declared.get("description", ""),
                "parameters": given or json_schema(declared.get("parameters") or {"type": "OBJECT"}, "tools"),
            }


def _tool_choice(config: Any, tools: list[dict[str, Any]]) -> str | None:
    calling = fields(config, {"functionCallingConfig"}, "tool_config").get("functionCallingConfig") or {}
    chosen = fields(calling, {"mode", "allowedFunctionNames"}, "tool_config.function_calling_config")
    allowed = chosen.get("allowedFunctionNames") or []
    if unknown := set(allowed) - {tool["name"] for tool in tools}:
        raise invalid(f"Allowed function names {sorted(unknown)} are not declared.")
    if chosen.get("mode") == "ANY":
        return str(allowed[0]) if len(allowed) == 1 else "required"
    return "none" if chosen.get("mode") == "NONE" else "auto"
