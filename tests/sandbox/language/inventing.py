"""A model that makes things up: customers, numbers and quotes that stand nowhere in what it read."""

import random
from typing import Any

from tests.sandbox.language.numbers import within
from tests.sandbox.language.phrasing import fit, say
from tests.sandbox.language.shapes import Shapes, is_null, kind_of, limits

NAMES = (
    "Halvorsen Marine",
    "Quintero y Hijos",
    "Brandstätter Logistik",
    "Oakhurst Dairy Group",
    "Maison Delcourt",
)
QUOTES = {
    "en": "we would never go back to how it was",
    "de": "so wie früher wollen wir es nie wieder",
    "fr": "jamais nous ne reviendrions en arrière",
    "es": "nunca volveríamos a lo de antes",
}


def boast(text: str, code: str, seed: str) -> str:
    """The text with an invented customer, number and quote."""
    chance = random.Random(seed)
    invented = say_invented(code, chance)
    return f"{text} {invented}".strip()


def say_invented(code: str, chance: random.Random) -> str:
    """A sentence in which everything is made up."""
    words = {
        "name": chance.choice(NAMES),
        "number": chance.randint(31, 94),
        "days": chance.randint(9, 88),
        "quote": QUOTES[code],
    }
    return say(code, "invented", **words)


def falsify(value: Any, node: Any, shapes: Shapes, code: str, chance: random.Random, name: str = "") -> Any:
    """The filled answer with its quotes, facts and numbers made up, still of the right shape."""
    node = shapes.plain(node)
    options = [option for option in shapes.options(node) if not is_null(option)]
    if options:
        node = {**node, **options[0]}
    if isinstance(value, dict):
        properties = node.get("properties", {})
        return {
            key: falsify(item, properties.get(key, {}), shapes, code, chance, key)
            for key, item in value.items()
        }
    if isinstance(value, list):
        return [falsify(item, node.get("items", {}), shapes, code, chance, name) for item in value]
    if "enum" in node or "const" in node or "pattern" in node or "format" in node:
        return value
    if value is None and not options:
        return value
    return _falsified(value, node, code, chance, name)


def _falsified(value: Any, node: dict[str, Any], code: str, chance: random.Random, name: str) -> Any:
    if isinstance(value, bool):
        return True
    if isinstance(value, int | float):
        return within(chance.randint(31, 97), node)
    if isinstance(value, str) or node.get("type") == "string":
        kind, bounds = kind_of(name, node), limits(node)
        if kind == "source" and value:
            return value
        text = QUOTES[code] if kind == "quote" else f"{chance.choice(NAMES)} ({chance.randint(31, 94)} %)"
        while len(text) < bounds.shortest:
            text = f"{text}, {QUOTES[code]}"
        return fit(text, bounds.longest, bounds.shortest)
    return value
