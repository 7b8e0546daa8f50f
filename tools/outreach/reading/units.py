"""Evidence read sentence by sentence: what each says, and whether it is denied, only planned, dated, or about somebody else."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property

from tools.discovery.language import detect_language
from tools.outreach.evidence import Evidence, EvidencePacket
from tools.outreach.formats import fresh_days
from tools.outreach.reading.lexicon import word_set
from tools.outreach.reading.lexicon.events import LIMIT_OF, Event, events_in
from tools.outreach.reading.lexicon.frames import NEGATION, UNCERTAIN
from tools.outreach.reading.lexicon.numbers import Found, numbers_in
from tools.outreach.reading.lexicon.plain_words import ACRONYMS, OPENERS, is_german_noun
from tools.outreach.reading.lexicon.times import dates_in
from tools.outreach.reading.sentences import Sentence, Word, bare, forms, sentences_of
from tools.outreach.reading.vocabulary import Vocabulary

WE = word_set(
    "we we're we've our wir unser unsere unserem unseren unserer nous notre nos nosotros nosotras nuestro nuestra nuestros nuestras noi nós wij"
)
"""Words by which a page or a profile speaks of its owner."""
BENT = 7
HEADING = 40
"""Characters up to which a sentence may be a heading that dates what follows."""
_RUN = re.compile(r"[^\W_]+")


def inflected(name: str) -> str:
    """A long word without its ending; a short one as it is."""
    return re.sub(r"(?:en|es|er|e|n|s)$", "", name) if len(name) >= BENT else name


@dataclass(frozen=True)
class Unit:
    """One sentence of evidence, between its neighbours. It is read no further than is asked: most are about something else."""

    evidence: Evidence
    sentence: Sentence
    before: str
    after: str

    @cached_property
    def stems(self) -> frozenset[str]:
        """The words of it and of its neighbours."""
        whole = bare(f"{self.before}\n{self.sentence.visible}\n{self.after}".casefold())
        joined = (key for key in map(bare, self.sentence.keys) if "-" in key)
        return frozenset(form for word in (*_RUN.findall(whole), *joined) for form in forms(word))

    @cached_property
    def numbers(self) -> tuple[Found, ...]:
        """Its numbers."""
        language = detect_language(self.evidence.text)
        return tuple(numbers_in(self.sentence.visible, frozenset([language] if language else [])))

    @cached_property
    def events(self) -> tuple[Event, ...]:
        """Its events."""
        return tuple(events_in(self.sentence.visible))

    @cached_property
    def dates(self) -> frozenset[str]:
        """Its dates, and that of a short line before it."""
        heading = dates_in(self.before) if len(self.before) < HEADING else set()
        return frozenset(dates_in(self.sentence.visible) | heading)

    @cached_property
    def names(self) -> frozenset[str]:
        """Every word of it, and every part: whether one is a name is asked of the draft."""
        keys = [bare(key) for key in self.sentence.keys]
        return frozenset([*keys, *(part for key in keys for part in re.split(r"[-./&+@]", key) if part)])

    @cached_property
    def inflected(self) -> frozenset[str]:
        """Its long words without endings: German and Spanish bend them."""
        return frozenset(inflected(name) for name in self.names)

    @property
    def denied(self) -> bool:
        """Whether it says that something is not so."""
        return bool(NEGATION.search(self.sentence.visible))

    @property
    def uncertain(self) -> bool:
        """Whether it speaks of plans or possibilities."""
        return bool(UNCERTAIN.search(self.sentence.visible))

    def fresh_for(self, events: frozenset[str], now: datetime) -> bool:
        """Whether what it tells is recent: seen, and by its own words happened, within the age limits of these events."""
        seen_at = self.evidence.observed_at
        if seen_at is None:
            return False
        limit = self._limit(events)
        return now - seen_at <= timedelta(days=limit) and not self.outdated(events, now)

    def outdated(self, events: frozenset[str], now: datetime) -> bool:
        """Whether its own words date it before the age limit of these events."""
        told = self._told_on
        return told is not None and now.date() - told > timedelta(days=self._limit(events))

    def _limit(self, events: frozenset[str]) -> int:
        kinds = [LIMIT_OF[name] for name in events if name in LIMIT_OF]
        return min([self.evidence.fresh_days, *(fresh_days(kind) for kind in kinds)])

    @cached_property
    def _told_on(self) -> date | None:
        """The latest day that its dates, or else those right before it, may mean."""
        said = (
            self.dates
            if any(name.startswith("year:") for name in self.dates)
            else frozenset(dates_in(self.before))
        )
        years = [int(name[5:]) for name in said if name.startswith("year:")]
        if not years:
            return None
        months = [int(name[6:]) for name in said if name.startswith("month:")]
        month = max(months) if len(years) == 1 and months else 12
        following = date(max(years) + month // 12, month % 12 + 1, 1)
        return following - timedelta(days=1)


class Units:
    """The units of a packet, made once for all sentences of a draft."""

    def __init__(self, packet: EvidencePacket, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self.all = [unit for item in packet.carriers() for unit in self._units(item)]

    def _units(self, item: Evidence) -> Iterator[Unit]:
        text = item.text
        if item.kind in {"message", "reply"} and item.observed_at:
            text = f"{text}\n{_spelled_out(item.observed_at)}"
        sentences = sentences_of(text)
        for index, sentence in enumerate(sentences):
            before = sentences[index - 1].visible if index else ""
            after = sentences[index + 1].visible if index + 1 < len(sentences) else ""
            yield Unit(item, sentence, before, after)

    def foreign_doer(self, unit: Unit, event: Event) -> frozenset[str]:
        """Names that stand before an event, when nothing says that it is the company, the lead or `we` who does it."""
        own = self._vocabulary.company | self._vocabulary.person | self._vocabulary.domain
        before = [word for word in unit.sentence.words if word.start < unit.sentence.start + event.start]
        speaks = {word.key for word in unit.sentence.words} & WE
        if speaks or {bare(word.key) for word in before} & own:
            return frozenset()
        return frozenset(bare(word.key) for word in before if _is_name(word))


def _spelled_out(at: datetime) -> str:
    local = at.astimezone(UTC)
    return f"Written on {local.day} {local:%B} {local.year}, {local:%Y-%m-%d}, {local:%A}."


def _is_name(word: Word) -> bool:
    if not word.capital or len(word.key) < 2 or word.key in OPENERS or word.key in ACRONYMS:
        return False
    return not is_german_noun(word.key) and not dates_in(word.shown)
