"""JSON Schema made plain: references resolved, limits collected, and what kind of text a field asks for."""

import re
from dataclasses import dataclass
from typing import Any

from tests.sandbox.language.lexicon import name_words

AT_MOST = re.compile(r"at most (\d+) (characters|words)", re.IGNORECASE)
COUNTS = re.compile(
    r"\b(one|two|three|four|five|\d) (?:to|or) (one|two|three|four|five|six|eight|ten|\d+)\b", re.IGNORECASE
)
NUMERALS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "eight": 8, "ten": 10}
USUALLY_EMPTY = re.compile(r"\b(?:usually|mostly|normally) (?:empty|none|null)\b", re.IGNORECASE)
MAY_BE_EMPTY = re.compile(r"\bempty\b", re.IGNORECASE)
AT_LEAST = re.compile(r"at least (\d+) characters", re.IGNORECASE)
CERTAINTY = {
    "certain": {
        "observed",
        "stated",
        "confirmed",
        "verified",
        "known",
        "fact",
        "explicit",
        "quoted",
        "proven",
        "said",
    },
    "likely": {"inferred", "likely", "probable", "implied", "derived", "deduced"},
    "unsure": {
        "assumed",
        "assumption",
        "guess",
        "guessed",
        "unknown",
        "hypothetical",
        "unverified",
        "speculative",
    },
}
KINDS = (
    (
        "source",
        r"^(?:source|origin|ref|citation)(?: id| ref| key)?$|\b(?:source|citation|passage|reference) id$",
    ),
    ("quote", r"\b(?:quotes?|quotation|verbatim|excerpt|snippet|citation)\b"),
    ("negation", r"\b(?:negat\w+|opposite|contrary|den(?:y|ies|ial)|inverse)\b"),
    (
        "measure",
        r"\b(?:proves?|disproves?|stop(?:ping)?|criterion|criteria|falsif\w+|prediction|predicted)\b",
    ),
    ("hypothesis", r"^(?:pattern|hypothesis|bet|theory)$"),
    ("language", r"^(?:language|locale|lang)$"),
    ("question", r"\bquestions?\b"),
    ("suggestion", r"\b(?:suggest\w*|replies|quick reply|placeholder|chips?)\b"),
    ("talk", r"^(?:message|reply|response|answer|text to user|assistant message)$"),
    ("title", r"^(?:name|title|headline|label|heading)$"),
    ("summary", r"\b(?:summary|recap|digest|content|markdown|body|page text|clean(?:ed)? text|worldview)\b"),
    (
        "reason",
        r"\b(?:reason|reasons|reasoning|rationale|why|explanation|insight|because|thinking|thought)\b",
    ),
)
DESCRIBED_KINDS = (
    (
        "source",
        r"\b(?:ids?|label|name|place|marker) of the (?:source|passage|block|turn|message|document)|\bwhere (?:it|they|the \w+(?: \w+)?) (?:is|are|was|stands?|stored)|\bsource id\b",
    ),
    ("negation", r"\b(?:negat\w+|the opposite|contrary|denies|denial) (?:of|to|the|that|this|it)?\b"),
    (
        "measure",
        r"\b(?:result|outcome|number|observation) that (?:would )?(?:prove|show|tell|mean|falsif)|\bwhen (?:the|to) \w+ (?:ends|stops?)\b|\bproves?\b",
    ),
    (
        "quote",
        r"\b(?:verbatim|word for word|character by character|exactly as|copied|(?:own|exact) words|literal(?:ly)? quote|exact quote|quoted)\b",
    ),
)


@dataclass(frozen=True)
class Limits:
    """How long a text may be, in characters."""

    shortest: int = 0
    longest: int | None = None
    words: int = 14


