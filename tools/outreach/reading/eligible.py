"""Which piece of evidence may carry a sentence: about the right one, not denied or only planned, not too old, of the same doer."""

import re
from collections.abc import Iterable
from datetime import datetime

from tools.outreach.evidence import Evidence, EvidencePacket, Subject
from tools.outreach.reading.customers import customers_named
from tools.outreach.reading.lexicon.events import ANSWERED, CONTACT, DIRECTED, OF_PERSON, PRIOR_CONTACT
from tools.outreach.reading.lexicon.frames import NEGATION, UNCERTAIN, US, YOU
from tools.outreach.reading.lexicon.plain_words import OPENERS
from tools.outreach.reading.lexicon.times import dates_in
from tools.outreach.reading.mentions import Mentions
from tools.outreach.reading.sentences import Sentence, bare, forms, key_of, sentences_of
from tools.outreach.reading.units import Unit, Units

_ONE_SPAN = re.compile(
    r"(?<!\w)(?:an?|one|eine[nmr]?|ein|une?|una?)(?: (?:single|whole|mere|einzige[nmr]?|ganze[nmr]?|halbe[nmr]?|half|seule?))? "
    r"(second|minute|hour|morning|afternoon|evening|day|night|week|weekend|month|quarter|year|sekunde|minute|stunde|vormittag|nachmittag|mittag|abend|tag|nacht|woche|monat|quartal|jahr|jour|matinée|soirée|semaine|mois|heure|día|tarde|semana|mes|hora)(?!\w)",
    re.IGNORECASE,
)
_PART = re.compile(
    r"(?<!\w)(?:the (?:oldest|youngest|newest|first|last|largest|smallest|earliest)(?: of (?:them|which|these|whom))?|(?:one|some|two|three|most|part|half) of (?:them|which|these|whom)|"
    r"(?:der|die|das) (?:älteste|jüngste|neueste|erste|letzte|größte|kleinste)\w*|davon|darunter|ein teil)(?!\w)",
    re.IGNORECASE,
)
"""Words that set some of what was named apart from the rest."""
_NEXT = re.compile(r"[\s-]+([^\W\d_]+)")
_CLAUSE = re.compile(r"[,;:–—]\s")
CARRIERS = {
    "message": frozenset({PRIOR_CONTACT}),
    "reply": frozenset({PRIOR_CONTACT, ANSWERED}),
    "outcome": frozenset({PRIOR_CONTACT, ANSWERED}),
}
"""Evidence that shows contact and nothing else."""


def may_carry(unit: Unit, sentence: Sentence, found: Mentions, packet: EvidencePacket, units: Units) -> bool:
    """Whether a piece of evidence is about the right ones, not denied or planned, not too old, and of the same doer."""
    names = frozenset(event.name for event in found.events)
    if _counts_otherwise(unit, sentence):
        return False
    if unit.evidence.kind == "fact" and customers_named(unit.sentence, packet) != customers_named(
        sentence, packet
    ):
        return False
    if not _right_subject(unit.evidence, sentence, found, names) or not _same_sense(unit, sentence, found):
        return False
    told = names & {event.name for event in unit.events}
    return _recent_enough(unit, found, told, packet.now) and all(
        units.foreign_doer(unit, event) <= found.others and _same_order(unit, event.name, sentence, found)
        for event in unit.events
        if event.name in told
    )


def _counts_otherwise(unit: Unit, sentence: Sentence) -> bool:
    """Whether a sentence says `a day` where evidence says `ten days`, or `a morning`."""
    text = unit.sentence.visible
    spans = [forms(bare(key_of(match[1]))) for match in _ONE_SPAN.finditer(sentence.visible)]
    same = [forms(bare(key_of(match[1]))) for match in _ONE_SPAN.finditer(text)]
    counted = [
        forms(bare(key_of(match[1])))
        for number in unit.numbers
        if number.number[0] != "1" and (match := _NEXT.match(text, number.end))
    ]
    return any(
        (same or any(span & other for other in counted)) and not any(span & other for other in same)
        for span in spans
    )


