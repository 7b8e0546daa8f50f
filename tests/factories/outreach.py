"""Packets of evidence and drafts, without a database: a lead of Brennholt, written to by Tidewerk."""

from datetime import UTC, datetime, timedelta
from typing import Any

from tools.outreach.checks import Review, check_draft
from tools.outreach.claims import Claim, find_claims
from tools.outreach.evidence import (
    DraftText,
    Evidence,
    EvidencePacket,
    ExperimentFacts,
    LeadFacts,
    SenderFacts,
    Subject,
)
from tools.outreach.formats import fresh_days

NOW = datetime(2026, 11, 29, 9, tzinfo=UTC)
LEAD = LeadFacts(
    name="Jonna Reiff",
    title="Head of Operations",
    company="Brennholt Towage GmbH",
    domain="brennholt.example",
    profile="jonna-reiff",
)
SENDER = SenderFacts(
    name="Maik Tal",
    title="Founder",
    company="Tidewerk",
    postal_address="Kai 1, 20457 Hamburg",
    opt_out_line="Tell me if you would rather not hear from me.",
    facts=["Tidewerk plans crews for harbour tugs.", "Nordstahl closes in two days since May."],
    customers=["Nordstahl"],
)
EXPERIMENT = ExperimentFacts(
    persona="Head of operations of a towage company",
    pain="Shift plans are redone by hand after each delay",
    trigger="The company hires crew planners",
    angle="Replan while it happens",
)


def evidence(name: str, text: str, *, days: int = 9, **values: Any) -> Evidence:
    """A passage of the company's page, seen so many days ago."""
    defaults: dict[str, Any] = {
        "id": name,
        "kind": "page",
        "text": text,
        "source": "page:https://brennholt.example/jobs",
        "subject": Subject.COMPANY,
        "observed_at": NOW - timedelta(days=days),
    }
    made = {**defaults, **values}
    return Evidence(**{"fresh_days": fresh_days(made["kind"]), **made})


def of_experiment(experiment: ExperimentFacts) -> list[Evidence]:
    """What is tested, as the packet holds it."""
    return [
        evidence(
            f"experiment.{name}",
            text,
            kind="experiment",
            subject=Subject.EXPERIMENT,
            observed_at=None,
            source=f"experiment:{name}",
        )
        for name, text in experiment
        if text
    ]


def packet(*more: Evidence, language: str | None = None, **values: Any) -> EvidencePacket:
    """A packet with the lead's fields, the sender's facts and this evidence."""
    fields = [
        evidence("lead.fullName", "Jonna Reiff", kind="field", subject=Subject.LEAD),
        evidence("lead.jobTitle", "Head of Operations", kind="field", subject=Subject.LEAD),
        evidence("lead.company", "Brennholt Towage GmbH", kind="field"),
        evidence("lead.companyDomain", "brennholt.example", kind="field"),
    ]
    ours = [
        ("sender.name", "sender", "Maik Tal"),
        ("sender.title", "sender", "Founder"),
        ("sender.company", "sender", "Tidewerk"),
        *((f"fact.{number}", "fact", text) for number, text in enumerate(SENDER.facts, 1)),
        ("customer.1", "customer", "Nordstahl"),
    ]
    tested = values.get("experiment", EXPERIMENT)
    if tested:
        more = (*more, *of_experiment(tested))
    us = [
        evidence(name, text, kind=kind, subject=Subject.US, observed_at=None, source=f"sender:{name}")
        for name, kind, text in ours
    ]
    defaults: dict[str, Any] = {
        "now": NOW,
        "lead": LEAD,
        "sender": SENDER,
        "experiment": EXPERIMENT,
        "language": language,
        "evidence": [*fields, *more, *us],
    }
    return EvidencePacket(**{**defaults, **values})


def claims(text: str, in_packet: EvidencePacket, *, subject: str | None = None) -> list[Claim]:
    """What a message states."""
    return find_claims(DraftText(format="email_cold", subject=subject, body=text), in_packet)


def unsupported(text: str, in_packet: EvidencePacket, *, subject: str | None = None) -> list[str]:
    """The sentences of a message that nothing carries."""
    return [claim.text for claim in claims(text, in_packet, subject=subject) if not claim.evidence_ids]


def review(
    body: str, in_packet: EvidencePacket, *, form: str = "email_cold", subject: str | None = "shift plans"
) -> Review:
    """A message, checked."""
    return check_draft(DraftText(format=form, subject=subject, body=body), in_packet)


def failed(checked: Review, *, hard: bool = True) -> set[str]:
    """The names of the checks that failed."""
    return {check.name for check in checked.checks if not check.passed and check.hard is hard}
