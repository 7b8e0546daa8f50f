"""The sender profile on the wire."""

from typing import Annotated

from pydantic import ConfigDict, Field, StringConstraints
from pydantic.config import JsonDict

from persistence.models.sender_profile import LinkedinTier
from tools.schemas import Name, ShortText, WireModel

Fact = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1_000)]

EXAMPLE: JsonDict = {
    "name": "Ada Berger",
    "title": "Founder",
    "company": "Acme",
    "postalAddress": "Ringstraße 1, 1010 Wien",
    "approvedFacts": ["Nordstahl closes in two days since May."],
    "customerNames": ["Nordstahl"],
    "linkedinTier": "premium",
    "optOutLine": "Tell me if you would rather not hear from me.",
}


class SenderUpdate(WireModel):
    """Any of the fields: what is absent stays as it is, null clears it."""

    model_config = ConfigDict(json_schema_extra={"example": EXAMPLE})

    name: Name | None = Field(None, description="The name that messages are signed with.")
    title: Name | None = Field(None, description="The sender's position.")
    company: Name | None = Field(None, description="The sender's company.")
    postal_address: ShortText | None = Field(
        None, description="The postal address that commercial mail has to carry."
    )
    approved_facts: list[Fact] | None = Field(
        None, max_length=200, description="Facts about us that a draft may state, word for word."
    )
    customer_names: list[Name] | None = Field(
        None, max_length=200, description="Customers that a draft may name."
    )
    linkedin_tier: LinkedinTier | None = Field(
        None, description="The sender's LinkedIn account; it decides how long a connection note may be."
    )
    opt_out_line: ShortText | None = Field(None, description="The sentence that lets people decline.")


class SenderRead(WireModel):
    """The sender profile; empty until it is first saved."""

    model_config = ConfigDict(json_schema_extra={"example": EXAMPLE})

    name: str | None = Field(None, description="The name that messages are signed with.")
    title: str | None = Field(None, description="The sender's position.")
    company: str | None = Field(None, description="The sender's company.")
    postal_address: str | None = Field(None, description="The postal address that commercial mail carries.")
    approved_facts: list[str] = Field([], description="Facts about us that a draft may state, word for word.")
    customer_names: list[str] = Field([], description="Customers that a draft may name.")
    linkedin_tier: LinkedinTier | None = Field(None, description="The sender's LinkedIn account.")
    opt_out_line: str | None = Field(None, description="The sentence that lets people decline.")
