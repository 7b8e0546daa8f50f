"""Reads messages into passages: who said it, where it is stored, and whether it is data or an instruction."""

import html
import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from tests.sandbox.language.lexicon import content, meanings_of, name_words, words

TAG = re.compile(r"<(/?)([A-Za-z][\w:.-]*)((?:\s+[\w:.-]+\s*=\s*(?:\"[^\"]*\"|'[^']*'))*)\s*(/?)>")
ATTRIBUTE = re.compile(r"([\w:.-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
SENTENCE_END = re.compile(r"(?<=[.!?…])[\"”»“)]*\s+(?=[\"“„«(¿¡]*[A-ZÀ-ÖØ-Þ0-9¿¡])")
ABBREVIATION = re.compile(
    r"\b(?:z\.\s?B|d\.\s?h|u\.\s?a|bzw|ca|Nr|Dr|Mr|Ms|Mrs|St|e\.g|i\.e|p\.\s?ex|etc|vs|No|Sr|Sra|Ud)\.$"
)
LABEL = re.compile(r"^\s*(?:[-*•]\s+)?(?:\*\*)?([^\W\d_][\w ./()-]{1,40}?)(?:\*\*)?:\s+(\S.*)$")
BRACKET = re.compile(r"(?:^|\n)\s*(?:[-*•]\s+)?\[([^\[\]\n]{1,600})\][^\n]*\n?\s*$")
BULLET = re.compile(r"^\s*(?:[-*•]|\d+[.)])\s+")
HEADING = re.compile(r"^\s*(#{1,6})\s+(.*)$")
QUOTED_VALUE = re.compile(r"([^\W\d_][\w ./()-]{1,60}?):\s+“([^”]+)”")
CUT = re.compile(r"\s*\[…cut\]\s*$|\s*\[(?:…|\.\.\.)\]\s*$")
IDS = ("id", "source", "ref", "key", "name", "url")
EXAMPLE = re.compile(r"example", re.IGNORECASE)
BRIEF = re.compile(
    r"^(?:instructions?|rules?|tasks?|outputs?|formats?|schemas?|roles?|guidelines?|style|contract)\b",
    re.IGNORECASE,
)
OWN_WORDS = frozenset({"reply", "assistant", "analyst", "ai", "bot", "agent", "draft"})
"""Labels of what the model itself said."""


ORDER = re.compile(
    r"(?:(?:just|please|bitte|por favor),? )?(?:give|show|make|prepare|draft|put together|"
    r"gib|geben|zeige?n?|mache?n?|stellen?|bereiten?|donnez?|donne-moi|montrez?|préparez?|faites|"
    r"dame|deme|denos|muestre|prepare|enséñeme)\b",
    re.IGNORECASE,
)
EVASION = re.compile(
    r"\b(?:(?:won['’]t|will not|can['’]t|cannot) (?:tell|say)|no (?:comment|idea)|confidential|not your business|none of your"
    r"|(?:sag|verrat)e ich (?:dir|ihnen|euch)? ?nicht|keine (?:angabe|ahnung)|vertraulich|geht (?:dich|sie) nichts an"
    r"|(?:ne )?dirai (?:rien|pas)|confidentiel\w*|aucune idée|no (?:lo )?diré|ni idea)\b",
    re.IGNORECASE,
)
"""Somebody declines to answer: that is no fact."""
SHORT_ORDER = 12


@dataclass(frozen=True)
class Passage:
    """A sentence or a field's value, exactly as it stands in a message."""

    text: str
    origin: str
    """user, data, tool or assistant."""
    source: str | None
    label: str
    order: int
    item: bool = False
    """Whether it begins an item of a list."""

    @cached_property
    def stems(self) -> frozenset[str]:
        """The stems of the text itself."""
        return content(self.text)[0]

    @cached_property
    def meanings(self) -> frozenset[str]:
        """The meanings of the words of the text."""
        return content(self.text)[1]

    @cached_property
    def meaning_counts(self) -> Counter[str]:
        """How many words of the text have each meaning."""
        return Counter(meaning for word in words(self.text) for meaning in meanings_of(word))

    @cached_property
    def label_content(self) -> tuple[frozenset[str], frozenset[str]]:
        """Stems and meanings of what the text is filed under."""
        return content(self.label)

    @cached_property
    def length(self) -> int:
        """Words."""
        return len(words(self.text))


@dataclass(frozen=True)
class Reading:
    """Everything that was read."""

    passages: tuple[Passage, ...]
    instructions: str
    users: tuple[str, ...]
    """The user's messages, oldest first."""
    assistants: tuple[str, ...]
    tool_results: tuple[str, ...]
    """Results of tools since the last user message."""
    everything: str
    told: str = ""
    """All that others than the author of the instructions have written: data, users, tools."""

    @property
    def latest(self) -> str:
        """The user's newest message."""
        return self.users[-1] if self.users else ""

    def facts(self) -> list[Passage]:
        """What was said by the user or stands in the data."""
        return [
            passage
            for passage in self.passages
            if passage.origin != "assistant" and not _says_nothing(passage)
        ]


def _says_nothing(passage: Passage) -> bool:
    """Whether a passage is a short order to the model, or declines to answer."""
    ordered = ORDER.match(passage.text) and passage.length <= SHORT_ORDER
    return passage.length <= 2 * SHORT_ORDER and bool(ordered or EVASION.search(passage.text))


def read(messages: list[dict[str, Any]]) -> Reading:
    """Read all messages in order."""
    passages: list[Passage] = []
    instructions: list[str] = []
    users, assistants, results, told = [], [], [], []
    for message in messages:
        text, role = message_text(message), message["role"]
        if role in {"system", "developer"}:
            instructions.append(_collect(text, "data", passages))
            told += [
                segment for segment, stack in _segments(text) if _is_data([name for name, _, _ in stack])
            ]
        elif role == "user":
            _collect(text, "user", passages)
            users.append(text)
            told.append(text)
            results = []
        elif role == "assistant":
            assistants.append(text)
        else:
            results.append(text)
            told.append(text)
            _collect(text, "tool", passages)
    everything = "\n".join(message_text(message) for message in messages)
    return Reading(
        tuple(passages),
        "\n".join(instructions),
        tuple(users),
        tuple(assistants),
        tuple(results),
        everything,
        "\n".join(told),
    )


def _is_data(names: list[str]) -> bool:
    """Whether text in these tags is material: neither example nor part of the brief."""
    return not any(EXAMPLE.search(name) for name in names) and not all(BRIEF.match(name) for name in names)


def message_text(message: dict[str, Any]) -> str:
    """The words of a message, whatever form its content has."""
    body = message.get("content") or ""
    if isinstance(body, str):
        return body
    return "\n".join(str(part.get("text", "")) for part in body if isinstance(part, dict))


def sentences(text: str) -> Iterator[str]:
    """The sentences of a text, each an exact part of it."""
    for line in text.splitlines():
        start = 0
        for end in SENTENCE_END.finditer(line):
            piece = line[start : end.start()]
            if not ABBREVIATION.search(piece):
                yield from _trimmed(piece)
                start = end.end()
        yield from _trimmed(line[start:])


def _trimmed(piece: str) -> Iterator[str]:
    piece = CUT.sub("", BULLET.sub("", piece)).strip().lstrip("#>").strip()
    if piece:
        yield piece


def _collect(text: str, origin: str, passages: list[Passage]) -> str:
    """Add the passages of one message; returns what stands outside all tags (in a system message: the instructions)."""
    outside: list[str] = []
    watch = ExampleWatch()
    for segment, stack in _segments(text):
        names = [name for name, _, _ in stack]
        if any(EXAMPLE.search(name) for name in names):
            continue
        if origin == "data" and all(BRIEF.match(name) for name in names):
            outside.append(watch.keep(segment))
            _add_quoted_values(outside[-1], passages)
            continue
        if watch.level:
            continue
        source = next((place for _, place, _ in reversed(stack) if place), None) or _own_label(segment)
        label = " ".join(
            f"{name_words(name)} {name_words(place or '')} {rest}" for name, place, rest in stack
        )
        _add(segment, "data" if stack and origin == "user" else origin, source, label, passages)
    return "\n".join(outside)


def _segments(text: str) -> Iterator[tuple[str, list[tuple[str, str | None, str]]]]:
    """The text between tags, each with the tags around it as (name, place, other attributes)."""
    stack: list[tuple[str, str | None, str]] = []
    position = 0
    for tag in TAG.finditer(text):
        closing, name, attributes, single = tag.groups()
        if closing:
            if not any(name == open_name for open_name, _, _ in stack):
                continue
            yield text[position : tag.start()], list(stack)
            while stack.pop()[0] != name:
                pass
        elif single or not _closes(text, name, tag.end(), stack):
            continue
        else:
            before = text[position : tag.start()]
            yield before, list(stack)
            stack.append((name, *_place(attributes, before)))
        position = tag.end()
    yield text[position:], list(stack)


def _closes(text: str, name: str, start: int, stack: list[tuple[str, str | None, str]]) -> bool:
    """Whether a tag is closed before the one around it; a tag that is only mentioned is not."""
    end = text.find(f"</{name}", start)
    around = text.find(f"</{stack[-1][0]}", start) if stack else -1
    return end >= 0 and (around < 0 or end < around or name == stack[-1][0])


def _place(attributes: str, before: str) -> tuple[str | None, str]:
    """The id that a tag gives to what it holds (else the label in brackets just before it), and its other attributes."""
    found = {name: html.unescape(first or second) for name, first, second in ATTRIBUTE.findall(attributes)}
    for name in IDS[:4]:
        if found.get(name):
            rest = " ".join(f"{key} {value}" for key, value in found.items() if key != name)
            return found[name], rest
    bracket = BRACKET.search(before)
    return (bracket.group(1).strip() if bracket else None), " ".join(found.values())


def _end_of(place: str | None) -> str:
    """The last part of an id such as `form:company.bestCustomers.0.quote` says what stands there; a URL's says little."""
    parts = [part for part in re.split(r"[:./#]", place or "") if part and not part.isdigit()]
    return name_words(" ".join([*parts[:1], parts[-1]])) if len(parts) > 1 else name_words(place or "")


def _own_label(segment: str) -> str | None:
    """A label in brackets that a message begins with."""
    label = re.match(r"\s*\[([\w-]+:[^\[\]\n]{1,600})\]", segment)
    return label.group(1) if label else None


def _add(segment: str, origin: str, source: str | None, label: str, passages: list[Passage]) -> None:
    if "&" in segment and origin != "user":
        segment = html.unescape(segment)
    if segment.lstrip().startswith(("{", "[")):
        try:
            leaves = list(_leaves(json.loads(segment), ""))
        except ValueError:
            leaves = []
        for path, value in leaves:
            passages.append(Passage(value, origin, source, f"{label} {path}", len(passages)))
        if leaves:
            return
    for line in segment.splitlines():
        field = LABEL.match(line) if origin != "user" else None
        named = field.group(1) if field and len(words(field.group(1))) <= 4 else ""
        filed = f"{label} {named}".strip()
        said_by = "assistant" if OWN_WORDS & set(words(filed)) and origin == "data" else origin
        item = bool(BULLET.match(line)) and not named
        for sentence in sentences(field.group(2) if field and named else line):
            if len(words(sentence)) >= 2 or filed:
                passages.append(Passage(sentence, said_by, source, filed, len(passages), item))
                item = False


def _add_quoted_values(segment: str, passages: list[Passage]) -> None:
    """Lines of a brief such as `Name: “…”` are data, though they stand outside tags."""
    for field in QUOTED_VALUE.finditer(segment):
        passages.append(Passage(field.group(2), "data", None, field.group(1).strip(), len(passages)))


def _leaves(value: Any, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _leaves(item, f"{path} {name_words(key)}".strip())
    elif isinstance(value, list):
        for item in value:
            yield from _leaves(item, path)
    elif isinstance(value, str) and value.strip():
        for sentence in sentences(value):
            yield path, sentence
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield path, str(value)


class ExampleWatch:
    """Leaves out what stands under a heading that says it is an example, until the next heading of that rank."""

    def __init__(self) -> None:
        self.level = 0

    def keep(self, text: str) -> str:
        """The lines of the next piece of text that are not examples."""
        kept = []
        for line in text.splitlines():
            heading = HEADING.match(line)
            if heading and (not self.level or len(heading.group(1)) <= self.level):
                is_example = re.search(r"\bexamples?\b", heading.group(2), re.IGNORECASE)
                self.level = len(heading.group(1)) if is_example else 0
            if not self.level:
                kept.append(line)
        return "\n".join(kept)
