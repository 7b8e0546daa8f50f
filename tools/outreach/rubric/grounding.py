"""The checks of what a draft says: carried by evidence, about the right ones, recent where it says so, and honest about us."""

from collections.abc import Sequence

from tools.outreach.claims import Claim
from tools.outreach.evidence import DraftText, EvidencePacket, Subject
from tools.outreach.formats import fresh_days
from tools.outreach.reading.lexicon.events import LIMIT_OF, events_in
from tools.outreach.reading.lexicon.frames import SOCIAL_PROOF, US
from tools.outreach.reading.lexicon.times import says_recent
from tools.outreach.reading.sentences import sentences_of
from tools.outreach.rubric.check import Check

SHOWN = 3
"""Sentences that a refusal quotes."""


def grounding_checks(draft: DraftText, packet: EvidencePacket, claims: Sequence[Claim]) -> list[Check]:
    """All of it hard."""
    return [
        _supported(claims),
        _about_this_lead(packet, claims),
        _fresh(packet, claims),
        _honest_about_us(packet, claims),
    ]


def _supported(claims: Sequence[Claim]) -> Check:
    open_claims = [claim for claim in claims if not claim.evidence_ids]
    quoted = " ".join(f"“{claim.text}” ({claim.objection})" for claim in open_claims[:SHOWN])
    more = f" And {len(open_claims) - SHOWN} more." if len(open_claims) > SHOWN else ""
    return Check(
        name="supported_claims",
        passed=not open_claims,
        hard=True,
        detail=f"Nothing stored carries: {quoted}{more}" if open_claims else None,
    )


def _about_this_lead(packet: EvidencePacket, claims: Sequence[Claim]) -> Check:
    """Every id that a claim rests on is in the packet, which holds nothing of anybody else."""
    known = packet.by_id()
    foreign = sorted({name for claim in claims for name in claim.evidence_ids if name not in known})
    return Check(
        name="evidence_of_this_lead",
        passed=not foreign,
        hard=True,
        detail=f"Not evidence about this lead: {', '.join(foreign)}." if foreign else None,
    )


def _fresh(packet: EvidencePacket, claims: Sequence[Claim]) -> Check:
    """What is called recent rests on something that is."""
    known = packet.by_id()
    old = []
    for claim in filter(_rests_on_more, claims):
        if not claim.evidence_ids or not says_recent(claim.text):
            continue
        limits = [
            fresh_days(LIMIT_OF[event.name]) for event in events_in(claim.text) if event.name in LIMIT_OF
        ]
        cited = [known[name] for name in claim.evidence_ids if name in known]
        ages = [
            (packet.now - item.observed_at).days
            for item in cited
            if item.observed_at
            and (item.subject is not Subject.US or item.kind == "message")
            and item.kind != "field"
        ]
        limit = min([*(item.fresh_days for item in cited), *limits])
        if not ages or min(ages) > limit:
            old.append(claim.text)
    return Check(
        name="fresh_evidence",
        passed=not old,
        hard=True,
        detail=f"Called recent, but nothing recent says so: “{old[0]}”" if old else None,
    )


def _honest_about_us(packet: EvidencePacket, claims: Sequence[Claim]) -> Check:
    """What is said of us, or of our customers, is what the workspace approved."""
    known = packet.by_id()
    bold = [
        claim.text
        for claim in filter(_rests_on_more, claims)
        if _speaks_of_us(claim.text)
        and not any(known[name].subject is Subject.US for name in claim.evidence_ids if name in known)
    ]
    return Check(
        name="honest_about_us",
        passed=not bold,
        hard=True,
        detail=f"No approved fact says: “{bold[0]}”" if bold else None,
    )


def _rests_on_more(claim: Claim) -> bool:
    """Whether a claim is more than words of the experiment, which say nothing of anybody."""
    return not claim.evidence_ids or any(not name.startswith("experiment.") for name in claim.evidence_ids)


def _speaks_of_us(text: str) -> bool:
    keys = {key for sentence in sentences_of(text) for key in sentence.keys}
    return bool(keys & US) or bool(SOCIAL_PROOF.search(text))
