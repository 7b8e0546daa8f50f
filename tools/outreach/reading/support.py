"""Whether stored evidence carries a sentence: each name, number, date and event of it, in the same place, and nearly all its words."""

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from tools.outreach.evidence import EvidencePacket, Subject
from tools.outreach.reading.customers import (
    customers_words,
    is_only_our_customer,
    keys_of_name,
)
from tools.outreach.reading.eligible import CARRIERS, may_carry, of_us
from tools.outreach.reading.lexicon import word_set
from tools.outreach.reading.lexicon.events import (
    LIMIT_OF,
)
from tools.outreach.reading.lexicon.frames import FRAMED, ME, US, YOU
from tools.outreach.reading.lexicon.numbers import Found
from tools.outreach.reading.lexicon.plain_words import EMPTY
from tools.outreach.reading.lexicon.times import says_recent
from tools.outreach.reading.mentions import Mentions, mentions_in
from tools.outreach.reading.sentences import Sentence, bare, forms, key_of, sentences_of
from tools.outreach.reading.units import Unit, Units, inflected
from tools.outreach.reading.vocabulary import Vocabulary
from tools.outreach.reading.wording import Wording

NEAR = 45
"""Characters around a number in which evidence has to name what the draft counts."""
MOST_TOGETHER = 3
WHOLE = 3
"""Words from which on a sentence may stand word for word in a fact."""
NEAREST = 40
"""Sentences of evidence that are read in full: those with the most words in common."""
PRESENT = word_set("now nowadays currently today inzwischen mittlerweile nun derzeit heute aktuell")
"""What says that something is so at present, as the present tense does anyway."""
LIGHT = word_set("let lets take takes lassen lässt dauert dauern")
"""Verbs that say nothing beside what they join: the nouns and numbers around them have to stand in one place anyway."""
_CLAUSES = re.compile(r"\s*(?:[,;:–—]|\s-\s|\band\b|\bund\b|\bet\b|\by\b|\be\b|\ben\b)\s+")
_WORD = re.compile(r"[^\W\d_]{4,}")
_NEXT = re.compile(r"\s+([^\W\d_]{4,})")


@dataclass(frozen=True)
class Supported:
    """The ids of the evidence that carries a sentence, or what none carries."""

    evidence_ids: tuple[str, ...]
    objection: str | None = None


def support(
    sentence: Sentence,
    found: Mentions,
    packet: EvidencePacket,
    vocabulary: Vocabulary,
    units: Units,
    wording: Wording,
) -> Supported:
    """The evidence that carries all of a sentence, or the objection. `found`: what the sentence names."""
    named = _identities(sentence, found, packet, vocabulary)
    if isinstance(named, str):
        return Supported((), named)
    rest = replace(found, others=found.others - customers_words(packet))
    if fact := _word_for_word(sentence, packet):
        return Supported((*dict.fromkeys(named), fact))
    if found.about_you and not found.asks and _done_to_you(sentence):
        return Supported((), "The reader is the one it is done to: evidence tells what they do.")
    if (
        found.about_us
        and not found.framed
        and (found.company or found.lead or (found.about_you and _subject_is_you(sentence)))
    ):
        rest = replace(rest, others=rest.others | _own_names(sentence, vocabulary) | {"you"})
    customer = is_only_our_customer(found, rest, named, _telling(sentence, found, wording))
    if customer or (not _has_to_be_told(rest) and _only_names(sentence, rest, wording)):
        return Supported(tuple(dict.fromkeys(named)))
    carried = _carried(sentence, rest, packet, vocabulary, units, wording)
    if isinstance(carried, str):
        clauses = _by_clauses(sentence, packet, vocabulary, units, wording) if _mixed(sentence) else None
        if clauses is None:
            return Supported((), carried)
        carried = clauses
    return Supported(tuple(dict.fromkeys([*named, *carried])))


def _word_for_word(sentence: Sentence, packet: EvidencePacket) -> str | None:
    """The approved fact that holds the whole sentence."""
    said = " ".join(sentence.keys)
    for item in packet.of(Subject.US):
        if item.kind == "fact" and len(sentence.keys) >= WHOLE:
            whole = " ".join(key for part in sentences_of(item.text) for key in part.keys)
            if f" {said} " in f" {whole} ":
                return item.id
    return None


def _done_to_you(sentence: Sentence) -> bool:
    """Whether a statement names the reader at its end only."""
    *before, last = sentence.keys
    return last in YOU and not set(before) & YOU


def _subject_is_you(sentence: Sentence) -> bool:
    """Whether a sentence begins with the reader: it is about them, whoever else it names."""
    return bool(set(sentence.keys[:2]) & YOU)


