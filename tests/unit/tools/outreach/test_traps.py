"""Traps in what is stored: none becomes evidence that a draft may repeat."""

from dataclasses import asdict
from typing import Any

import pytest

from persistence.models.lead import Lead
from tests.factories.outreach import NOW, SENDER, failed, review, unsupported
from tests.unit.tools.outreach.traps import (
    HIRES,
    HIRES_TOO,
    PROFILE,
    RAISED,
    TRAPS,
    Trap,
    message,
    page,
    signal,
)
from tools.outreach.evidence import EvidencePacket
from tools.outreach.packet import Stored, build_packet


def _packet(trap: Trap) -> EvidencePacket:
    values: dict[str, Any] = {
        "full_name": "Jonna Reiff",
        "job_title": "Head of Operations",
        "company": "Brennholt Towage GmbH",
        "company_domain": "brennholt.example",
        "linkedin_url": PROFILE,
        "updated_at": NOW,
    }
    stored = Stored(
        sender={**SENDER.model_dump(), **trap.sender},
        signals=trap.signals,
        pages=trap.pages,
        messages=trap.messages,
    )
    return build_packet(Lead(**{**values, **trap.lead}), stored, NOW)


def test_there_are_at_least_forty() -> None:
    assert len({trap.name for trap in TRAPS}) == len(TRAPS) >= 40


@pytest.mark.parametrize("trap", TRAPS, ids=lambda trap: trap.name)
def test_what_is_trapped_is_no_evidence(trap: Trap) -> None:
    packet = _packet(trap)
    if trap.planted is not None:
        assert not [item.id for item in packet.evidence if trap.planted.casefold() in item.text.casefold()]


@pytest.mark.parametrize("trap", TRAPS, ids=lambda trap: trap.name)
def test_a_draft_that_repeats_it_is_stopped(trap: Trap) -> None:
    packet = _packet(trap)
    assert unsupported(trap.repeats, packet) == [trap.repeats]
    checked = review(
        f"Hi Jonna,\n\n{trap.repeats}\n\nIs that so?", packet, form="linkedin_message", subject=None
    )
    assert "supported_claims" in failed(checked)
    assert not checked.queueable


@pytest.mark.parametrize(
    ("stored", "says"),
    [
        ({"signals": [signal(RAISED, "funding")]}, RAISED),
        ({"signals": [signal(HIRES, "hiring")]}, HIRES_TOO),
        ({"pages": [page(HIRES)]}, HIRES_TOO),
        ({"pages": [page(f"News\n\n{RAISED}")]}, "Congratulations on the 8 million euros from Hafenkapital!"),
        ({"pages": [page("In March 2021 Brennholt raised 8 million euros.")]}, "In March 2021 you raised 8 million euros."),
        ({"pages": [page("Am 1. Dezember eröffnen wir unser zweites Lager in Elsfleth.")]}, "Sie eröffnen am 1. Dezember Ihr zweites Lager in Elsfleth."),
        ({"signals": [signal("I spoke at the Hafenforum.", "social_activity", source="user:1", url=PROFILE)]}, "You spoke at the Hafenforum."),
        ({"pages": [page("We acquired Globex.")]}, "Brennholt acquired Globex."),
        ({"messages": [message("Would a talk on shift plans help?")]}, "I wrote to you on 9 November about shift plans."),
        ({"messages": [message("Would a talk help?", answered=NOW.isoformat())]}, "Thanks for your reply."),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_the_same_without_the_trap_is_carried(stored: dict[str, Any], says: str) -> None:
    packet = _packet(Trap("none", says, **stored))
    assert packet.left_out == []
    assert unsupported(says, packet) == []


def test_what_is_left_out_says_why() -> None:
    for trap in TRAPS:
        for item in _packet(trap).left_out:
            assert item.detail, (trap.name, asdict(trap))
