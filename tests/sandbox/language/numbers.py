"""Numbers for a filled schema: from what was read, else from what the description says, else the least allowed."""

import math
import re
from typing import Any

from tests.sandbox.language.lexicon import content, name_words
from tests.sandbox.language.relevance import SUPPORT, Query, best
from tests.sandbox.language.scope import Scope
from tests.sandbox.language.strings import Writer

NUMBER = re.compile(r"(?<![\w.,])\d{1,3}(?:[.,'\u202f ]\d{3})+(?![\w])|(?<![\w])\d+(?:[.,]\d+)?")


def number(writer: Writer, name: str, node: dict[str, Any], scope: Scope) -> int | float:
    """A number within the bounds."""
    query = scope.query(name, node)
    found = stated(writer, query, node)
    if found is None and "calling" in writer.traits:
        found = next((value for value in _numbers(writer.reading.latest) if _fits(value, node)), None)
    if found is None:
        found = node.get("default")
    if found is None:
        said = [value for value in _numbers(str(node.get("description", ""))) if _fits(value, node)]
        found = said[0] if said else None
    if found is None:
        low, high = _bounds(node)
        found = low if low > -math.inf else min(high, 1)
        if (low, high) == (0, 1) and node.get("type") == "number":
            found = 0.7 if scope.quote else 0.4
    return within(found, node)


def stated(writer: Writer, query: Query, node: dict[str, Any]) -> float | None:
    """The number in a passage that speaks clearly about it; None when none does."""
    with_numbers = [fact for fact in writer.facts if any(_fits(value, node) for value in _numbers(fact.text))]
    passage, support = best(with_numbers, query, writer.used)
    if passage is None or support < SUPPORT + 1.5:
        return None
    candidates = [(value, at) for value, at in _placed(passage.text) if _fits(value, node)]
    wanted = query.stems.keys()

    def nearness(candidate: tuple[float, int]) -> float:
        around = content(name_words(passage.text[max(0, candidate[1] - 15) : candidate[1] + 35]))[0]
        return len(around & wanted)

    return max(candidates, key=nearness)[0]


def _numbers(text: str) -> list[float]:
    return [value for value, _ in _placed(text)]


def _placed(text: str) -> list[tuple[float, int]]:
    found = []
    for match in NUMBER.finditer(text):
        digits = match.group()
        if re.fullmatch(r"\d{1,3}(?:[.,'\u202f ]\d{3})+", digits):
            digits = re.sub(r"\D", "", digits)
        found.append((float(digits.replace(",", ".")), match.start()))
    return found


def _bounds(node: dict[str, Any]) -> tuple[float, float]:
    step = 1 if node.get("type") == "integer" else 1e-6
    low = max(node.get("minimum", -math.inf), node.get("exclusiveMinimum", -math.inf) + step)
    high = min(node.get("maximum", math.inf), node.get("exclusiveMaximum", math.inf) - step)
    return low, high


def _fits(value: float, node: dict[str, Any]) -> bool:
    low, high = _bounds(node)
    if node.get("type") == "integer" and not value.is_integer():
        return False
    return low <= value <= high


def within(value: float, node: dict[str, Any]) -> int | float:
    """The number within the bounds, a whole one where that is asked for."""
    low, high = _bounds(node)
    value = min(max(value, low), high)
    if step := node.get("multipleOf"):
        value = math.ceil(round(value / step, 9)) * step
        value = value if value <= high else value - step
    return int(value) if node.get("type") == "integer" or float(value).is_integer() else float(value)
