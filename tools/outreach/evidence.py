"""What a draft may rest on: evidence with whose it is and how old, and what was left out and why. Plain JSON both ways."""

from enum import StrEnum
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from persistence.models.sender_profile import LinkedinTier
from tools.schemas import AwareDatetime


class Subject(StrEnum):
    """Whose the evidence is."""

    LEAD = "lead"
    COMPANY = "company"
    US = "us"
    EXPERIMENT = "experiment"
    """Nobody: what we test. It shows where a sentence's words are from, and carries none."""


Why = Literal["other_company", "other_person", "stale", "no_date", "future_date", "instruction", "hidden_text", "no_source", "empty"]  # fmt: skip
"""Why something stored is no evidence."""


class Value(BaseModel):
    """Values only: what was put together is not changed."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Evidence(Value):
    """One stored text. `source` names where it is stored, `observed_at` when it was seen there."""

    id: str
    kind: str
    """`field`, a signal's type, `page`, `message`, `outcome`, `fact`, `customer`, `sender` or `experiment`."""
    text: str
    source: str
    url: str | None = None
    subject: Subject
    observed_at: AwareDatetime | None = None
    fresh_days: int = 365
    """Age in days up to which a draft may call it recent, by its kind."""


class LeftOut(Value):
    """Something stored that a draft may not rest on."""

    id: str
    kind: str
    why: Why
    detail: str


class LeadFacts(Value):
    """The person written to, as stored."""

    name: str
    title: str | None = None
    company: str | None = None
    domain: str | None = None
    profile: str | None = None
    """The slug of the LinkedIn profile."""


class SenderFacts(Value):
    """Who writes. Facts and customers are those that the workspace approved."""

    name: str | None = None
    title: str | None = None
    company: str | None = None
    postal_address: str | None = None
    opt_out_line: str | None = None
    linkedin_tier: LinkedinTier | None = None
    style_guide: dict[str, object] | None = None
    facts: list[str] = []
    customers: list[str] = []


class ExperimentFacts(Value):
    """What is tested with this lead. Its words are ours: they prove nothing about the lead."""

    persona: str = ""
    pain: str = ""
    trigger: str = ""
    angle: str = ""


class ThreadMessage(Value):
    """A message that went out, or was queued or drafted, before. `answered_at` when it was replied to."""

    id: int
    format: str
    status: str
    sequence_number: int
    subject: str | None
    text: str
    at: AwareDatetime
    answered_at: AwareDatetime | None = None


class EvidencePacket(Value):
    """All that one draft may rest on, from stored data only. `now` is the moment that ages are counted from."""

    now: AwareDatetime
    lead: LeadFacts
    sender: SenderFacts
    experiment: ExperimentFacts | None = None
    language: str | None = None
    """Two-letter code of the workspace's language; None when it was never said."""
    outcome: str | None = None
    evidence: list[Evidence] = Field(default_factory=list)
    left_out: list[LeftOut] = Field(default_factory=list)
    thread: list[ThreadMessage] = Field(default_factory=list)
    earlier_drafts: list[str] = Field(default_factory=list)
    """Texts of the campaign's newest drafts to others, to tell how alike they are."""

    def of(self, *subjects: Subject) -> list[Evidence]:
        """The evidence about these."""
        return [item for item in self.evidence if item.subject in subjects]

    def carriers(self) -> list[Evidence]:
        """The evidence that may carry what is said of anybody."""
        return [item for item in self.evidence if item.subject is not Subject.EXPERIMENT]

    def by_id(self) -> dict[str, Evidence]:
        """The evidence by its ids."""
        return {item.id: item for item in self.evidence}


class DraftText(Value):
    """A text to be checked, as it would be sent: signature and opt-out line included."""

    format: str
    subject: str | None = None
    body: str
    is_followup: bool = False
