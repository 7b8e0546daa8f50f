"""The form of a draft as a model hands it in. Whether its claims hold is decided by code afterwards, not by the model."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class DraftClaim(BaseModel):
    """One sentence that names somebody, a company, a number, a date or an event, and what it rests on."""

    model_config = ConfigDict(extra="forbid")

    sentence: str = Field(
        min_length=1, max_length=600, description="Copied character by character from the body or subject."
    )
    evidence_ids: list[str] = Field(
        min_length=1, max_length=8, description="Ids of the evidence items or sender facts that state it."
    )


class OutreachDraft(BaseModel):
    """A message to one person, or the decision not to write one."""

    model_config = ConfigDict(extra="forbid")

    decision: Literal["draft", "decline"]
    reason: str = Field(
        min_length=1,
        max_length=600,
        description="Draft: why this evidence was chosen. Decline: why, and what would be needed instead.",
    )
    subject: str | None = Field(
        None, max_length=200, description="Only where the channel has one; null otherwise."
    )
    body: str | None = Field(
        None, max_length=8000, description="The whole text of the message; null when declined."
    )
    ask: str | None = Field(
        None, max_length=400, description="The body's one question, word for word; null when declined."
    )
    claims: list[DraftClaim] = Field(default_factory=list, max_length=20)
