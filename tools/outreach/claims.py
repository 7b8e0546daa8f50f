"""Which sentences of a draft state something, and what they rest on: found by code, never by the model's word.

A sentence is a claim when it names the lead, a company, a number, an amount, a date or an event, or says how things are with
the reader; and when its words are those of the experiment. Its spans are places in the text it stands in: the body, or the subject.
"""

from dataclasses import replace
from typing import Literal

from pydantic import ConfigDict, Field

from tools.outreach.evidence import DraftText, EvidencePacket
from tools.outreach.reading.borrowed import borrowed
from tools.outreach.reading.mentions import Mentions, mentions_in
from tools.outreach.reading.openness import is_open
from tools.outreach.reading.retelling import retold
from tools.outreach.reading.sentences import Sentence, sentences_of
from tools.outreach.reading.support import Supported, speaks_of_me, support
from tools.outreach.reading.units import Units
from tools.outreach.reading.vocabulary import Vocabulary
from tools.outreach.reading.wording import Wording
from tools.outreach.signature import is_signature_line
from tools.schemas import WireModel

HEADLINE = 6
"""Words up to which a subject is a headline: it says what the message is about, as a question does."""

SHOWN = 6
"""Words that an objection names."""


class Claim(WireModel):
    """A sentence that states something. Without evidence, `objection` says what nothing stored carries."""

    model_config = ConfigDict(frozen=True)

    text: str = Field(description="The sentence, as it stands in the message.")
    start: int = Field(description="Where it begins, in characters.")
    end: int = Field(description="Where it ends, in characters.")
    part: Literal["subject", "body"] = Field("body", description="Which text it stands in.")
    evidence_ids: list[str] = Field([], description="The ids of the evidence that states it.")
    objection: str | None = Field(None, description="What no evidence carries; null for a claim that holds.")


def find_claims(draft: DraftText, packet: EvidencePacket) -> list[Claim]:
    """Every claim of a draft, subject first, each with the evidence that carries all of it, or with an objection. Pure."""
    read = _Reader(packet, draft)
    claims: list[Claim] = []
    parts: list[tuple[Literal["subject", "body"], str]] = [("body", draft.body)]
    if draft.subject:
        parts.insert(0, ("subject", draft.subject))
    for part, text in parts:
        for sentence in sentences_of(text):
            if part == "body" and is_signature_line(text, sentence.start, sentence.end, packet.sender):
                continue
            headline = part == "subject" and len(sentence.words) <= HEADLINE
            if carried := read.carried(sentence, headline=headline):
                claims.append(_claim(sentence, part, carried))
    return claims


class _Reader:
    """Judges the sentences of one draft."""

    def __init__(self, packet: EvidencePacket, draft: DraftText) -> None:
        self._packet = packet
        self._vocabulary = Vocabulary(packet, draft.body)
        self._units = Units(packet, self._vocabulary)
        self._wording = Wording(packet, self._vocabulary, draft.format)

    def carried(self, sentence: Sentence, *, headline: bool) -> Supported | None:
        """What a sentence rests on, or why it rests on nothing. None: it states nothing."""
        said = self._wording.without_phrases(sentence, invites=self._invites(sentence))
        if said is None:
            return None
        found = mentions_in(said, self._vocabulary)
        if source := retold(said, found, self._packet, self._wording):
            return Supported((source,))
        found = replace(found, asks=found.asks or headline)
        strange = self._wording.strange(said, found)
        if not self._wording.lists:
            return self._whole(sentence) if strange else None
        return self._read(said, found, strange, cut=said is not sentence)

    def _read(self, said: Sentence, found: Mentions, strange: list[str], *, cut: bool) -> Supported | None:
        """What carries a sentence in a language whose plain words are known. `cut`: a plain phrase was taken out of it."""
        if strange and (found.asks or found.framed):
            return Supported((), f"Nothing stored and no plain word explains: {', '.join(strange[:SHOWN])}.")
        if not strange and self._says_nothing(said, found, cut=cut):
            ours = self._borrowed(said, found)
            return Supported(ours) if ours else None
        carried = support(said, found, self._packet, self._vocabulary, self._units, self._wording)
        if not carried.evidence_ids:
            return carried
        ours = self._borrowed(said, found, carried.evidence_ids)
        return replace(carried, evidence_ids=(*carried.evidence_ids, *ours))

    def _borrowed(self, said: Sentence, found: Mentions, carriers: tuple[str, ...] = ()) -> tuple[str, ...]:
        """The fields of the experiment that words of a sentence are from. A question states nothing."""
        return () if found.asks else borrowed(self._wording.telling(said, found), self._packet, carriers)

    def _invites(self, sentence: Sentence) -> bool:
        """Whether a sentence asks or offers, and presumes nothing."""
        found = mentions_in(sentence, self._vocabulary)
        return is_open(sentence, self._vocabulary.languages, asks=found.asks)

    def _says_nothing(self, said: Sentence, found: Mentions, *, cut: bool) -> bool:
        """Whether plain words are all a sentence holds: of nobody, of the writer alone, or around a plain phrase."""
        telling = self._wording.telling(said, found)
        if not found:
            return found.asks or found.framed or all(map(self._wording.is_plain, telling))
        if found.lead or found.company or found.numbers or found.dates or found.events or found.addresses:
            return False
        if speaks_of_me(said, found) and not found.others:
            return all(map(self._wording.is_plain, telling))
        return cut and not telling and found.others <= self._vocabulary.ours_at

    def _whole(self, sentence: Sentence) -> Supported:
        stands = self._wording.whole(sentence)
        if stands is None:
            return Supported((), "No evidence holds this word for word, as its language needs.")
        return Supported((stands,))


def _claim(sentence: Sentence, part: Literal["subject", "body"], found: Supported) -> Claim:
    return Claim(
        text=sentence.text,
        start=sentence.start,
        end=sentence.end,
        part=part,
        evidence_ids=list(found.evidence_ids),
        objection=found.objection,
    )
