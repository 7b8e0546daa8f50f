"""Which sentences of a draft state something, and what they rest on: found by code, never by the model's word.

A sentence is a claim when it names the lead, a company, a number, an amount, a date or an event, or says how things are with
the reader. Its spans are places in the text it stands in: the body, or the subject.
"""

from dataclasses import replace
from typing import Literal

from pydantic import ConfigDict, Field

from tools.outreach.evidence import DraftText, EvidencePacket
from tools.outreach.reading.mentions import mentions_in
from tools.outreach.reading.sentences import Sentence, sentences_of
from tools.outreach.reading.support import Supported, support
from tools.outreach.reading.units import Units
from tools.outreach.reading.vocabulary import Vocabulary
from tools.outreach.signature import is_signature_line
from tools.schemas import WireModel

HEADLINE = 6
"""Words up to which a subject is a headline: it says what the message is about, as a question does."""


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
    vocabulary = Vocabulary(packet, draft.body)
    units = Units(packet, vocabulary)
    claims: list[Claim] = []
    parts: list[tuple[Literal["subject", "body"], str]] = [("body", draft.body)]
    if draft.subject:
        parts.insert(0, ("subject", draft.subject))
    for part, text in parts:
        for sentence in sentences_of(text):
            if part == "body" and is_signature_line(text, sentence.start, sentence.end, packet.sender):
                continue
            found = mentions_in(sentence, vocabulary)
            if part == "subject" and len(sentence.words) <= HEADLINE:
                found = replace(found, asks=True)
            if found:
                claims.append(_claim(sentence, part, support(sentence, found, packet, vocabulary, units)))
    return claims


def _claim(sentence: Sentence, part: Literal["subject", "body"], found: Supported) -> Claim:
    return Claim(
        text=sentence.text,
        start=sentence.start,
        end=sentence.end,
        part=part,
        evidence_ids=list(found.evidence_ids),
        objection=found.objection,
    )
