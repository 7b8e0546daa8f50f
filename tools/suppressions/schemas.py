"""Suppressions on the wire."""

from pydantic import ConfigDict, Field, ValidationInfo, field_validator
from pydantic.config import JsonDict
from pydantic_core import PydanticCustomError

from persistence.models.suppression import SuppressionKind, SuppressionReason
from tools.schemas import AwareDatetime, WireID, WireModel
from tools.suppressions.hashing import NORMAL_FORM

CREATE_EXAMPLE: JsonDict = {"kind": "email", "value": "kim@example.com", "reason": "opt_out"}
READ_EXAMPLE: JsonDict = {
    "id": 9,
    "kind": "email",
    "value": "k***@example.com",
    "reason": "opt_out",
    "createdAt": "2026-11-22T10:00:00+00:00",
}
WRONG = {
    SuppressionKind.EMAIL: "It has to be an e-mail address.",
    SuppressionKind.DOMAIN: "It has to be a domain such as example.com.",
    SuppressionKind.LINKEDIN: "It has to be the address or the slug of a LinkedIn profile.",
}


class SuppressionCreate(WireModel):
    """Somebody, or a whole company, who must not be written to."""

    model_config = ConfigDict(json_schema_extra={"example": CREATE_EXAMPLE})

    kind: SuppressionKind = Field(description="What `value` is. A domain covers its subdomains.")
    value: str = Field(
        min_length=1,
        max_length=512,
        description="The address, the domain, or the LinkedIn profile (its address or its slug).",
    )
    reason: SuppressionReason = Field(
        SuppressionReason.MANUAL,
        description="Why. `opt_out`, `complaint` and `legal` last: the product never removes them.",
    )

    @field_validator("value")
    @classmethod
    def _normal(cls, value: str, info: ValidationInfo) -> str:
        """The value in its normal form."""
        kind = info.data.get("kind")
        if kind is None:
            return value
        key = NORMAL_FORM[kind](value)
        if key is None:
            raise PydanticCustomError("contact", WRONG[kind])
        return key


class SuppressionRead(WireModel):
    """A suppression. Who it is about is kept as a keyed hash only."""

    model_config = ConfigDict(json_schema_extra={"example": READ_EXAMPLE})

    id: WireID = Field(description="The suppression's id.")
    kind: SuppressionKind = Field(description="What is suppressed: an address, a domain or a profile.")
    value: str | None = Field(
        validation_alias="masked_value", description="The beginning of it, masked: enough to recognise it."
    )
    reason: SuppressionReason = Field(description="Why.")
    created_at: AwareDatetime = Field(description="When it was added.")
