"""Generated outreach on the wire: what is asked for, and the message or the reason why there is none."""

from typing import Annotated, Literal

from pydantic import ConfigDict, Field, StringConstraints, model_validator
from pydantic.config import JsonDict
from pydantic_core import PydanticCustomError

from persistence.models.outreach import OutreachFormat
from persistence.types import LeadID
from tools.leads.schemas import LeadSelection
from tools.messages.schemas import READ_EXAMPLE, MessageRead
from tools.outreach.drafter import Declined
from tools.schemas import JsonObject, ShortText, WireFlag, WireID, WireIDOf, WireModel

MAX_BATCH = 20
"""Leads whose messages one request waits for; more is a job."""
MAX_LEADS = 1_000

Tone = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)]

REQUEST_EXAMPLE: JsonDict = {
    "format": "email_cold",
    "tone": "dry and friendly",
    "customInstructions": "Mention the second site first.",
}
DECLINED_EXAMPLE: JsonDict = {
    "reason": "Nothing stored says anything about this person or the company.",
    "missing": ["A page or a signal of Brennholt Towage, or the lead's position."],
}
AI_EXAMPLE: JsonDict = {
    "subject": "planners for the night desk",
    "body": "Hi Jonna,\n\nBrennholt is hiring two crew planners for the night desk. …",
    "connectionRequest": None,
    "followUp": None,
    "messageIds": [31],
    "notWritten": [],
    "declined": None,
}
NOT_WRITTEN_EXAMPLE: JsonDict = {"part": "followUp", "reason": "The model can't be reached now."}


class Wishes(WireModel):
    """How a message is to be written. Wishes steer style; no wish adds a fact or lifts a check."""

    format: OutreachFormat | None = Field(
        None, description="Channel and kind. Without it: what suits the way the lead can be reached."
    )
    tone: Tone | None = Field(None, description="How it should sound.")
    custom_instructions: ShortText | None = Field(None, description="What else the writer should heed.")
    is_followup: WireFlag = Field(
        False, description="Whether it follows a message that was sent and not answered."
    )


class GenerateOutreach(Wishes):
    """One message to one lead."""

    model_config = ConfigDict(json_schema_extra={"example": REQUEST_EXAMPLE})


class DeclinedRead(WireModel):
    """Why no message was written."""

    model_config = ConfigDict(json_schema_extra={"example": DECLINED_EXAMPLE})

    reason: str = Field(description="Why, for people.")
    missing: list[str] = Field(description="What would be needed.")


class GeneratedOutreach(WireModel):
    """A message that was kept as a draft, or why there is none."""

    model_config = ConfigDict(json_schema_extra={"example": {"message": READ_EXAMPLE, "declined": None}})

    message: MessageRead | None = Field(description="The draft; null when declined.")
    declined: DeclinedRead | None = Field(description="The reason; null when there is a draft.")


class AiOutreachRequest(WireModel):
    """A first message to a lead, with a connection request and a follow-up when wanted."""

    model_config = ConfigDict(json_schema_extra={"example": {"leadId": 18, "includeFollowUp": True}})

    lead_id: WireIDOf[LeadID] = Field(description="To whom.")
    context: ShortText | JsonObject | None = Field(
        None, description="What the writer should heed. Facts come from what is stored, never from here."
    )
    tone: Tone | None = Field(None, description="How it should sound.")
    include_connection_request: WireFlag = Field(False, description="Whether a LinkedIn note is written too.")
    include_follow_up: WireFlag = Field(False, description="Whether a follow-up is written too.")


Part = Literal["connectionRequest", "followUp"]


class NotWritten(WireModel):
    """What was asked for beside a first message and is not there."""

    model_config = ConfigDict(json_schema_extra={"example": NOT_WRITTEN_EXAMPLE})

    part: Part = Field(description="The text that is missing, by the name of its field.")
    reason: str = Field(description="Why it failed or was declined, for people.")


class AiOutreachRead(WireModel):
    """The texts that were written; each is kept as a draft."""

    model_config = ConfigDict(
        json_schema_extra={"example": AI_EXAMPLE}, json_schema_serialization_defaults_required=True
    )

    subject: str | None = Field(None, description="The first message's subject, where its channel has one.")
    body: str | None = Field(None, description="The first message's text; null when declined.")
    connection_request: str | None = Field(None, description="The note, when one was asked for and written.")
    follow_up: str | None = Field(None, description="The follow-up, when one was asked for and written.")
    message_ids: list[WireID] = Field(
        default_factory=list, description="The drafts: first message, note, follow-up."
    )
    not_written: list[NotWritten] = Field(
        default_factory=list,
        description="What was asked for beside a first message that is kept, and is not there. "
        "Ask for it with its format at /leads/{id}/generate-outreach.",
    )
    declined: DeclinedRead | None = Field(None, description="Why there is no first message.")


class AiBatchRequest(WireModel):
    """First messages to many leads."""

    model_config = ConfigDict(json_schema_extra={"example": {"leadIds": [18, 19]}})

    lead_ids: list[WireIDOf[LeadID]] = Field(
        min_length=1,
        max_length=MAX_LEADS,
        description=f"The leads. More than {MAX_BATCH} become a job; they must be of one campaign.",
    )
    tone: Tone | None = Field(None, description="How it should sound.")


class AiBatchItem(WireModel):
    """What became of one lead of a batch."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"leadId": 18, "message": AI_EXAMPLE, "error": None}},
        json_schema_serialization_defaults_required=True,
    )

    lead_id: LeadID = Field(description="The lead.")
    message: AiOutreachRead | None = Field(description="The texts; null when it failed.")
    error: str | None = Field(None, description="Why it failed, for people.")


class BulkOutreach(Wishes):
    """Messages to many leads of a campaign, where none of this kind is waiting yet."""

    model_config = ConfigDict(json_schema_extra={"example": {"leadIds": [301, 302], "format": "email_cold"}})

    lead_ids: list[WireIDOf[LeadID]] | None = Field(
        None, min_length=1, max_length=MAX_LEADS, description="The leads; either these or `all`."
    )
    all: WireFlag = Field(False, description="All leads of the campaign, or those that `filter` chooses.")
    filter: LeadSelection | None = Field(None, description="Which leads, with `all`.")

    @model_validator(mode="after")
    def _one_choice(self) -> "BulkOutreach":
        """Refuse a body that names no leads, or two kinds of choice."""
        if (self.lead_ids is None) == (not self.all) or (self.filter is not None and not self.all):
            raise PydanticCustomError(
                "leads", "Say which leads: `leadIds`, or `all` with or without `filter`."
            )
        return self


def declined_read(declined: Declined) -> DeclinedRead:
    """A decline as the wire shows it."""
    return DeclinedRead(reason=declined.reason, missing=list(declined.missing))
