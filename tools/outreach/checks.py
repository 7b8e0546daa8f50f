"""What is checked of a draft, by code alone: the hard checks decide whether it may be queued, the others are scores.

A judge may object to more; nothing makes a hard check that failed pass.
"""

from collections.abc import Sequence

from pydantic import ConfigDict, Field

from tools.outreach.claims import Claim, find_claims
from tools.outreach.evidence import DraftText, Evidence, EvidencePacket
from tools.outreach.rubric.channel import channel_checks
from tools.outreach.rubric.check import Check
from tools.outreach.rubric.grounding import grounding_checks
from tools.outreach.rubric.scores import score_checks
from tools.outreach.rubric.wholeness import wholeness_checks
from tools.schemas import WireModel


class Review(WireModel):
    """A checked draft: its claims, the evidence they rest on, and the checks, hard ones first."""

    model_config = ConfigDict(frozen=True, arbitrary_types_allowed=True)

    claims: list[Claim] = Field(description="The sentences that state something.")
    evidence: list[Evidence] = Field(description="What the claims rest on.")
    checks: list[Check] = Field(description="What was checked.")

    @property
    def queueable(self) -> bool:
        """Whether the draft may be queued."""
        return queueable(self.checks)


def check_draft(draft: DraftText, packet: EvidencePacket, *, suppressed: str | None = None) -> Review:
    """Check a text as it would be sent (`signature.with_signature`) against the packet of its lead. Pure.

    `suppressed`: the reason for which nobody may write to this lead, if there is one.
    """
    claims = find_claims(draft, packet)
    checks = [
        *grounding_checks(draft, packet, claims),
        *wholeness_checks(draft, packet),
        *channel_checks(draft, packet),
        Check(
            name="not_suppressed",
            passed=suppressed is None,
            hard=True,
            detail=f"Nobody may write to this lead: {suppressed}." if suppressed else None,
        ),
        *score_checks(draft, packet, claims),
    ]
    cited = {name for claim in claims for name in claim.evidence_ids}
    return Review(
        claims=claims, evidence=[item for item in packet.evidence if item.id in cited], checks=checks
    )


def queueable(checks: Sequence[Check]) -> bool:
    """Whether every hard check holds."""
    return all(check.passed for check in checks if check.hard)


def objections(review: Review) -> list[str]:
    """What the writer has to mend, one sentence each: failed hard checks, then claims, then scores that fell short."""
    failed = [check for check in review.checks if not check.passed]
    hard = [f"{check.name}: {check.detail}" for check in failed if check.hard]
    claims = [f"“{claim.text}”: {claim.objection}" for claim in review.claims if claim.objection]
    return hard + claims + [f"{check.name}: {check.detail}" for check in failed if not check.hard]


__all__ = ["Check", "Review", "check_draft", "objections", "queueable"]
