"""Which words of a sentence nobody stored and no list of plain words holds: whoever uses one states something."""

import re
import unicodedata
from dataclasses import replace
from functools import cached_property

from persistence.models.outreach import OutreachFormat
from tools.outreach.evidence import EvidencePacket, Subject
from tools.outreach.reading.lexicon.events import events_in
from tools.outreach.reading.lexicon.invitations import without_times
from tools.outreach.reading.lexicon.numbers import numbers_in
from tools.outreach.reading.lexicon.plain_words import OPENERS
from tools.outreach.reading.lexicon.times import says_recent
from tools.outreach.reading.mentions import Mentions
from tools.outreach.reading.openness import is_open
from tools.outreach.reading.ordinary import Ordinary, ordinary_words
from tools.outreach.reading.plain import PlainWords, plain_words
from tools.outreach.reading.sentences import Sentence, bare, forms, key_of, sentences_of, words_of
from tools.outreach.reading.vocabulary import Vocabulary, squeeze

_SIGN = re.compile(
    r"KEYCAP|DIGIT|NUMBER|NUMERAL|LETTER|LATIN|SQUARED|CIRCLED|REGIONAL|HUNDRED|MONEY|DOLLAR|EURO"
)
_ELIDED = re.compile(r"^(?:l|d|j|m|n|s|t|c|qu|lorsqu|puisqu|jusqu)'(?=\w)")
_OWN_WORDS = frozenset({"message", "outcome"})
"""Kinds of evidence whose words are ours: having written a word once does not make it known."""

CALLED = 5
"""Letters from which on a word may call something recent: evidence has to be recent then. `new` says too little."""

NEW = frozenset({"new", "neu", "neue", "neuen", "neuer", "neues", "neuem"})
NEWS = frozenset({"hire", "expand", "launch"})
"""What makes something `new`."""
ROOT = 7
"""Letters of the shortest word that counts as known because a stored one begins with it: `reception` of `receptionists`."""