class Shapes:
    """One schema, with its definitions at hand."""

    def __init__(self, root: dict[str, Any]) -> None:
        self.root = root

    def plain(self, node: Any) -> dict[str, Any]:
        """The node with references and allOf put in; its own keywords win."""
        if not isinstance(node, dict):
            return {}
        for _ in range(20):
            if "$ref" in node:
                target = self._target(node["$ref"])
                node = {**target, **{key: value for key, value in node.items() if key != "$ref"}}
            elif "allOf" in node:
                node = self._merged(node)
            else:
                break
        return node

    def options(self, node: dict[str, Any]) -> list[dict[str, Any]]:
        """The alternatives of a union, each plain; empty for no union."""
        outer = {key: node[key] for key in ("description",) if key in node}
        for key in ("anyOf", "oneOf"):
            if key in node:
                options = [{**outer, **self.plain(option)} for option in node[key]]
                return [inner for option in options for inner in self.options(option) or [option]]
        if isinstance(node.get("type"), list):
            return [{**node, "type": kind} for kind in node["type"]]
        return []

    def _target(self, reference: str) -> dict[str, Any]:
        found: Any = self.root
        for part in reference.removeprefix("#").strip("/").split("/"):
            if part:
                found = found[part.replace("~1", "/").replace("~0", "~")]
        return dict(found)

    def _merged(self, node: dict[str, Any]) -> dict[str, Any]:
        merged: dict[str, Any] = {}
        for part in node["allOf"]:
            plain = self.plain(part)
            properties = {**merged.get("properties", {}), **plain.get("properties", {})}
            required = [*merged.get("required", []), *plain.get("required", [])]
            merged = {**merged, **plain, "properties": properties, "required": required}
        return {**merged, **{key: value for key, value in node.items() if key != "allOf"}}


def is_null(node: dict[str, Any]) -> bool:
    """Whether only null fits."""
    return (
        node.get("type") == "null"
        or ("const" in node and node["const"] is None)
        or node.get("enum") == [None]
    )


def limits(node: dict[str, Any]) -> Limits:
    """The limits of a text, from its keywords or as its description says them."""
    described = str(node.get("description", ""))
    longest = node.get("maxLength")
    most_words = 14
    for number, unit in AT_MOST.findall(described):
        if unit.lower() == "words":
            most_words = int(number)
        else:
            longest = min(int(number), longest or int(number))
    shortest = max([node.get("minLength", 0), *(int(number) for number in AT_LEAST.findall(described))])
    return Limits(shortest, longest if longest is None else max(longest, shortest), most_words)


def counts(node: dict[str, Any], usual: int) -> tuple[int, int]:
    """The least and the most items of a list, from its keywords or as its description says them."""
    described = str(node.get("description", ""))
    least, most = int(node.get("minItems", 0)), node.get("maxItems")
    if (said := COUNTS.search(described)) and not USUALLY_EMPTY.search(described):
        low, high = (NUMERALS.get(word.lower()) or int(word) for word in said.groups())
        least = max(least, min(low, most or low))
        most = min(high, most or high)
    if USUALLY_EMPTY.search(described):
        most = least
    return least, max(least, int(most if most is not None else max(usual, least)))


def kind_of(name: str, node: dict[str, Any]) -> str:
    """What kind of text a field asks for: by its name, else by its description, else a plain `value`."""
    spoken = name_words(name).lower().strip()
    for kind, pattern in KINDS:
        if re.search(pattern, spoken):
            return kind
    described = str(node.get("description", "")).lower()
    for kind, pattern in DESCRIBED_KINDS:
        if re.search(pattern, described):
            return kind
    return "value"


def is_certainty(options: list[Any]) -> bool:
    """Whether an enum says how sure something is."""
    known = set().union(*CERTAINTY.values())
    return sum(str(option).lower() in known for option in options) >= 2


def by_certainty(options: list[Any], level: str) -> Any:
    """The option that says this level of certainty, else the nearest."""
    order = {"certain": ("certain", "likely", "unsure"), "likely": ("likely", "unsure", "certain")}
    for step in order.get(level, ("unsure", "likely", "certain")):
        for option in options:
            if str(option).lower() in CERTAINTY[step]:
                return option
    return options[0]
