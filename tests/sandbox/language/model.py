"""The model as a whole: reads a request and speaks, fills a schema, or calls a tool; the same request, the same answer."""

import json
import random
from dataclasses import dataclass, field
from typing import Any

from tests.sandbox.language import calling, inventing, talk
from tests.sandbox.language.filling import Filler
from tests.sandbox.language.letters.answering import answer
from tests.sandbox.language.letters.brief import is_letter
from tests.sandbox.language.obeying import obey, orders
from tests.sandbox.language.reading import Reading, read
from tests.sandbox.language.shapes import Shapes


@dataclass
class Reply:
    """What the model says, or the tools it calls as (name, arguments). `invented`: what of a letter is made up."""

    text: str | None
    calls: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    invented: list[str] = field(default_factory=list)


def reply(
    messages: list[dict[str, Any]],
    *,
    schema: dict[str, Any] | None,
    tools: list[dict[str, Any]],
    tool_choice: str | None,
    traits: set[str],
) -> Reply:
    """Answer the messages. `traits` may hold obedient and fabricating; other traits change nothing here."""
    reading = read(messages)
    if tool := calling.choose(reading, tools, tool_choice, traits):
        return Reply(None, [(tool["name"], calling.arguments(reading, tool, traits))])
    if schema is None or not schema.get("properties", schema.get("$ref", schema.get("anyOf"))):
        schema = schema_in(reading.instructions) or schema
    if schema is not None:
        return Reply(json.dumps(_filled(reading, schema, traits), ensure_ascii=False))
    if is_letter(reading.instructions):
        text, invented = answer(reading.everything, traits)
        return Reply(text, invented=invented)
    if "obedient" in traits and (given := orders(reading.told)):
        return Reply(obey(given[0], reading.instructions))
    text = talk.speak(reading)
    if "fabricating" in traits:
        text = inventing.boast(text, talk.language_of(reading), reading.everything)
    return Reply(text)


def schema_in(text: str) -> dict[str, Any] | None:
    """A JSON Schema that is written out in the instructions, for models that are told it in words."""
    decoder = json.JSONDecoder()
    start = text.find("{")
    while start >= 0:
        try:
            found, end = decoder.raw_decode(text, start)
        except ValueError:
            end = start + 1
        else:
            if isinstance(found, dict) and isinstance(found.get("properties"), dict):
                return found
        start = text.find("{", end)
    return None


def _filled(reading: Reading, schema: dict[str, Any], traits: set[str]) -> Any:
    if schema == {"type": "object"}:
        return {"answer": talk.speak(reading)}
    value = Filler(reading, schema, traits).answer()
    if "fabricating" in traits:
        chance = random.Random(reading.everything)
        return inventing.falsify(value, schema, Shapes(schema), talk.language_of(reading), chance)
    return value