class Wording:
    """The words that one packet's drafts may use, in the languages that have a list of plain ones."""

    def __init__(self, packet: EvidencePacket, vocabulary: Vocabulary, form: str = "") -> None:
        self._packet = packet
        self._connected = form == OutreachFormat.LINKEDIN_MESSAGE
        self._vocabulary = vocabulary
        lists = plain_words()
        known = vocabulary.languages
        self._wrote = any(item.kind == "message" for item in packet.evidence)
        codes = [code for code in sorted(known or lists) if code in lists]
        self.lists: list[PlainWords] = [lists[code] for code in codes]
        self._ordinary: list[Ordinary] = [
            ordinary_words()[code] for code in codes if code in ordinary_words()
        ]

    def without_phrases(self, sentence: Sentence, *, invites: bool) -> Sentence | None:
        """The sentence without what is plain as a whole: `next week`, `one question`. None: nothing else is said.

        `invites`: it asks or offers and presumes nothing, so days and times that it proposes for a talk are plain too.
        """
        for words in self.lists:
            left = words.phrases.sub(" ", without_times(sentence.visible) if invites else sentence.visible)
            if self._connected:
                left = words.connected.sub(" ", left)
            if left == sentence.visible:
                continue
            parts = sentences_of(left)
            if len(parts) > 1:
                continue
            return parts[0] if parts else None
        return sentence

    def strange(self, sentence: Sentence, found: Mentions) -> list[str]:
        """Words that neither a stored text nor the plain words of one language explain, as they stand."""
        if not self.lists:
            return [] if self._greets(sentence) else [sentence.visible]
        signs = [sign for sign in sentence.visible if _speaks(sign)]
        said = self._words(sentence, replace(found, events=()))
        lists = ([word for word in said if not self._knows(word, words)] for words in self.lists)
        left = min(lists, key=len)
        if left and is_open(
            sentence, self._vocabulary.languages, asks=found.asks and sentence.asks, wrote=self._wrote
        ):
            left = [word for word in left if not self._is_ordinary(word)]
        return signs + left

    def strange_of(self, sentence: Sentence, found: Mentions) -> list[str]:
        """Words of a part of an open sentence that nothing explains."""
        said = self._words(sentence, found)
        return [
            word
            for word in said
            if not self._is_ordinary(word) and not any(self._knows(word, words) for words in self.lists)
        ]

    def may_ask(self, sentence: Sentence) -> bool:
        """Whether a part of a sentence, put as a question, presumes nothing."""
        return is_open(sentence, self._vocabulary.languages, asks=True, wrote=self._wrote)

    def telling(self, sentence: Sentence, found: Mentions) -> list[str]:
        """The words that say something in a statement: none of them is small, a name, or part of a number or event."""
        words = self._words(sentence, found)
        lists = ([word for word in words if bare(key_of(word)) not in each.small] for each in self.lists)
        return min(lists, key=len, default=words)

    def is_plain(self, word: str) -> bool:
        """Whether one of the lists holds a word."""
        return any(words.holds(bare(key_of(word))) for words in self.lists)

    def _is_ordinary(self, word: str) -> bool:
        """Whether one of the languages has a word, put together from stored ones or not, or a stored one grew from it."""
        key = bare(key_of(word))
        if key in NEW and self._tells_news:
            return True
        if "-" in key:
            parts = key.split("-")
            plain = all(self._is_ordinary(part) or self.is_plain(part) for part in parts)
            return plain and not numbers_in(key.replace("-", " "), self._vocabulary.languages)
        grown = len(key) >= ROOT and any(stored.startswith(key) for stored in self._stored)
        return grown or any(words.holds(key, self._stored) for words in self._ordinary)

    @cached_property
    def _tells_news(self) -> bool:
        """Whether something stored tells of an opening, a launch or a position to fill."""
        return any(
            event.name in NEWS
            for item in self._packet.carriers()
            if item.subject is not Subject.US
            for event in events_in(item.text)
        )

    def is_small(self, word: str) -> bool:
        """Whether a word says nothing in one of the languages."""
        return any(bare(key_of(word)) in words.small for words in self.lists)

    def _words(self, sentence: Sentence, found: Mentions) -> list[str]:
        names = self._vocabulary
        own = names.person | names.company | names.domain | names.us | names.customers | found.others
        spans = [(item.start, item.end) for item in found.numbers]
        spans += [(event.start, event.end) for event in found.events]
        return [
            word
            for whole, start, end in words_of(sentence.visible)
            if not any(begin < end and start < finish for begin, finish in spans)
            for word in _pieces(whole)
            if bare(key_of(word)) not in own
        ]

    def _knows(self, word: str, words: PlainWords) -> bool:
        key = bare(key_of(word))
        return (
            words.holds(key) or (len(key) >= CALLED and says_recent(word)) or bool(forms(key) & self._stored)
        )

    @cached_property
    def _stored(self) -> frozenset[str]:
        """Forms of all words of the evidence, of what we test and of what we may say of us."""
        experiment = self._packet.experiment
        texts = [item.text for item in self._packet.carriers() if item.kind not in _OWN_WORDS]
        if experiment:
            texts += [experiment.persona, experiment.pain, experiment.trigger, experiment.angle]
        return frozenset(
            form for text in texts for word, _, _ in words_of(text) for form in forms(bare(key_of(word)))
        )

    def _greets(self, sentence: Sentence) -> bool:
        """Whether a sentence is the lead's name behind a word of greeting."""
        keys = [bare(key) for key in sentence.keys]
        names = self._vocabulary.person
        return (
            len(keys) <= 4 and bool(names & set(keys)) and all(key in names or key in OPENERS for key in keys)
        )

    def whole(self, sentence: Sentence) -> str | None:
        """The evidence that holds all of a sentence word for word. For languages that no list covers."""
        said = squeeze(sentence.visible)
        for item in self._packet.carriers():
            if item.subject is not Subject.US and said in {
                squeeze(part.visible) for part in sentences_of(item.text)
            }:
                return item.id
        return None


def _pieces(word: str) -> list[str]:
    """A word, without a French article before it and with an inverted subject on its own."""
    left = _ELIDED.sub("", word.replace("’", "'").casefold())
    verb = re.fullmatch(r"(\w+)(?:-t)?-(?:vous|nous|il|elle|ils|elles|on|je|tu|ce|moi|le)", left)
    return [verb[1]] if verb and "'" not in left else [left]


def _speaks(sign: str) -> bool:
    """Whether a sign that is no letter stands for a number or a letter."""
    return unicodedata.category(sign) in {"So", "No", "Nl"} and bool(_SIGN.search(unicodedata.name(sign, "")))
