"""Whole drafts: honest ones pass every hard check, each claim where it stands; what twists the same evidence does not."""

import pytest

from tests.factories.outreach import evidence, failed, packet, review, unsupported
from tests.unit.tools.outreach.drafts import DRAFTS, HonestDraft
from tests.unit.tools.outreach.twists import EVIDENCE, TWISTED
from tools.outreach.evidence import EvidencePacket, Subject
from tools.outreach.signature import with_signature

TWISTS = [(language, sentence) for language, sentences in TWISTED.items() for sentence in sentences]


def _packet(language: str, texts: tuple[str, ...]) -> EvidencePacket:
    items = [
        evidence(f"page.{number}.1", text, subject=Subject.LEAD if "Jonna" in text else Subject.COMPANY)
        for number, text in enumerate(texts, 1)
    ]
    return packet(*items, language=language)


@pytest.mark.parametrize("draft", DRAFTS, ids=lambda draft: f"{draft.language}: {draft.subject}")
def test_an_honest_draft_passes_every_hard_check(draft: HonestDraft) -> None:
    given = _packet(draft.language, draft.stored)
    body = with_signature(draft.body, "email_cold", given.sender)
    checked = review(body, given, subject=draft.subject)
    assert failed(checked) == set(), [claim for claim in checked.claims if claim.objection]
    assert checked.queueable
    for claim in checked.claims:
        text = body if claim.part == "body" else draft.subject
        assert text[claim.start : claim.end] == claim.text
    assert {item.id for item in checked.evidence} >= {
        name for claim in checked.claims for name in claim.evidence_ids
    }


@pytest.mark.parametrize(("language", "sentence"), TWISTS, ids=[sentence for _, sentence in TWISTS])
def test_true_evidence_carries_no_twist_of_it(language: str, sentence: str) -> None:
    assert unsupported(sentence, _packet(language, EVIDENCE)) != []
