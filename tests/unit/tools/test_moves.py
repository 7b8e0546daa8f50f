"""The tables of statuses: whole, and as the contract says."""

from enum import StrEnum
from itertools import pairwise
from typing import Any

import pytest

from persistence.models.campaign import CampaignStatus
from persistence.models.experiment import ExperimentStatus
from persistence.models.lead import LeadOutcome, LeadStatus
from persistence.models.outreach import OutreachStatus
from tools import moves
from tools.errors import Conflict

TABLES: dict[type[StrEnum], Any] = {
    CampaignStatus: moves.CAMPAIGNS,
    LeadStatus: moves.LEADS,
    OutreachStatus: moves.MESSAGES,
    ExperimentStatus: moves.EXPERIMENTS,
}

CONTRACT = {
    CampaignStatus: ["active paused", "paused active", "active completed", "completed archived", "paused archived"],
    LeadStatus: [
        "found enriching enriched drafted queued sent responded",
        "enriching found",
        "found drafted",
        "drafted enriched",
        "queued drafted",
    ],
    OutreachStatus: [
        "draft scheduled sent delivered opened clicked replied",
        "sent bounced",
        "sent failed",
        "sent replied",
        "scheduled draft",
    ],
    ExperimentStatus: [
        "pending creating_hypotheses finding_leads prioritizing_leads warmup_initiated complete",
        "warmup_initiated failed pending",
    ],
}  # fmt: skip
FORBIDDEN = {
    CampaignStatus: ["archived active", "completed active", "active archived"],
    LeadStatus: ["found sent", "sent queued", "responded sent", "found enriched", "enriched queued", "queued enriched"],
    OutreachStatus: ["draft sent", "sent draft", "replied sent", "bounced sent", "delivered sent"],
    ExperimentStatus: ["complete failed", "pending complete"],
}  # fmt: skip


@pytest.mark.parametrize("kind", TABLES)
def test_a_table_knows_every_status_and_none_follows_itself(kind: type[StrEnum]) -> None:
    assert set(TABLES[kind]) == set(kind)
    for status, following in TABLES[kind].items():
        assert status not in following
        assert len(set(following)) == len(following)


@pytest.mark.parametrize(("kind", "row"), [(kind, row) for kind, rows in CONTRACT.items() for row in rows])
def test_what_the_contract_names_is_legal(kind: type[StrEnum], row: str) -> None:
    statuses = [kind(word) for word in row.split()]
    for present, wanted in pairwise(statuses):
        moves.check_move(TABLES[kind], present, wanted)


@pytest.mark.parametrize(("kind", "row"), [(kind, row) for kind, rows in FORBIDDEN.items() for row in rows])
def test_what_it_does_not_name_is_refused_with_the_legal_moves(kind: type[StrEnum], row: str) -> None:
    present, wanted = (kind(word) for word in row.split())
    with pytest.raises(Conflict) as refused:
        moves.check_move(TABLES[kind], present, wanted)
    assert refused.value.error_code == "illegal_move"
    assert refused.value.extra["legal"] == [status.value for status in TABLES[kind][present]]


def test_a_persons_correction_reaches_all_of_enriched_drafted_and_queued() -> None:
    three = (LeadStatus.ENRICHED, LeadStatus.DRAFTED, LeadStatus.QUEUED)
    for present in three:
        for wanted in three:
            if wanted is not present:
                moves.check_move(moves.LEADS, present, wanted, corrections=moves.LEAD_CORRECTIONS)
    with pytest.raises(Conflict):
        moves.check_move(moves.LEADS, LeadStatus.SENT, LeadStatus.DRAFTED, corrections=moves.LEAD_CORRECTIONS)


def test_a_way_leads_along_legal_moves_only() -> None:
    found, drafted, queued, sent = (
        LeadStatus.FOUND,
        LeadStatus.DRAFTED,
        LeadStatus.QUEUED,
        LeadStatus.SENT,
    )
    assert moves.way(moves.LEADS, found, sent) == [drafted, queued, sent]
    assert moves.way(moves.LEADS, queued, drafted) == [drafted]
    assert moves.way(moves.LEADS, sent, drafted) == []
    assert moves.way(moves.LEADS, found, found) == []


def test_every_meeting_is_an_answer() -> None:
    assert moves.MET <= moves.ANSWERS
    assert set(LeadOutcome) - moves.ANSWERS == {LeadOutcome.NO_RESPONSE, LeadOutcome.UNQUALIFIED}
