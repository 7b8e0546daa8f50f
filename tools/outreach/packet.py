"""The packet of one lead: everything a draft may rest on, out of stored rows, each with whose it is and how old."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from persistence.models.lead import Lead
from persistence.models.workspace import ProjectRole
from persistence.session import UnitOfWork
from persistence.types import LeadID, utc_now
from tools import keys
from tools.access import Caller
from tools.leads.queries import lead_of
from tools.outreach.evidence import (
    EvidencePacket,
    ExperimentFacts,
    LeadFacts,
    SenderFacts,
    ThreadMessage,
)
from tools.outreach.sources.gathering import Gathering
from tools.outreach.sources.stored import STORED

WAITING = frozenset({"draft", "scheduled"})
"""Messages that nobody got yet: no contact."""


@dataclass(frozen=True)
class Stored:
    """Rows as `sources.stored.STORED` gives them: JSON objects with its names."""

    language: str | None = None
    experiment: dict[str, Any] | None = None
    sender: dict[str, Any] | None = None
    signals: Sequence[dict[str, Any]] = ()
    pages: Sequence[dict[str, Any]] = ()
    messages: Sequence[dict[str, Any]] = ()
    drafts: Sequence[str] = ()


async def load_packet(
    uow: UnitOfWork, caller: Caller, lead_id: LeadID, *, now: datetime | None = None
) -> EvidencePacket:
    """The packet of a lead. For members and above. Two statements. Raises NotFound, Forbidden."""
    lead = await lead_of(uow, caller, lead_id, ProjectRole.MEMBER)
    return await packet_of(uow, lead, now=now)


async def packet_of(
    uow: UnitOfWork, lead: Lead, *, now: datetime | None = None, without: int | None = None
) -> EvidencePacket:
    """The packet of a lead whose reader was checked. One statement. `without`: the message that is being checked."""
    facts = lead_facts(lead)
    values = {
        "lead": lead.id,
        "campaign": lead.campaign_id,
        "workspace": lead.workspace_id,
        "domain": facts.domain,
    }
    row = (await uow.session.execute(STORED, values)).one()
    stored = Stored(
        language=row.language,
        experiment=row.experiment,
        sender=row.sender,
        signals=row.signals or [],
        pages=row.pages or [],
        messages=[item for item in row.messages or [] if item["id"] != without],
        drafts=row.drafts or [],
    )
    return build_packet(lead, stored, now or utc_now())


def lead_facts(lead: Lead) -> LeadFacts:
    """The person, with the company's domain: the stored one, else that of a business address."""
    domain = keys.domain_key(lead.company_domain)
    if domain is None and lead.email and "@" in lead.email:
        mail = keys.domain_key(lead.email.rpartition("@")[2])
        domain = mail if mail not in keys.FREE_MAIL else None
    return LeadFacts(
        name=lead.full_name,
        title=lead.job_title,
        company=lead.company,
        domain=domain,
        profile=keys.linkedin_key(lead.linkedin_url),
    )


def build_packet(lead: Lead, stored: Stored, now: datetime) -> EvidencePacket:
    """The packet out of rows as `sources.stored.STORED` gives them. Pure."""
    facts = lead_facts(lead)
    us = SenderFacts.model_validate(stored.sender or {})
    thread = [_message(item) for item in stored.messages if item["status"] not in WAITING]
    gathering = Gathering(facts, now)
    gathering.add_fields(lead)
    for signal in stored.signals:
        gathering.add_signal(signal)
    for page in stored.pages:
        gathering.add_page(page)
    gathering.add_thread(thread)
    gathering.add_sender(us)
    experiment = _experiment(stored.experiment) if stored.experiment else None
    if experiment:
        gathering.add_experiment(experiment)
    return EvidencePacket(
        now=now,
        lead=facts,
        sender=us,
        experiment=experiment,
        language=stored.language.split("-")[0].casefold() if stored.language else None,
        outcome=lead.outcome.value if lead.outcome else None,
        evidence=gathering.evidence,
        left_out=gathering.left_out,
        thread=thread,
        earlier_drafts=list(stored.drafts),
    )


def _experiment(row: dict[str, Any]) -> ExperimentFacts:
    """The experiment's own columns, its design where they are empty."""
    design = row.get("design") or {}

    def of(dimension: str) -> str:
        value = design.get(dimension)
        return str(value.get("value") or "") if isinstance(value, dict) else ""

    return ExperimentFacts(
        persona=of("persona"),
        pain=row.get("pain") or of("situation"),
        trigger=row.get("trigger") or of("trigger"),
        angle=row.get("angle") or of("angle"),
    )


def _message(item: dict[str, Any]) -> ThreadMessage:
    return ThreadMessage(
        id=item["id"],
        format=item["format"],
        status=item["status"],
        sequence_number=item["sequence"],
        subject=item["subject"],
        text=item["content"],
        at=item["at"],
        answered_at=item["answered"],
    )
