"""Persons: one human being within one Client, so that nobody is paid for twice."""

from datetime import datetime

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from persistence.models.entity import CreatedUpdated, Entity, JsonObject, identity_key, reference
from persistence.types import ClientID, PersonID


class Person(CreatedUpdated, Entity):
    """A person known by a LinkedIn slug (`linkedin_key`) or a lower-case e-mail address (`email_key`)."""

    __tablename__ = "Persons"
    __table_args__ = (
        Index(None, "ClientID", "PersonID"),
        Index(None, "ClientID", "LinkedinKey", unique=True),
        Index(None, "ClientID", "EmailKey", unique=True),
    )

    id: Mapped[PersonID] = identity_key("PersonID")
    client_id: Mapped[ClientID] = reference("ClientID", "Clients.ClientID", index=False)
    linkedin_key: Mapped[str | None] = mapped_column("LinkedinKey", String(255))
    email_key: Mapped[str | None] = mapped_column("EmailKey", String(320))
    full_name: Mapped[str] = mapped_column("FullName", String(255))
    job_title: Mapped[str | None] = mapped_column("JobTitle", String(255))
    company: Mapped[str | None] = mapped_column("Company", String(255))
    company_domain: Mapped[str | None] = mapped_column("CompanyDomain", String(255))
    linkedin_url: Mapped[str | None] = mapped_column("LinkedinUrl", String(512))
    email: Mapped[str | None] = mapped_column("Email", String(320))
    phone: Mapped[str | None] = mapped_column("Phone", String(50))
    location: Mapped[str | None] = mapped_column("Location", String(255))
    enrichment_level: Mapped[str | None] = mapped_column("EnrichmentLevel", String(20))
    enrichment_data: Mapped[JsonObject | None] = mapped_column("EnrichmentData")
    enriched_at: Mapped[datetime | None] = mapped_column("EnrichedAt")
