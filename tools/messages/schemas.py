"""Messages to leads on the wire."""

from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field, StringConstraints, model_validator
from pydantic.config import JsonDict
from pydantic_core import PydanticCustomError

from persistence.models.outreach import OutreachFormat, OutreachMessageType, OutreachStatus
from persistence.types import CampaignID, LeadID
from tools.schemas import AwareDatetime, WireFlag, WireID, WireInt, WireModel

MAX_CONTENT = 20_000


class Channel(StrEnum):
    """How a message arrives."""

    LINKEDIN = "linkedin"
    EMAIL = "email"


Subject = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200, pattern=r"^[^\r\n]*$")
]
Content = Annotated[str, StringConstraints(min_length=1, max_length=MAX_CONTENT, pattern=r"\S")]

CREATE_EXAMPLE: JsonDict = {
    "channel": "email",
    "messageType": "initial_outreach",
    "subject": "Closing the books",
    "body": "Would a two-day close be worth a talk?",
}
UPDATE_EXAMPLE: JsonDict = {"subject": "Month-end in two days", "status": "scheduled"}
READ_EXAMPLE: JsonDict = {
    "id": 31,
    "leadId": 18,
    "campaignId": 4,
    "format": "email_cold",
    "channel": "email",
    "messageType": "initial_outreach",
    "isFollowup": False,
    "sequenceNumber": 1,
    "subject": "Closing the books",
    "content": "Would a two-day close be worth a talk?",
    "body": "Would a two-day close be worth a talk?",
    "status": "draft",
    "claims": [],
    "evidence": [],
    "checks": [],
    "scheduledAt": None,
    "sentAt": None,
    "openedAt": None,
    "repliedAt": None,
    "createdAt": "2026-11-22T10:00:00+00:00",
    "updatedAt": "2026-11-22T10:00:00+00:00",
}


def channel_of(form: OutreachFormat) -> Channel:
    """The channel of a format."""
    return (
        Channel.EMAIL if form in {OutreachFormat.EMAIL_COLD, OutreachFormat.EMAIL_WARM} else Channel.LINKEDIN
    )


class MessageCreate(WireModel):
    """A message that a person writes. It begins as a draft."""

    model_config = ConfigDict(json_schema_extra={"example": CREATE_EXAMPLE})

    channel: Channel | None = Field(None, description="How it arrives; or say it by `format`.")
    format: OutreachFormat | None = Field(
        None,
        description="Channel and kind. Without it: `email_cold`, `linkedin_message` or `linkedin_connection`.",
    )
    message_type: OutreachMessageType | None = Field(
        None,
        description="Its place in the exchange. Without it: the first message, or the connection request.",
    )
    is_followup: WireFlag | None = Field(
        None, description="Whether it follows an unanswered one; said by `follow_up` too."
    )
    sequence_number: WireInt = Field(1, ge=1, le=100, description="Its place in a sequence, from 1.")
    subject: Subject | None = Field(None, description="The subject, where the channel has one.")
    content: Content | None = Field(
        None, description="The text. The same as `body`; one of the two is needed."
    )
    body: Content | None = Field(None, description="The text.")

    @model_validator(mode="after")
    def _complete(self) -> "MessageCreate":
        """Refuse a message without text or channel, and one that says two things."""
        _one_text(self.content, self.body)
        if self.content is None and self.body is None:
            raise PydanticCustomError("text", "A message needs a `body`.")
        if self.channel is None and self.format is None:
            raise PydanticCustomError("channel", "A message needs a `channel` or a `format`.")
        if self.channel and self.format and channel_of(self.format) is not self.channel:
            raise PydanticCustomError("channel", "`channel` and `format` contradict each other.")
        return self

    @property
    def text(self) -> str:
        """The text, whichever name it came by."""
        return self.content or self.body or ""

    @property
    def chosen_format(self) -> OutreachFormat:
        """The format that was said, or the usual one of the channel."""
        if self.format is not None:
            return self.format
        if self.channel is Channel.EMAIL:
            answering = self.message_type is OutreachMessageType.REPLY
            return OutreachFormat.EMAIL_WARM if answering else OutreachFormat.EMAIL_COLD
        asking = self.message_type is OutreachMessageType.CONNECTION_REQUEST
        return OutreachFormat.LINKEDIN_CONNECTION if asking else OutreachFormat.LINKEDIN_MESSAGE

    @property
    def chosen_type(self) -> OutreachMessageType:
        """The type that was said, or the usual one of the format."""
        if self.message_type is not None:
            return self.message_type
        if self.is_followup:
            return OutreachMessageType.FOLLOW_UP
        if self.chosen_format is OutreachFormat.LINKEDIN_CONNECTION:
            return OutreachMessageType.CONNECTION_REQUEST
        return OutreachMessageType.INITIAL_OUTREACH