def _own_names(sentence: Sentence, vocabulary: Vocabulary) -> frozenset[str]:
    """Words by which a sentence about us names the lead or the company: as if they were our customers."""
    theirs = vocabulary.person | vocabulary.company | vocabulary.domain
    return frozenset(bare(key) for key in sentence.keys) & theirs


def _identities(
    sentence: Sentence, found: Mentions, packet: EvidencePacket, vocabulary: Vocabulary
) -> list[str] | str:
    """Ids of the fields that say how those who are named are called, or whom nothing stored names."""
    stored = packet.by_id()
    ids = []
    for named, fields, who in (
        (found.lead, ("lead.fullName",), "the lead's name"),
        (found.company, ("lead.company", "lead.companyDomain"), "the company's name"),
        (found.us, ("sender.company", "sender.name"), "our name"),
    ):
        present = [name for name in fields if name in stored]
        if named and not present:
            return f"Nothing usable stores {who}."
        if named:
            ids += present[:1] if who != "our name" else present
    for number, name in enumerate(packet.sender.customers, 1):
        if keys_of_name(name) <= set(map(bare, sentence.keys)):
            ids.append(f"customer.{number}")
    return [name for name in ids if name in stored]


def _has_to_be_told(found: Mentions) -> bool:
    return bool(
        found.others
        or found.addresses
        or found.numbers
        or found.dates
        or found.events
        or found.recent
        or found.about_you
        or found.about_us
    )


def _only_names(sentence: Sentence, found: Mentions, wording: Wording) -> bool:
    """Whether a sentence says nothing of those it names: a greeting, a question or a guess."""
    return found.asks or found.framed or not _telling(sentence, found, wording)


def _carried(
    sentence: Sentence,
    found: Mentions,
    packet: EvidencePacket,
    vocabulary: Vocabulary,
    units: Units,
    wording: Wording,
) -> list[str] | str:
    """The ids of the fewest pieces of evidence that carry a sentence together, or what none carries."""
    near = sorted(((_shared(unit, sentence), unit) for unit in units.all), key=lambda pair: -pair[0])
    nearest = [unit for shared, unit in near[:NEAREST] if shared or unit.evidence.kind in CARRIERS]
    usable = [unit for unit in nearest if may_carry(unit, sentence, found, packet, units)]
    wanted = _wanted(found)
    scored = sorted(
        usable, key=lambda unit: (-len(_covered(unit, found, sentence, wording)), -_shared(unit, sentence))
    )
    best = scored[:12]
    for size in range(1, MOST_TOGETHER + 1):
        for group in itertools.combinations(best, size):
            if not found.asks and _joined(group):
                continue
            told = set().union(*(_covered(unit, found, sentence, wording) for unit in group))
            if told >= wanted and not _untold(group, sentence, found, vocabulary, wording):
                return [unit.evidence.id for unit in group]
    told = set().union(*(_covered(unit, found, sentence, wording) for unit in best)) if best else set()
    missing = sorted(wanted - told) or _untold(best[:1], sentence, found, vocabulary, wording)
    said = ", ".join(missing[:6]) or "all of this in one place"
    where = "fact approved about us" if of_us(sentence, found) else "evidence about this lead"
    return f"No {where} carries: {said}."


def _joined(group: Sequence[Unit]) -> bool:
    """Whether a group puts together what different sentences say: a statement might mix up their places and times."""
    return sum(unit.evidence.kind not in {"field", "sender", "fact"} for unit in group) > 1


def _wanted(found: Mentions) -> set[str]:
    """Everything that evidence has to hold, by name."""
    return {
        *(f"name {name}" for name in found.others),
        *(f"address {address}" for address in found.addresses),
        *(
            f"number {' '.join(part for part in item.number if part)}"
            for item in found.numbers
            if f"year:{item.number[0]}" not in found.dates
        ),
        *(f"date {name}" for name in found.dates),
        *(f"event {event.name}" for event in found.events),
        *(["something recent"] if found.recent else []),
    }


def _covered(unit: Unit, found: Mentions, sentence: Sentence, wording: Wording) -> set[str]:
    """What of `_wanted` one piece of evidence holds."""
    text = unit.sentence.visible
    held = {
        f"name {name}" for name in found.others if name in unit.names or inflected(name) in unit.inflected
    }
    held |= {f"address {address}" for address in found.addresses if address.casefold() in text.casefold()}
    for item in found.numbers:
        if any(
            item.number == other.number and _same_thing(item, other, sentence, text, wording)
            for other in unit.numbers
        ):
            held.add(f"number {' '.join(part for part in item.number if part)}")
    held |= {f"date {name}" for name in found.dates & (unit.dates | _lasting(unit.dates))}
    told = {event.name for event in unit.events} | {OF_KIND.get(unit.evidence.kind, "")}
    if unit.evidence.kind in CARRIERS:
        told = set(CARRIERS[unit.evidence.kind])
    held |= {f"event {event.name}" for event in found.events if event.name in told}
    if (found.recent and not found.events) or (
        found.recent and {event.name for event in found.events} & told
    ):
        held.add("something recent")
    return held


