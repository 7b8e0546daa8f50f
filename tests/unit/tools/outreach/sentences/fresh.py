"""Four leads of four trades with what is stored of them, and drafts' sentences that were written before the vocabulary was."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

import yaml

from tests.factories.outreach import NOW, SENDER, evidence, failed, of_experiment
from tools.outreach.checks import check_draft
from tools.outreach.evidence import DraftText, Evidence, EvidencePacket, ExperimentFacts, LeadFacts, Subject

OF_WORDS = {
    "supported_claims",
    "fresh_evidence",
    "honest_about_us",
    "right_name",
    "no_broken_token",
    "honest_subject",
}
"""The checks that read what a sentence says."""
SUBJECTS = {"en": "one question", "de": "eine Frage"}


@dataclass(frozen=True)
class Said:
    """One sentence of one draft about one lead."""

    lead: str
    format: str
    sentence: str
    packet: EvidencePacket

    @property
    def failing(self) -> set[str]:
        """The checks of its words that fail."""
        asked = SUBJECTS[self.packet.language or "en"]
        subject = asked if self.format in {"email_cold", "email_warm", "linkedin_inmail"} else None
        draft = DraftText(format=self.format, subject=subject, body=self.sentence)
        return failed(check_draft(draft, self.packet)) & OF_WORDS

    @property
    def stopped(self) -> bool:
        """Whether one does."""
        return bool(self.failing)


def sentences(kind: Literal["honest", "fabricated"], half: str, file: str = "fresh.yaml") -> list[Said]:
    """The sentences of a half."""
    return [
        Said(lead["id"], form, sentence, _packet(lead))
        for lead in _leads(file)
        if lead["half"] == half
        for form, said in lead[kind].items()
        for sentence in said
    ]


@cache
def _leads(file: str) -> list[dict[str, Any]]:
    read: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name(file).read_text(encoding="utf-8"))
    return read


def _packet(lead: dict[str, Any]) -> EvidencePacket:
    stored = [
        evidence(
            item["id"],
            item["text"],
            kind=item.get("kind", "page"),
            subject=Subject(item.get("subject", "company")),
        )
        for item in lead["stored"]
    ]
    person = LeadFacts(**lead["lead"])
    fields = [
        evidence("lead.fullName", person.name, kind="field", subject=Subject.LEAD),
        evidence("lead.jobTitle", person.title or "", kind="field", subject=Subject.LEAD),
        evidence("lead.company", person.company or "", kind="field"),
        evidence("lead.companyDomain", person.domain or "", kind="field"),
    ]
    company = lead["facts"][0].split()[0]
    sender = SENDER.model_copy(
        update={"company": company, "facts": lead["facts"], "customers": lead["customers"]}
    )
    return EvidencePacket(
        now=NOW,
        lead=person,
        sender=sender,
        experiment=ExperimentFacts(**lead["experiment"]),
        language=lead["language"],
        evidence=[
            *fields,
            *stored,
            *of_experiment(ExperimentFacts(**lead["experiment"])),
            *_ours(sender.name or "", company, lead),
        ],
    )


def _ours(name: str, company: str, lead: dict[str, Any]) -> list[Evidence]:
    texts = [
        ("sender.name", "sender", name),
        ("sender.company", "sender", company),
        *((f"fact.{number}", "fact", text) for number, text in enumerate(lead["facts"], 1)),
        *((f"customer.{number}", "customer", text) for number, text in enumerate(lead["customers"], 1)),
    ]
    return [
        evidence(id_, text, kind=kind, subject=Subject.US, observed_at=None, source=f"sender:{id_}")
        for id_, kind, text in texts
    ]
