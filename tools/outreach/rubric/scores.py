"""The checks that only score: one ask, about them, length, phrases, sameness over a campaign, and how specific a draft is.

The figures behind the targets are vendors' and disagree; they advise, nothing is refused for them.
"""

import re
from collections.abc import Sequence

from persistence.models.outreach import OutreachFormat
from tools.outreach.claims import Claim
from tools.outreach.evidence import DraftText, EvidencePacket
from tools.outreach.formats import FORMATS, Format
from tools.outreach.reading.lexicon.frames import ME, US, YOU
from tools.outreach.reading.sentences import Sentence, sentences_of
from tools.outreach.rubric.check import Check
from tools.outreach.rubric.stock_phrases import STOCK_PHRASES
from tools.outreach.signature import is_signature_line

GRAM = 4
"""Words in a row by which two drafts are compared."""
TOO_ALIKE = 0.35
LONGEST_SENTENCE = 22
"""Words."""
OURS = ("sender.", "fact.", "customer.", "experiment.")
"""What the ids of evidence of ours begin with."""
FAMILIAR = frozenset({"lead.fullName", "lead.company", "lead.companyDomain"})
"""Evidence that any message to them would cite."""


def score_checks(draft: DraftText, packet: EvidencePacket, claims: Sequence[Claim]) -> list[Check]:
    """None of it hard. Every score is 0 to 1, 1 the best."""
    written = [
        sentence
        for sentence in sentences_of(draft.body)
        if not is_signature_line(draft.body, sentence.start, sentence.end, packet.sender)
    ]
    return [
        _one_ask(written),
        _about_them(written),
        _length(draft, written),
        _no_stock_phrases(draft, packet),
        _unlike_others(written, packet),
        _specific(written, claims),
    ]


def _soft(name: str, score: float, passed: bool, detail: str | None) -> Check:
    return Check(
        name=name, passed=passed, hard=False, detail=None if passed else detail, score=round(score, 3)
    )


def _one_ask(written: Sequence[Sentence]) -> Check:
    asks = sum(sentence.asks for sentence in written)
    return _soft(
        "one_ask", 1 / asks if asks else 0.0, asks == 1, f"It asks {asks} questions; one is answered best."
    )


def _about_them(written: Sequence[Sentence]) -> Check:
    keys = [key for sentence in written for key in sentence.keys]
    you, us = sum(key in YOU for key in keys), sum(key in US or key in ME for key in keys)
    share = you / (you + us) if you + us else 1.0
    return _soft("about_them", share, share >= 0.5, f"It says you {you} times, we and I {us} times.")


def _length(draft: DraftText, written: Sequence[Sentence]) -> Check:
    form = FORMATS[OutreachFormat(draft.format)]
    words = sum(len(sentence.words) for sentence in written)
    characters = sum(len(sentence.text) + 1 for sentence in written)
    longest = max((len(sentence.words) for sentence in written), default=0)
    score = min(_within(form, words, characters), 1.0, LONGEST_SENTENCE / max(1, longest))
    detail = f"It has {words} words, {characters} characters; its longest sentence {longest} words."
    return _soft("length", score, score >= 0.99, detail)


def _within(form: Format, words: int, characters: int) -> float:
    if form.target_characters:
        return min(1.0, form.target_characters / max(1, characters))
    if form.target_words:
        least, most = form.target_words
        return min(1.0, words / least, most / max(1, words))
    return 1.0


def _no_stock_phrases(draft: DraftText, packet: EvidencePacket) -> Check:
    text = " ".join(f"{draft.subject or ''} {draft.body}".casefold().replace("’", "'").split())
    never = (packet.sender.style_guide or {}).get("words_never_used") or []
    own = [str(word).casefold() for word in never] if isinstance(never, list) else []
    found = [
        phrase for phrase in (*STOCK_PHRASES, *own) if re.search(rf"(?<!\w){re.escape(phrase)}(?!\w)", text)
    ]
    return _soft(
        "no_stock_phrases", 1 / (1 + len(found)), not found, f"Worn phrases: {', '.join(found[:5])}."
    )


def _unlike_others(written: Sequence[Sentence], packet: EvidencePacket) -> Check:
    """The largest share of its word sequences that another draft of the campaign has too."""
    own = _grams([key for sentence in written for key in sentence.keys])
    shares = [
        len(own & _grams([key for sentence in sentences_of(text) for key in sentence.keys])) / len(own)
        for text in packet.earlier_drafts
        if own
    ]
    most = max(shares, default=0.0)
    return _soft(
        "unlike_other_drafts", 1 - most, most <= TOO_ALIKE, f"{most:.0%} of it stands in another draft."
    )


def _grams(keys: Sequence[str]) -> set[tuple[str, ...]]:
    return {tuple(keys[start : start + GRAM]) for start in range(len(keys) - GRAM + 1)}


def _specific(written: Sequence[Sentence], claims: Sequence[Claim]) -> Check:
    """The share of sentences with a fact that would not stand in a message to somebody else."""
    facts = [
        claim
        for claim in claims
        if claim.part == "body" and any(_is_of_them(name) for name in claim.evidence_ids)
    ]
    share = len(facts) / len(written) if written else 0.0
    return _soft(
        "specific",
        min(1.0, 4 * share),
        bool(facts),
        "No sentence rests on a fact about this person or company.",
    )


def _is_of_them(name: str) -> bool:
    return name not in FAMILIAR and not name.startswith(OURS)