def _lasting(dates: Iterable[str]) -> set[str]:
    """Times in which something that is so `since this year` is so."""
    return {
        re.sub(r"^relative:(?:since|seit) ", "relative:", name)
        for name in dates
        if name.startswith("relative:")
    }


OF_KIND = {limit: event for event, limit in LIMIT_OF.items()} | {"expansion": "expand"}
"""What a signal of a kind tells, however it is worded."""


def _same_thing(item: Found, other: Found, sentence: Sentence, text: str, wording: Wording) -> bool:
    """Whether evidence counts by a number what the draft counts: the word behind it is the same, or stands near."""
    if (following := _following(sentence.visible, item)) and following == _following(text, other):
        return True
    after = [
        word
        for word in _WORD.findall(sentence.visible[item.end : item.end + NEAR])
        if not says_recent(word.casefold()) and word.casefold() not in EMPTY and not wording.is_small(word)
    ]
    if not after:
        return True
    near = text[max(0, other.start - NEAR) : other.end + NEAR]
    held = frozenset(form for word in _WORD.findall(near) for form in forms(word.casefold()))
    return any(forms(word.casefold()) & held for word in after[:2])


def _following(text: str, number: Found) -> str:
    """The word right behind a number: `fourth line`, however little it says elsewhere."""
    found = _NEXT.match(text[number.end :])
    return found[1].casefold() if found else ""


def _mixed(sentence: Sentence) -> bool:
    """Whether a sentence speaks of us and of something else."""
    return bool(set(sentence.keys) & US) or len(_CLAUSES.split(sentence.visible)) > 1


def _by_clauses(
    sentence: Sentence, packet: EvidencePacket, vocabulary: Vocabulary, units: Units, wording: Wording
) -> list[str] | None:
    """The evidence of each clause on its own, or None when one has none."""
    ids: list[str] = []
    clauses = [clause for clause in _CLAUSES.split(sentence.visible) if clause.strip()]
    if len(clauses) < 2:
        return None
    before = Mentions()
    for clause in clauses:
        for part in sentences_of(clause):
            found = before = _of_same(mentions_in(part, vocabulary), before)
            if not found:
                if _telling(part, found, wording) and not FRAMED.search(part.visible):
                    return None
                continue
            named = _identities(part, found, packet, vocabulary)
            rest = replace(found, others=found.others - customers_words(packet))
            if isinstance(named, str):
                return None
            ids += named
            if not _has_to_be_told(rest) and _only_names(part, rest, wording):
                continue
            carried = _carried(part, rest, packet, vocabulary, units, wording)
            if isinstance(carried, str):
                return None
            ids += carried
    return ids


def _of_same(found: Mentions, before: Mentions) -> Mentions:
    """What a clause names: without a doer of its own it goes on about us, where the clause before it was."""
    has_doer = found.lead or found.company or found.us or found.others or found.about_you or found.about_us
    return found if has_doer or not _is_ours(before) else replace(found, about_us=True)


def _is_ours(found: Mentions) -> bool:
    return (found.us or found.about_us) and not (found.lead or found.company or found.about_you)


def _telling(sentence: Sentence, found: Mentions, wording: Wording) -> list[str]:
    """The words that evidence has to hold, those that only call something recent or present left out, and light verbs."""
    return [
        word
        for word in wording.telling(sentence, found)
        if not says_recent(word) and bare(key_of(word)) not in PRESENT | LIGHT
    ]


def _untold(
    group: Sequence[Unit], sentence: Sentence, found: Mentions, vocabulary: Vocabulary, wording: Wording
) -> list[str]:
    """Telling words that the evidence lacks. Those of a question or a guess may stand anywhere in what is stored."""
    if found.asks or (found.framed and not (found.about_us or found.about_you)):
        return []
    held = frozenset().union(*(unit.stems for unit in group)) if group else frozenset()
    free = found.framed or speaks_of_me(sentence, found)
    if free:
        held |= vocabulary.topic
    return [
        f"“{word}”"
        for word in _telling(sentence, found, wording)
        if not forms(key_of(word)) & held and not (free and wording.is_plain(word))
    ]


def speaks_of_me(sentence: Sentence, found: Mentions) -> bool:
    """Whether a sentence is about the writer alone."""
    keys = set(sentence.keys)
    return bool(keys & ME) and not (keys & (YOU | US) or found.us or found.company or found.lead)


def _shared(unit: Unit, sentence: Sentence) -> int:
    return len(unit.stems & sentence.stems)
