"""Where in a schema the model is, and what it has decided there so far."""

import re
from dataclasses import dataclass, field
from typing import Any

from tests.sandbox.language.lexicon import name_words, words
from tests.sandbox.language.reading import Passage
from tests.sandbox.language.relevance import Query
from tests.sandbox.language.shapes import kind_of

CHANGE = re.compile(
    r"\b(?:differs?|different|changed?|changes|instead|another|alternative|untested|unusual|new value|other than|swapped|replaced)\b",
    re.IGNORECASE,
)
CONDITION = re.compile(
    r"(?:^|[.;(]\s*)((?:\w+[ _-]){0,2}\w+) only\b|\bonly (?:for|when|if) (?:the |it is |this is )?(?:an? )?([\w ]{3,40})"
)
EXCEPT = re.compile(
    r"\b(?:empty|null|none|nothing) (?:for|when|if) (?:the |it is |this is )?(?:an? )?([\w ]{3,40})",
    re.IGNORECASE,
)
ABSENT = {
    "none",
    "nobody",
    "nothing",
    "unknown",
    "missing",
    "absent",
    "not",
    "no",
    "never",
    "there",
    "it",
    "stated",
    "known",
    "given",
    "user",
    "said",
}


@dataclass
class Scope:
    """An object (or list item) being filled."""

    name: str = ""
    description: str = ""
    parent: "Scope | None" = None
    choices: list[str] = field(default_factory=list)
    """Enum values and constants decided here."""
    quote: Passage | None = None
    proposal: bool = False
    """Whether the value here is a proposal rather than something read."""
    values: dict[str, Any] = field(default_factory=dict)

    def inside(self, name: str, node: dict[str, Any]) -> "Scope":
        """The scope of an object within this one."""
        return Scope(name, str(node.get("description", "")), self)

    def query(self, name: str, node: dict[str, Any]) -> Query:
        """What a field here asks for: its name and description, the choices made beside it, what stands above it."""
        weight = 1.6 if kind_of(name, node) not in {"quote", "source"} else 0.8
        query = Query().add(name, 3.0).add(str(node.get("description", "")), weight)
        weight = 1.0
        here: Scope | None = self
        while here is not None:
            for choice in here.choices:
                query.add(choice, 4.5 * weight)
            query.add(here.name, 2.6 * weight).add(here.description, 1.1 * weight)
            weight *= 0.45
            here = here.parent
        return query

    def inner_values(self) -> list[str]:
        """The values decided in objects within this one."""
        return [text for value in self.values.values() for text in _values_in(value)]

    def about(self, depth: int = 4) -> str:
        """The names and choices of this scope and those above."""
        parts: list[str] = []
        here: Scope | None = self
        while here is not None and depth:
            parts += [name_words(here.name), *(name_words(choice) for choice in here.choices)]
            here, depth = here.parent, depth - 1
        return " ".join(parts)

    def wants_change(self, name: str, node: dict[str, Any]) -> bool:
        """Whether something else than what was said is asked for."""
        parent = self.parent
        near = [name_words(name), str(node.get("description", "")), name_words(self.name), self.description]
        if parent is not None and parent.name:
            near += [name_words(parent.name), parent.description]
        near += [name_words(key) for key in self.values]
        return any(CHANGE.search(text) for text in near)

    def ruled_out(self, node: dict[str, Any]) -> bool:
        """Whether the description says that the field doesn't apply here: `… only`, `empty for …`."""
        described = str(node.get("description", ""))
        here = set(words(self.about()))
        for match in CONDITION.finditer(described):
            subject = set(words(match.group(1) or match.group(2)))
            if not subject & ABSENT and not subject & here:
                return True
        return any((set(words(match.group(1))) - ABSENT) & here for match in EXCEPT.finditer(described))


def _values_in(value: Any) -> list[str]:
    if isinstance(value, dict):
        own = [value["value"]] if isinstance(value.get("value"), str) else []
        return own + [
            text for item in value.values() if isinstance(item, dict | list) for text in _values_in(item)
        ]
    return [text for item in value for text in _values_in(item)] if isinstance(value, list) else []
