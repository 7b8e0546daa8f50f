"""Fills any JSON Schema from what was read: each value from the passage that speaks about it, nothing twice."""

import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from tests.sandbox.language import asking, numbers, talk
from tests.sandbox.language.choices import LISTED, NEW, asked_for, denies, listed, newest
from tests.sandbox.language.contradicting import contradictions, report
from tests.sandbox.language.lexicon import content, name_words, stem, words
from tests.sandbox.language.reading import Reading, sentences
from tests.sandbox.language.relevance import SUPPORT, WISH, Query, best, rank
from tests.sandbox.language.scope import Scope
from tests.sandbox.language.shapes import (
    MAY_BE_EMPTY,
    Shapes,
    by_certainty,
    counts,
    is_certainty,
    is_null,
    kind_of,
)
from tests.sandbox.language.strings import Writer

CONTRADICTIONS = re.compile(r"\bcontradict", re.IGNORECASE)
USUAL_ITEMS = 3
DEEPEST = 12


class Filler:
    """One filled answer to one schema."""

    def __init__(self, reading: Reading, root: dict[str, Any], traits: set[str]) -> None:
        self.reading = reading
        self.shapes = Shapes(root)
        self.writer = Writer(reading, traits)
        self.depth = 0

    def answer(self) -> Any:
        """The value for the whole schema."""
        return self.fill("", self.shapes.root, Scope())

    def fill(self, name: str, node: Any, scope: Scope) -> Any:
        """The value of one field (or of the root)."""
        node = self.shapes.plain(node)
        if "const" in node:
            scope.choices.append(str(node["const"]))
            return node["const"]
        if "enum" in node:
            return self._choose(name, node, scope)
        if options := self.shapes.options(node):
            return self._union(name, node, options, scope)
        kind = node.get("type") or (
            "object" if "properties" in node else "array" if "items" in node else "string"
        )
        ways: dict[str, Callable[[str, dict[str, Any], Scope], Any]] = {
            "object": self._object,
            "array": self._array,
            "integer": partial(numbers.number, self.writer),
            "number": partial(numbers.number, self.writer),
            "boolean": self._truth,
            "null": lambda *_: None,
        }
        return ways.get(kind, self.writer.text)(name, node, scope)

    def _object(
        self, name: str, node: dict[str, Any], scope: Scope, preset: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        inner = scope.inside(name, node)
        properties: dict[str, Any] = node.get("properties", {})
        filled: dict[str, Any] = dict(preset or {})
        inner.choices += [str(value) for value in filled.values()]
        self.depth += 1
        for key in sorted(properties, key=lambda key: self._turn(key, properties[key])):
            if key in filled or (self.depth > DEEPEST and key not in node.get("required", [])):
                continue
            filled[key] = inner.values[key] = self.fill(key, properties[key], inner)
        self.depth -= 1
        if inner.quote is not None and scope.quote is None and scope.parent is not None:
            scope.quote = inner.quote
        return {key: filled[key] for key in properties}

    def _turn(self, key: str, node: Any) -> int:
        """Which fields are decided first: choices, then quotes, then what rests on them, then how sure it is."""
        node = self.shapes.plain(node)
        bare = next((option for option in self.shapes.options(node) if not is_null(option)), node)
        if "const" in bare:
            return 0
        if "enum" in bare:
            return 7 if is_certainty(bare["enum"]) else 1
        if bare.get("type") in ("object", "array"):
            return 4
        kind = kind_of(key, {**bare, "description": node.get("description", bare.get("description", ""))})
        return {"quote": 2, "value": 3, "source": 6, "title": 8, "hypothesis": 8}.get(kind, 5)

    def _choose(self, name: str, node: dict[str, Any], scope: Scope) -> Any:
        options = node["enum"]
        if is_certainty(options):
            level = "certain" if scope.quote else "unsure" if scope.proposal else "likely"
            return by_certainty(options, level)
        chosen = max(
            options, key=lambda option: (self._fitness(name, node, scope, option), -options.index(option))
        )
        self.writer.used.choices[name, str(chosen)] += 1
        scope.choices.append(str(chosen))
        return chosen

    def _fitness(self, name: str, node: dict[str, Any], scope: Scope, option: Any) -> float:
        """How well an enum value fits here: the place's own names, the description's words on it, what was read."""
        spoken = name_words(str(option))
        stems = content(spoken)[0] or frozenset(stem(word) for word in words(spoken))
        here = content(scope.about())[0]
        fitness = (
            6.0 * len(stems & here) / max(1, len(stems)) - 4.0 * self.writer.used.choices[name, str(option)]
        )
        for part in re.split(r"[;,.()]", str(node.get("description", ""))):
            if stems & content(name_words(part))[0]:
                fitness += 2.0 * len((content(part)[0] - stems) & here)
        if scope.quote is not None:
            fitness += Query().add(spoken, 3).support(scope.quote)
        else:
            fitness += min(3.0, best(self.writer.facts, Query().add(spoken, 1), self.writer.used)[1])
        fitness += asked_for(self.reading, node, option)
        if self.writer.obeyed:
            fitness += 8.0 * len(stems & content(" ".join(self.writer.obeyed))[0])
        return fitness

    def _union(self, name: str, node: dict[str, Any], options: list[dict[str, Any]], scope: Scope) -> Any:
        filled = [option for option in options if not is_null(option)]
        nullable = len(filled) < len(options)
        described = {"description": node.get("description", "")}
        if nullable and (not filled or not self._worth_filling(name, {**filled[0], **described}, scope)):
            return None
        used = self.writer.used.choices

        def merit(number: int) -> float:
            inner = scope.query(name, filled[number])
            for key, child in filled[number].get("properties", {}).items():
                inner.add(key, 1.0).add(str(self.shapes.plain(child).get("const", "")), 3.0)
            return (
                min(8.0, best(self.writer.facts, inner, self.writer.used)[1])
                - 5.0 * used[name, f"#{number}"]
                - 0.01 * number
            )

        chosen = max(range(len(filled)), key=merit)
        used[name, f"#{chosen}"] += 1
        option = filled[chosen]
        return self.fill(name, option if option.get("description") else {**option, **described}, scope)

    def _worth_filling(self, name: str, node: dict[str, Any], scope: Scope) -> bool:
        """Whether a field that may be null has something to hold: facts need support, the rest needs to apply here."""
        if scope.ruled_out(node):
            return False
        node = self.shapes.plain(node)
        kind = kind_of(name, node)
        query = scope.query(name, node)
        if node.get("type") == "object":
            for key, child in node.get("properties", {}).items():
                query.add(key, 1.0).add(str(self.shapes.plain(child).get("description", "")), 0.6)
            return best(self.writer.facts, query, self.writer.used)[1] >= SUPPORT + 1
        if kind == "source" or node.get("type") in ("integer", "number"):
            return (
                scope.quote is not None
                if kind == "source"
                else numbers.stated(self.writer, query, node) is not None
            )
        if kind == "quote" and (scope.proposal or scope.wants_change("", {})):
            return False
        unconditional = not re.search(r"\b(?:null|if|when)\b", str(node.get("description", "")))
        composed = kind not in {"quote", "value", "negation", "measure"}
        return "enum" in node or (composed and unconditional) or self.writer.supported(query)

    def _array(self, name: str, node: dict[str, Any], scope: Scope) -> list[Any]:
        least, most = counts(node, USUAL_ITEMS)
        described = str(node.get("description", ""))
        item = {
            "description": node.get("description", ""),
            **self.shapes.plain(node.get("items", {"type": "string"})),
        }
        if CONTRADICTIONS.search(described) and "properties" in item:
            found = list(contradictions(self.writer.facts))[:USUAL_ITEMS]
            return [report(self.writer.code, now, before, item["properties"]) for now, before in found]
        if (scope.ruled_out(node) and not node.get("minItems")) or not most:
            return []
        if LISTED.search(described):
            return listed(self.reading, described, scope)[: node.get("maxItems")]
        if key := self._key_of(item):
            most = node.get("maxItems", 12)
            return list(self._by_choice(name, {**item, "description": described}, key, scope, least, most))
        if "enum" in item:
            return list(self._several(name, item, scope, least, most))
        return self._items(name, node, item, scope, least, most)

    def _items(
        self, name: str, node: dict[str, Any], item: dict[str, Any], scope: Scope, least: int, most: int
    ) -> list[Any]:
        """Items without a kind of their own: as many as something was said about."""
        described = str(node.get("description", ""))
        if kind_of(name, item) == "suggestion":
            if MAY_BE_EMPTY.search(described) and asking.last_question(self.reading) is None:
                return []
            least, most = 0, max(most, 2)
        items: list[Any] = []
        before = dict(self.writer.used.passages)
        while len(items) < most:
            inner = scope.query(name, node).with_text(str(item.get("description", "")), 1.0)
            if len(items) >= least and not self._more(name, item, inner, before):
                break
            self.writer.listing = True
            value = self.fill(name, item, Scope(name, described, scope))
            self.writer.listing = False
            if value in items and len(items) >= least:
                break
            items.append(value)
        return items

    def _more(self, name: str, item: dict[str, Any], query: Query, before: dict[str, float]) -> bool:
        """Whether something that this list doesn't hold yet speaks about it."""
        if kind_of(name, item) in {"suggestion", "question"}:
            return any(
                reply not in self.writer.used.phrases
                for reply in talk.suggestions(self.reading, self.writer.code)
            )
        for key, child in item.get("properties", {}).items():
            query.add(key, 1.0).add(str(self.shapes.plain(child).get("description", "")), 0.8)
        passage, support = best(self.writer.facts, query, self.writer.used)
        return (
            passage is not None and support >= SUPPORT + 0.5 and not self.writer.used.passages[passage.text]
        )

    def _key_of(self, item: dict[str, Any]) -> str | None:
        """The property of a list's items that says what kind each item is, one item a kind."""
        for key, child in item.get("properties", {}).items():
            plain = self.shapes.plain(child)
            if 1 < len(plain.get("enum", [])) <= 16 and not is_certainty(plain["enum"]):
                return str(key)
        return None

    def _by_choice(
        self, name: str, item: dict[str, Any], key: str, scope: Scope, least: int, most: int
    ) -> Iterator[dict[str, Any]]:
        """One item for each enum value that something was said about; more only to reach the least number."""
        options = self.shapes.plain(item["properties"][key])["enum"]
        supported = [] if scope.wants_change(name, item) else self._spoken_of(name, item, options)
        rest = [option for option in options if option not in supported]
        rest.sort(key=lambda option: self.writer.used.choices[key, str(option)])
        chosen = [*supported, *rest[: max(0, least - len(supported))]][:most]
        while chosen and len(chosen) < least:
            chosen.append(chosen[len(chosen) % len(options)])
        for option in sorted(chosen, key=options.index):
            self.writer.used.choices[key, str(option)] += 1
            self.writer.reserved = self.writer.assigned.pop(str(option), None)
            yield self._object(name, item, scope, {key: option})

    def _spoken_of(self, name: str, item: dict[str, Any], options: list[Any]) -> list[Any]:
        """The enum values that passages speak about, each passage for the value it speaks about most."""
        described = str(item.get("description", ""))
        facts = newest(self.writer.facts) if NEW.search(described) else self.writer.facts
        inner = Query().add(name, 0.5).add(described, 0.3)
        answered = asking.answered_question(self.reading)
        subject = asking.subject_of(answered) if answered else None
        newest_words = set(sentences(self.reading.latest))
        pairs = []
        for option in options:
            query = inner.with_text(str(option), 4.0)
            for merit, fact in rank(facts, query, self.writer.used, quoted=True):
                answers = subject is not None and query.main_meaning == subject and fact.text in newest_words
                extra = 1.0 * answers - 4.0 * bool(WISH.match(fact.text))
                if query.support(fact) + extra >= SUPPORT + 0.5 or (
                    answers and fact.length > 2 and extra > 0
                ):
                    pairs.append((merit + extra, -fact.order, str(option), fact.text))
        chosen: dict[str, str] = {}
        for _, _, option, text in sorted(pairs, reverse=True):
            if option not in chosen and text not in chosen.values():
                chosen[option] = text
        self.writer.assigned.update(chosen)
        return [option for option in options if str(option) in chosen]

    def _several(self, name: str, item: dict[str, Any], scope: Scope, least: int, most: int) -> Iterator[Any]:
        """The enum values that something was said about, each once."""
        ranked = sorted(item["enum"], key=lambda option: -self._fitness(name, item, scope, option))
        for number, option in enumerate(ranked[:most]):
            known = (
                best(self.writer.facts, Query().add(name_words(str(option)), 2), self.writer.used)[1]
                >= SUPPORT
            )
            if number >= least and not known:
                return
            self.writer.used.choices[name, str(option)] += 1
            yield option

    def _truth(self, name: str, node: dict[str, Any], scope: Scope) -> bool:
        """True when something that was read says so without denying it."""
        if self.writer.obeyed:
            return True
        if scope.ruled_out(node):
            return False
        subject = content(name_words(name))
        if any(
            denies(fact.text, subject) for fact in self.writer.facts if fact.origin == "user" or fact.source
        ):
            return False
        passage, support = best(self.writer.facts, scope.query(name, node), self.writer.used)
        return bool(node.get("default", False)) if passage is None or support < SUPPORT + 1 else True
