"""Writes the texts of a filled schema: quotes, values, names, reasons, questions."""

import re
from collections.abc import Callable
from typing import Any

from tests.sandbox.language import asking, talk
from tests.sandbox.language.lexicon import fold, language, name_words, words
from tests.sandbox.language.obeying import orders
from tests.sandbox.language.patterns import formatted, matching
from tests.sandbox.language.phrasing import clause, cut, fit, say, sentence, title, view
from tests.sandbox.language.reading import Passage, Reading
from tests.sandbox.language.relevance import HINT, SUPPORT, Query, Used, best
from tests.sandbox.language.scope import Scope
from tests.sandbox.language.shapes import MAY_BE_EMPTY, Limits, kind_of, limits

FIGURES = re.compile(r"\b(?:figures|numbers) under (\w+)", re.IGNORECASE)
SUCH_AS = re.compile(r"\b(?:such as|for example|e\.g\.):? ([^.;]{2,120})")
NEVER_FROM = re.compile(r"\bnever from (?:an? |the )?(\w+)", re.IGNORECASE)


class Writer:
    """Finds the words for a field, each phrase once in an answer."""

    def __init__(self, reading: Reading, traits: set[str]) -> None:
        self.reading, self.traits = reading, traits
        self.code = talk.language_of(reading)
        self.used = Used()
        self.assigned: dict[str, str] = {}
        """Passages set aside for items of a list, by the item's kind."""
        self.reserved: str | None = None
        """The passage that the next quote or value is to be taken from."""
        self.listing = False
        """Whether the field being written is an item of a list."""
        self.obeyed = orders(reading.told) if "obedient" in traits else []
        said = [passage for passage in reading.facts() if passage.origin != "tool" or reading.tool_results]
        self.facts = said or [Passage(cut(reading.everything, 30) or "?", "data", None, "", 0)]

    def text(self, name: str, node: dict[str, Any], scope: Scope) -> str:
        """The text of a field, within its limits."""
        bounds = limits(node)
        if "format" in node and (value := formatted(node["format"], self.reading.everything)[0]):
            return value
        if self.obeyed and kind_of(name, node) not in {"quote", "source"}:
            return self._within(self.obeyed[0], bounds)
        if MAY_BE_EMPTY.search(str(node.get("description", ""))) and self._leaves_empty(name, node, scope):
            return ""
        written = self._of_kind(kind_of(name, node), name, node, scope, bounds)
        if "pattern" in node:
            return matching(
                node["pattern"], [written, cut(written, 3), *(cut(fact.text, 4) for fact in self.facts)]
            )
        return self._within(written, bounds)

    def quote(self, query: Query, scope: Scope, bounds: Limits, node: dict[str, Any]) -> str:
        """An exact part of something that was read, not quoted before in this answer if it can be helped."""
        barred = {word.lower() for word in NEVER_FROM.findall(str(node.get("description", "")))}
        allowed = [fact for fact in self.facts if not barred & set(words(f"{fact.source} {fact.label}"))]
        placed = [fact for fact in allowed if fact.source or fact.origin == "user"]
        passage = self._kept() or best(placed or allowed or self.facts, query, self.used, quoted=True)[0]
        assert passage is not None
        scope.quote = passage = self._with_source(passage)
        self.used.passages[passage.text] += 1
        return fit(passage.text, bounds.longest, bounds.shortest)

    def _kept(self) -> Passage | None:
        """The passage set aside for this item; only once."""
        kept, self.reserved = self.reserved, None
        return next((fact for fact in self.facts if fact.text == kept), None) if kept else None

    def supported(self, query: Query) -> bool:
        """Whether something that was read speaks about it and isn't used yet."""
        return best(self.facts, query, self.used)[1] >= SUPPORT

    def proposal(self, query: Query, scope: Scope) -> str | None:
        """Something a person of the trade would try, which nobody has said."""
        meaning = query.main_meaning
        for option in language(self.code)["meanings"][meaning]["propose"] if meaning else []:
            if option not in self.used.phrases and fold(option) not in fold(self.reading.latest):
                self.used.phrases.add(option)
                scope.proposal = True
                return str(option)
        return None

    def _of_kind(self, kind: str, name: str, node: dict[str, Any], scope: Scope, bounds: Limits) -> str:
        query = scope.query(name, node)
        ways: dict[str, Callable[[], str]] = {
            "quote": lambda: self.quote(query, scope, bounds, node),
            "source": lambda: self._source(scope, query),
            "language": lambda: self.code,
            "title": lambda: self._title(query, scope, bounds, node),
            "hypothesis": lambda: self._hypothesis(query, scope, bounds, node),
            "negation": lambda: self._about_a_belief("negate", query, scope),
            "measure": lambda: self._about_a_belief("measure", query, scope),
            "reason": lambda: self._reason(query, scope, node),
            "value": lambda: self._value(query, scope, bounds, node),
        }
        if figures := FIGURES.search(str(node.get("description", ""))):
            return self._figures(figures.group(1)) or self._value(query, scope, bounds, node)
        if (
            kind == "value"
            and not self.listing
            and scope.wants_change(name, node)
            and (proposed := self.proposal(query, scope))
        ):
            return proposed
        return ways[kind]() if kind in ways else self._spoken(kind, bounds)

    def _value(self, query: Query, scope: Scope, bounds: Limits, node: dict[str, Any]) -> str:
        """The clause that says it; when nothing does, a proposal; when there is none, the nearest there is."""
        named = SUCH_AS.search(str(node.get("description", ""))) if not scope.quote else None
        passage, support = scope.quote or self._kept(), SUPPORT
        if passage is None:
            passage, support = best(self.facts, query, self.used)
        if support < SUPPORT and named:
            return self._named(named.group(1))
        if support < SUPPORT and not self.listing and (proposed := self.proposal(query, scope)):
            return proposed
        assert passage is not None
        phrase = clause(passage, query, self.used.phrases, most=bounds.words)
        if phrase in self.used.phrases:
            passage = (
                best([fact for fact in self.facts if fact.text != passage.text], query, self.used)[0]
                or passage
            )
            phrase = clause(passage, query, self.used.phrases, most=bounds.words)
        self.used.phrases.add(phrase)
        if scope.quote is None:
            self.used.passages[passage.text] += 0.3
        return phrase

    def _title(self, query: Query, scope: Scope, bounds: Limits, node: dict[str, Any]) -> str:
        values = scope.inner_values()
        return title(
            values[0] if values else self._value(query.with_text(scope.about(), 1.5), scope, bounds, node), 7
        )

    def _hypothesis(self, query: Query, scope: Scope, bounds: Limits, node: dict[str, Any]) -> str:
        values = scope.inner_values()[:3] or [self._value(query, scope, bounds, node)]
        return say(self.code, "bet", "; ".join(f"“{cut(value, 16)}”" for value in values))

    def _reason(self, query: Query, scope: Scope, node: dict[str, Any]) -> str:
        if (
            re.search(r"\b(?:last|latest|newest) message\b", str(node.get("description", "")))
            and self.reading.latest
        ):
            return sentence(say(self.code, "reason", cut(self.reading.latest, 24)))
        return self._about_a_belief("reason", query, scope)

    def _figures(self, heading: str) -> str:
        """What the instructions say under a heading."""
        lines = self.reading.instructions.splitlines()
        at = next(
            (number for number, line in enumerate(lines) if line.lstrip("#* ").startswith(heading)), None
        )
        return "" if at is None else sentence(lines[min(at + 1, len(lines) - 1)] or lines[at])

    def _leaves_empty(self, name: str, node: dict[str, Any], scope: Scope) -> bool:
        """Whether a text that may be empty has nothing to say here."""
        kind = kind_of(name, node)
        if kind == "source":
            return self._nearest_quote(scope) is None
        if kind in {"suggestion", "question"}:
            return asking.last_question(self.reading) is None
        if kind != "quote":
            return False
        changed = len(words(name_words(name))) == 1 and (scope.proposal or scope.wants_change("", {}))
        return changed or best(self.facts, scope.query(name, node), self.used)[1] < HINT

    def _nearest_quote(self, scope: Scope) -> Passage | None:
        here: Scope | None = scope
        while here is not None and here.quote is None and not here.proposal:
            here = here.parent
        return here.quote if here and not here.proposal else None

    def _named(self, options: str) -> str:
        """One of the values that a description names: the first that was read somewhere, else the first."""
        named = [option.strip(" .") for option in re.split(r",| or ", options) if option.strip(" .")]
        read = [option for option in named if any(option in fact.text for fact in self.facts)]
        return (read or named)[0]

    def _source(self, scope: Scope, query: Query) -> str:
        """Where the quote beside this field is stored."""
        passage = self._nearest_quote(scope) or best(self.facts, query, self.used, quoted=True)[0]
        assert passage is not None
        return passage.source or passage.origin

    def _with_source(self, passage: Passage) -> Passage:
        """The same words where they stand under an id, if they do."""
        if passage.source:
            return passage
        same = (fact for fact in self.facts if fact.source and fold(passage.text) == fold(fact.text))
        return next(same, passage)

    def _about_a_belief(self, key: str, query: Query, scope: Scope) -> str:
        passage = scope.quote or best(self.facts, query, self.used)[0]
        assert passage is not None
        phrase = cut(view(passage.text), 24)
        return sentence(say(self.code, key, phrase, 10))

    def _spoken(self, kind: str, bounds: Limits) -> str:
        items = asking.missing(self.reading)
        asked = asking.question(self.reading, self.code, items) or talk.closing(self.reading, self.code)
        if kind == "question":
            return asked
        if kind == "suggestion":
            return self._suggestion()
        if kind == "talk":
            return (
                talk.converse(self.reading, self.code, items)
                if items
                else talk.offer(self.reading, self.code)
            )
        most = min(talk.word_limit(self.reading.instructions), (bounds.longest or 100_000) // 6)
        return talk.write(self.reading, most)

    def _suggestion(self) -> str:
        """In a list the next reply that isn't taken; alone the beginning of one."""
        options = talk.suggestions(self.reading, self.code)
        fresh = [option for option in options if option not in self.used.phrases]
        if not self.listing or not fresh:
            return talk.opening(self.reading, self.code)
        self.used.phrases.add(fresh[0])
        return fresh[0]

    def _within(self, text: str, bounds: Limits) -> str:
        for fact in self.facts:
            if len(text) >= bounds.shortest:
                break
            if fact.text not in text:
                text = f"{sentence(text)} {fact.text}"
        while len(text) < bounds.shortest:
            text += " …"
        return fit(text, bounds.longest, bounds.shortest)