def _same_sense(unit: Unit, sentence: Sentence, found: Mentions) -> bool:
    """What is denied is not stated, what is planned has not happened."""
    if unit.evidence.kind in {*CARRIERS, "sender"}:
        return True
    denied = bool(NEGATION.search(sentence.visible))
    told_no = unit.denied and _denies(unit, sentence)
    if told_no != denied and (told_no or not (found.asks or found.framed)):
        return False
    return not unit.uncertain or found.asks or bool(UNCERTAIN.search(sentence.visible))


def _denies(unit: Unit, sentence: Sentence) -> bool:
    """Whether the clauses of evidence that speak of the same say that it is not so: `hiring two planners, no experience needed`."""
    clauses = [part for clause in _CLAUSE.split(unit.sentence.visible) for part in sentences_of(clause)]
    shared = [clause for clause in clauses if clause.stems & sentence.stems] or clauses
    return any(NEGATION.search(clause.visible) for clause in shared)


def _recent_enough(unit: Unit, found: Mentions, told: frozenset[str], now: datetime) -> bool:
    """Old news counts only with its year beside it, and never as recent."""
    dated = bool(_years(unit.dates) & _years(found.dates))
    fresh = unit.fresh_for(told, now)
    if found.recent and not fresh:
        return False
    if unit.outdated(told, now) and not dated and not _dates_a_part(unit, told):
        return False
    return fresh or dated or not told or unit.evidence.subject is Subject.US


def _dates_a_part(unit: Unit, told: frozenset[str]) -> bool:
    """Whether the years of a sentence are only those of some of what it speaks of: `83 trams, the oldest of them from 1989`."""
    whole, *parts = _CLAUSE.split(unit.sentence.visible)
    dated = [part for part in (whole, *parts) if dates_in(part)]
    return not told and bool(dated) and all(_PART.search(part) for part in dated)


def _years(dates: Iterable[str]) -> set[str]:
    return {name for name in dates if name.startswith("year:")}


def _same_order(unit: Unit, event: str, sentence: Sentence, found: Mentions) -> bool:
    """Who does it to whom: names stand in the same order as in the evidence."""
    if event not in DIRECTED or not found.others:
        return True
    here = [bare(key) for key in sentence.keys if bare(key) in found.others]
    there = [bare(key) for key in unit.sentence.keys if bare(key) in found.others]
    if here and there and _first_is_other(unit.sentence, found) != _first_is_other(sentence, found):
        return False
    return [name for name in here if name in there] == [name for name in there if name in here] or not there


def _first_is_other(sentence: Sentence, found: Mentions) -> bool:
    """Whether a foreign name stands before anything that means the company: its name, `we` or `you`."""
    for word in sentence.words:
        key = bare(word.key)
        if key in found.others:
            return True
        if word.key in US or word.key in YOU or (word.capital and key not in OPENERS):
            return False
    return False


def _right_subject(item: Evidence, sentence: Sentence, found: Mentions, events: frozenset[str]) -> bool:
    """What we may say of us carries what is said of us; what is known of lead and company carries the rest."""
    if item.kind in CARRIERS:
        return bool(events & CONTACT)
    if of_us(sentence, found):
        return item.subject is Subject.US
    if events & (OF_PERSON - {"award"}) and set(sentence.keys) & YOU and not found.company:
        return item.subject is Subject.LEAD
    if item.kind == "fact" and not _names_somebody(found):
        return True
    return item.subject is not Subject.US


def _names_somebody(found: Mentions) -> bool:
    """Whether a sentence has a doer. One without, `Setting up takes two weeks.`, may be about what we offer."""
    return bool(found.lead or found.company or found.us or found.others or found.about_you or found.about_us)


def of_us(sentence: Sentence, found: Mentions) -> bool:
    return found.about_us or found.us or bool(set(sentence.keys) & US)
