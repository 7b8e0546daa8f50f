"""SenderProfiles: who writes the outreach, and which facts about us a draft may state."""

from enum import StrEnum

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from persistence.models.entity import (
    EMPTY_ARRAY,
    CreatedUpdated,
    Entity,
    JsonArray,
    JsonObject,
    Versioned,
    identity_key,
    native_enum,
    reference,
)
from persistence.types import WorkspaceID


class LinkedinTier(StrEnum):
    """The sender's LinkedIn account: it decides how long a connection note may be."""

    FREE = "free"
    PREMIUM = "premium"
    SALES_NAVIGATOR = "sales_navigator"


class SenderProfile(CreatedUpdated, Versioned, Entity):
    """The sender of one workspace. `approved_facts` and `customer_names` are lists of strings."""

    __tablename__ = "SenderProfiles"

    id: Mapped[int] = identity_key("SenderProfileID")
    workspace_id: Mapped[WorkspaceID] = reference("ProjectID", "Projects.ProjectID", unique=True)
    name: Mapped[str | None] = mapped_column("Name", String(255))
    title: Mapped[str | None] = mapped_column("Title", String(255))
    company: Mapped[str | None] = mapped_column("Company", String(255))
    postal_address: Mapped[str | None] = mapped_column("PostalAddress")
    approved_facts: Mapped[JsonArray] = mapped_column("ApprovedFacts", server_default=EMPTY_ARRAY)
    customer_names: Mapped[JsonArray] = mapped_column("CustomerNames", server_default=EMPTY_ARRAY)
    linkedin_tier: Mapped[LinkedinTier | None] = mapped_column(
        "LinkedinTier", native_enum(LinkedinTier, "LinkedinTier")
    )
    opt_out_line: Mapped[str | None] = mapped_column("OptOutLine")
    style_guide: Mapped[JsonObject | None] = mapped_column("StyleGuide")