class MessageUpdate(WireModel):
    """Any of the fields: what is absent stays as it is, null clears the subject."""

    model_config = ConfigDict(json_schema_extra={"example": UPDATE_EXAMPLE})

    # A factory instead of a default: these may be absent but not null, and documents show no default for them.
    subject: Subject | None = Field(None, description="The subject. Of drafts only.")
    content: Content = Field(default_factory=str, description="The text; not null. Of drafts only.")
    body: Content = Field(default_factory=str, description="The same as `content`; not null.")
    status: OutreachStatus = Field(
        default_factory=lambda: OutreachStatus.DRAFT,
        description="The status to move to; not null. 409 says which moves are legal. Nothing here sends: `sent` notes that a person did.",
    )
    scheduled_at: AwareDatetime | None = Field(
        None, description="When to send a queued message; null or absent: as soon as somebody does."
    )

    @model_validator(mode="after")
    def _one_text(self) -> "MessageUpdate":
        """Refuse two different texts."""
        _one_text(self.content or None, self.body or None)
        return self


class Claim(WireModel):
    """A sentence that states something, and what it rests on."""

    model_config = ConfigDict(extra="ignore")

    text: str = Field(description="The sentence, as it stands in the message.")
    start: int | None = Field(None, description="Where it begins, in characters.")
    end: int | None = Field(None, description="Where it ends, in characters.")
    part: Literal["subject", "body"] = Field("body", description="Which text it stands in.")
    evidence_ids: list[str] = Field([], description="The ids in `evidence` that state it.")
    objection: str | None = Field(None, description="What no evidence carries; null for a claim that holds.")


class Check(WireModel):
    """One thing that was checked of a draft."""

    model_config = ConfigDict(extra="ignore")

    name: str = Field(description="What was checked.")
    passed: bool = Field(description="Whether it holds.")
    hard: bool = Field(
        True, description="Whether a message can't be queued without it; the others are scores."
    )
    detail: str | None = Field(None, description="Why, for people.")
    score: float | None = Field(None, description="How well, where that can be said: 0 to 1.")


class MessageRead(WireModel):
    """A message to a lead."""

    model_config = ConfigDict(json_schema_extra={"example": READ_EXAMPLE})

    id: WireID = Field(description="The message's id.")
    lead_id: LeadID = Field(description="Whom it is for.")
    campaign_id: CampaignID = Field(description="The campaign it was written in.")
    format: OutreachFormat = Field(description="Channel and kind.")
    channel: Channel = Field(description="How it arrives.")
    message_type: OutreachMessageType = Field(description="Its place in the exchange.")
    is_followup: bool = Field(description="Whether it follows an unanswered one.")
    sequence_number: int = Field(description="Its place in a sequence, from 1.")
    subject: str | None = Field(description="The subject, where the channel has one.")
    content: str = Field(description="The text.")
    body: str = Field(description="The same as `content`.")
    status: OutreachStatus = Field(description="How far it has come.")
    claims: list[Claim] = Field(description="The sentences that state something, with their evidence.")
    evidence: list[Any] = Field(description="What the claims rest on.")
    checks: list[Check] = Field(description="What was checked of the draft.")
    scheduled_at: AwareDatetime | None = Field(description="When it was queued, or is to be sent.")
    sent_at: AwareDatetime | None = Field(description="When somebody sent it.")
    opened_at: AwareDatetime | None = Field(description="When it was opened, as far as is known.")
    replied_at: AwareDatetime | None = Field(description="When it was answered.")
    created_at: AwareDatetime = Field(description="When it was written.")
    updated_at: AwareDatetime = Field(description="When it was last changed.")

    @model_validator(mode="before")
    @classmethod
    def _from_row(cls, row: Any) -> Any:
        """A row of the table, whose text and channel are shown by two names."""
        if isinstance(row, dict):
            return row
        named = {name: getattr(row, name) for name in cls.model_fields if name not in {"body", "channel"}}
        return {**named, "body": row.content, "channel": channel_of(row.format)}


def _one_text(content: str | None, body: str | None) -> None:
    if content is not None and body is not None and content != body:
        raise PydanticCustomError("text", "`content` and `body` are the same thing; send one of them.")
