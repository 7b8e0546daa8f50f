"""Which passage speaks about what is asked: overlap of words and of meanings."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from tests.sandbox.language.lexicon import content, is_common, name_words, opinionated, words
from tests.sandbox.language.reading import ORDER, Passage

SUPPORT = 2.0
"""From this score on, a passage is taken to speak about what is asked."""

HINT = 0.6
"""From this score on, a passage is quoted for want of a better one."""

SCHEMA_WORDS = frozenset(
    words(
        "value values field fields list lists item items string text number true false null exact exactly verbatim quote "
        "quotes quoted word words source sources id ids name names description set one two three first second stated known "
        "given copied short phrase sentence rests what which who where message characters character least most data best "
        "turn said says user never reworded translated empty none letter stands stand"
    )
)
"""Words that describe the form of an answer rather than its subject."""


@dataclass
class Query:
    """What is asked, as weights of stems and of meanings."""

    stems: Counter[str] = field(default_factory=Counter)
    meanings: Counter[str] = field(default_factory=Counter)

    def add(self, text: str, weight: float) -> "Query":
        """Also ask for this, as strongly as told; the strongest mention counts."""
        if weight <= 0:
            return self
        subject = " ".join(
            word for word in words(name_words(text)) if word not in SCHEMA_WORDS and not is_common(word)
        )
        stems, meanings = content(subject)
        for stem in stems:
            self.stems[stem] = max(self.stems[stem], weight)
        for meaning in meanings:
            share = weight / (1 + 0.25 * (len(meanings) - 1))
            self.meanings[meaning] = max(self.meanings[meaning], share)
        return self

    def with_text(self, text: str, weight: float) -> "Query":
        """A query that also asks for this; this one stays."""
        return Query(Counter(self.stems), Counter(self.meanings)).add(text, weight)

    @property
    def main_meaning(self) -> str | None:
        """The meaning asked for most."""
        return (
            max(self.meanings, key=lambda meaning: (self.meanings[meaning], meaning))
            if self.meanings
            else None
        )

    def support(self, passage: Passage) -> float:
        """How much the passage speaks about it."""
        label_stems, label_meanings = passage.label_content
        score = sum(self.stems[stem] for stem in passage.stems | label_stems if stem in self.stems)
        own = sum(self._weight(meaning, passage) for meaning in passage.meanings if meaning in self.meanings)
        filed = sum(
            self.meanings[meaning]
            for meaning in label_meanings - passage.meanings
            if meaning in self.meanings
        )
        belief = self.meanings.get("belief", 0) * 1.5 if opinionated(passage.text) else 0
        return score + own + 0.75 * filed + belief

    def _weight(self, meaning: str, passage: Passage) -> float:
        """The more words have the meaning, and the fewer have others, the more it counts."""
        counts = passage.meaning_counts
        share = counts[meaning] / max(1, counts.total())
        return self.meanings[meaning] * (0.6 + 0.4 * share) * (0.8 + 0.2 * min(counts[meaning], 3))

    def support_of_text(self, text: str) -> float:
        """How much a phrase speaks about it."""
        stems, meanings = content(text)
        score = sum(self.stems[stem] for stem in stems if stem in self.stems)
        return score + sum(self.meanings[meaning] for meaning in meanings if meaning in self.meanings)


@dataclass
class Used:
    """What an answer has used already, so that it doesn't say the same twice."""

    passages: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    """How much each was used: a quote counts whole, a phrase in other words less."""
    phrases: set[str] = field(default_factory=set)
    choices: Counter[tuple[str, str]] = field(default_factory=Counter)


ORIGIN = {"user": 0.8, "data": 0.5, "tool": 0.9, "assistant": -1.0}
WISH = re.compile(
    r"(?:\w+,? )?(?:i(?:['’]d| would) like|i want|help me|(?:ich )?(?:möchte|will) ich|ich (?:möchte|will)|je (?:voudrais|veux)|quiero|quisiera)\b",
    re.IGNORECASE,
)
SAID = frozenset({"talk", "turn", "new", "said", "conversation"})
CLAIMED = frozenset({"website", "page", "site"})


def rank(
    passages: Iterable[Passage], query: Query, used: Used, *, quoted: bool
) -> Iterator[tuple[float, Passage]]:
    """The passages with their merit, unsorted. A quote must not be a question or marred, and should have a source."""
    for passage in passages:
        merit = query.support(passage) + ORIGIN[passage.origin] + 0.03 * min(passage.length, 14)
        filed = set(words(passage.label))
        merit += 0.5 * bool(filed & SAID) - 0.4 * bool(filed & CLAIMED)
        merit -= 3.0 * used.passages[passage.text]
        merit -= 0.05 * max(0, passage.length - 35)
        if passage.text.rstrip().endswith("?"):
            merit -= 2.5
        if not query.meanings["belief"] and opinionated(passage.text):
            merit -= 1.5
        if WISH.match(passage.text) or ORDER.match(passage.text):
            merit -= 2.0
        if (
            passage.length < 5
            and passage.origin == "data"
            and not passage.text.endswith((".", "!", "”", "“", "»"))
        ):
            merit -= 0.8
        if passage.length < 3:
            merit -= 1.0
        if quoted and passage.source is None:
            merit -= 0.7
        if quoted and ("‹" in passage.text or "\ufffd" in passage.text):
            merit -= 5.0
        yield merit, passage


def best(
    passages: Iterable[Passage], query: Query, used: Used, *, quoted: bool = False
) -> tuple[Passage | None, float]:
    """The passage that answers best, and how much it speaks about what is asked; earlier ones win a tie."""
    chosen = max(
        rank(passages, query, used, quoted=quoted), key=lambda pair: (pair[0], -pair[1].order), default=None
    )
    if chosen is None:
        return None, 0.0
    return chosen[1], query.support(chosen[1])
