"""The words of one packet: what the lead, their company and we are called, and which words of a draft need no explanation."""

import re
from functools import cached_property

from tools import keys
from tools.discovery.language import detect_language
from tools.outreach.evidence import EvidencePacket
from tools.outreach.reading.lexicon.frames import FRAMED, OPENERS_OF_QUESTIONS, TITLES
from tools.outreach.reading.lexicon.plain_words import ACRONYMS, GERMAN_NOUNS, OPENERS, is_german_noun
from tools.outreach.reading.lexicon.times import says_recent
from tools.outreach.reading.ordinary import ordinary_words
from tools.outreach.reading.plain import plain_words
from tools.outreach.reading.sentences import Word, bare, forms, key_of, seen, words_of

SHORTEST_NAME = 3
"""Letters from which on a single word of a name is looked for on its own, in lower case too."""

NO_CAPITALS = frozenset({"ja", "ko", "zh", "ar", "ru", "el"})
"""Languages in which names can't be told by how they are written: there each plain statement has to rest on evidence."""


class Vocabulary:
    """Answers what a word of a draft may be. `language`: of the draft; None when it can't be told."""

    def __init__(self, packet: EvidencePacket, text: str = "") -> None:
        self._packet = packet
        self.language = detect_language(text) or packet.language
        self.languages = frozenset(filter(None, (self.language, packet.language)))
        lead = packet.lead
        self.person = frozenset(_parts(lead.name))
        self.company = frozenset(_parts(_without_form(lead.company or "")))
        domain = (lead.domain or "").split(".")
        self.domain = frozenset(bare(part) for part in domain[:-1] if len(part) >= SHORTEST_NAME)
        self.unreadable = self.language in NO_CAPITALS
        self.everyday = frozenset({*self.ours, *GERMAN_NOUNS})
        self.us = frozenset(_parts(packet.sender.company or "")) | frozenset(_parts(packet.sender.name or ""))
        self.ours_at = frozenset(_parts(packet.sender.postal_address or ""))
        self.customers = frozenset(part for name in packet.sender.customers for part in _parts(name))

    @cached_property
    def ours(self) -> frozenset[str]:
        """Lower-case words of what we test and of what we may say of us: they are no names."""
        experiment = self._packet.experiment
        texts = [*self._packet.sender.facts]
        if experiment:
            texts += [experiment.persona, experiment.pain, experiment.trigger, experiment.angle]
        return frozenset(
            key_of(word)
            for text in texts
            for word, _, _ in words_of(seen(text)[0])
            if not _capital(word, text)
        )

    @cached_property
    def _tested(self) -> frozenset[str]:
        """Forms of the experiment's words: German writes its nouns like names."""
        experiment = self._packet.experiment
        texts = (
            (experiment.persona, experiment.pain, experiment.trigger, experiment.angle) if experiment else ()
        )
        return frozenset(
            form for text in texts for word, _, _ in words_of(text) for form in forms(bare(key_of(word)))
        )

    @cached_property
    def _written_small(self) -> frozenset[str]:
        """Forms of words that the evidence writes in lower case."""
        return frozenset(
            form
            for item in self._packet.carriers()
            for word, _, _ in words_of(item.text)
            if word.islower() and len(word) >= SHORTEST_NAME
            for form in forms(bare(key_of(word)))
        )

    @cached_property
    def topic(self) -> frozenset[str]:
        """Stems of the experiment's words: what a question or a guess may be about."""
        experiment = self._packet.experiment
        texts = (experiment.pain, experiment.trigger, experiment.angle) if experiment else ()
        return frozenset(
            form for text in texts for word, _, _ in words_of(text) for form in forms(key_of(word))
        )

    @cached_property
    def squeezed(self) -> tuple[tuple[str, frozenset[str]], ...]:
        """Whole names without spaces and signs, and the kind of each: `Brenn-holt` and `brennholttowage` are found so."""
        lead = self._packet.lead
        kinds = {
            "lead": [lead.name],
            "company": [lead.company or "", _without_form(lead.company or "")],
            "customer": self._packet.sender.customers,
        }
        return tuple(
            (kind, frozenset(squeeze(name) for name in names if len(squeeze(name)) >= 5))
            for kind, names in kinds.items()
        )

    def is_common(self, word: Word, *, first: bool) -> bool:
        """Whether a word with a capital letter may stand here without naming anybody."""
        key = word.key
        if key in ACRONYMS or key in TITLES or (first and self._begins_sentences(key)):
            return True
        if len(key) == 1 or key in {"i", "i'm", "i'd", "i've", "i'll"}:
            return True
        if key.startswith(("sie", "ihr", "ihnen")) and key in OPENERS:
            return True
        return self.language == "de" and (
            is_german_noun(key)
            or key in OPENERS
            or bool(forms(bare(key)) & self._tested)
            or ordinary_words()["de"].is_noun(bare(key))
        )

    def _begins_sentences(self, key: str) -> bool:
        if any(words.holds(bare(key)) for code, words in ordinary_words().items() if code in self.languages):
            return True
        if forms(bare(key)) & self._written_small:
            return True
        known = says_recent(key) or any(words.holds(bare(key)) for words in plain_words().values())
        known = known or key in OPENERS or key in self.ours or key in OPENERS_OF_QUESTIONS
        return known or bool(FRAMED.fullmatch(key))


def squeeze(text: str) -> str:
    """A name as letters and digits alone, without accents."""
    return re.sub(r"[\W_]+", "", bare(key_of(text)))


def _parts(name: str) -> list[str]:
    """The words of a name that may stand for it."""
    found = [bare(key_of(word)) for word, _, _ in words_of(name)]
    parts = [part for key in found for part in (key, *re.split(r"[-.&/]", key))]
    return [part for part in parts if len(part) >= 2 and part not in keys.LEGAL_FORMS]


def _without_form(name: str) -> str:
    words = name.split()
    while len(words) > 1 and key_of(words[-1]).strip(".,") in keys.LEGAL_FORMS:
        words.pop()
    return " ".join(words)


def _capital(word: str, text: str) -> bool:
    return word[:1].isupper() and not text.startswith(word)
