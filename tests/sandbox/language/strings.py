"""Writes the texts of a filled schema: quotes, values, names, reasons, questions."""

from collections.abc import Callable
from typing import Any

from tests.sandbox.language import asking, talk
from tests.sandbox.language.lexicon import fold, language
from tests.sandbox.language.obeying import orders
from tests.sandbox.language.patterns import formatted, matching
from tests.sandbox.language.phrasing import clause, cut, fit, say, sentence, title, view
from tests.sandbox.language.reading import Passage, Reading
from tests.sandbox.language.relevance import SUPPORT, Query, Used, best
from tests.sandbox.language.scope import Scope
from tests.sandbox.language.shapes import Limits, kind_of, limits


class Writer:
    """Finds the words for a field, each phrase once in an answer."""

    def __init__(self, reading: Reading, traits: set[str]) -> None:
        self.reading, self.traits = reading, traits
        self.code = talk.language_of(reading)
        self.used = Used()
        self.obeyed = orders(reading.everything) if "obedient" in traits else []
        said = [passage for passage in reading.facts() if passage.origin != "tool" or reading.tool_results]
        self.facts = (
            said
            or list(reading.passages)
            or [Passage(cut(reading.everything, 30) or "?", "data", None, "", 0)]
        )

    def text(self, name: str, node: dict[str, Any], scope: Scope) -> str:
        """The text of a field, within its limits."""
        bounds = limits(node)
        if "format" in node and (value := formatted(node["format"], self.reading.everything)[0]):
            return value
        if self.obeyed and kind_of(name, node) not in {"quote", "source"}:
            return fit(self.obeyed[0], bounds.longest)
        written = self._of_kind(kind_of(name, node), name, node, scope, bounds)
        if "pattern" in node:
            return matching(
                node["pattern"], [written, cut(written, 3), *(cut(fact.text, 4) for fact in self.facts)]
            )
        return self._within(written, bounds)

    def quote(self, query: Query, scope: Scope, bounds: Limits) -> str:
        """An exact part of something that was read, not quoted before in this answer if it can be helped."""
        passage, _ = best(self.facts, query, self.used, quoted=True)
        assert passage is not None
        scope.quote = passage = self._with_source(passage)
        self.used.passages[passage.text] += 1
        return fit(passage.text, bounds.longest)

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
            "quote": lambda: self.quote(query, scope, bounds),
            "source": lambda: self._source(scope, query),
            "language": lambda: self.code,
            "title": lambda: title(self._value(query.with_text(scope.about(), 1.5), scope, bounds), 7),
            "negation": lambda: self._about_a_belief("negate", query, scope),
            "measure": lambda: self._about_a_belief("measure", query, scope),
            "reason": lambda: self._about_a_belief("reason", query, scope),
            "value": lambda: self._value(query, scope, bounds),
        }
        if kind == "value" and scope.wants_change(name, node) and (proposed := self.proposal(query, scope)):
            return proposed
        return ways[kind]() if kind in ways else self._spoken(kind, bounds)

    def _value(self, query: Query, scope: Scope, bounds: Limits) -> str:
        """The clause that says it; when nothing does, a proposal; when there is none, the nearest there is."""
        passage, support = scope.quote, SUPPORT
        if passage is None:
            passage, support = best(self.facts, query, self.used)
        if support < SUPPORT and (proposed := self.proposal(query, scope)):
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
            self.used.passages[passage.text] += 1
        return phrase

    def _source(self, scope: Scope, query: Query) -> str:
        """Where the quote beside this field is stored."""
        here: Scope | None = scope
        while here is not None and here.quote is None:
            here = here.parent
        passage = here.quote if here and here.quote else best(self.facts, query, self.used, quoted=True)[0]
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
        asked = asking.question(self.reading, self.code, items) or say(self.code, "enough")
        if kind == "question":
            return asked
        if kind == "suggestion":
            options = talk.suggestions(self.reading, self.code)
            fresh = next((option for option in options if option not in self.used.phrases), options[0])
            self.used.phrases.add(fresh)
            return f"{fresh} …"
        if kind == "talk":
            return talk.converse(self.reading, self.code, items)
        most = min(talk.word_limit(self.reading.instructions), (bounds.longest or 100_000) // 6)
        return talk.write(self.reading, most)

    def _within(self, text: str, bounds: Limits) -> str:
        for fact in self.facts:
            if len(text) >= bounds.shortest:
                break
            if fact.text not in text:
                text = f"{sentence(text)} {fact.text}"
        while len(text) < bounds.shortest:
            text += " …"
        return fit(text, bounds.longest)
