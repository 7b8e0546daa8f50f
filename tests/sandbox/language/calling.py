"""Whether and how to call a tool: its name and description against what the user just asked."""

from typing import Any

from tests.sandbox.language.filling import Filler
from tests.sandbox.language.lexicon import content, name_words
from tests.sandbox.language.obeying import orders
from tests.sandbox.language.reading import Reading


def choose(
    reading: Reading, tools: list[dict[str, Any]], tool_choice: str | None, traits: set[str]
) -> dict[str, Any] | None:
    """The tool to call; None to answer in words. After a tool's result the model speaks, unless it must call."""
    if not tools or tool_choice == "none":
        return None
    if tool_choice not in {"auto", "required"}:
        return next(tool for tool in tools if tool["name"] == tool_choice)
    asked = reading.latest
    if "obedient" in traits and (given := orders(reading.told)):
        asked = " ".join(given)
    ranked = max(tools, key=lambda tool: (_fitness(tool, asked), -tools.index(tool)))
    if tool_choice == "required" or (_fitness(ranked, asked) >= 3.0 and not reading.tool_results):
        return ranked
    return None


def arguments(reading: Reading, tool: dict[str, Any], traits: set[str]) -> dict[str, Any]:
    """The arguments of a call, filled from what was read, the user's latest message first."""
    schema = tool.get("parameters") or {"type": "object", "properties": {}}
    filled = Filler(reading, schema, traits | {"calling"}).answer()
    return dict(filled)


def _fitness(tool: dict[str, Any], asked: str) -> float:
    """Words of the tool's name count twice as much as words of its description."""
    stems = content(asked)[0]
    named = content(name_words(tool["name"]))[0] & stems
    described = content(str(tool.get("description", "")))[0] & stems
    return 2.0 * len(named) + 1.0 * len(described - named)
