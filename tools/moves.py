"""How statuses move: one table for each kind of thing that has a status, and what a move means for the counters.

All of it is data. `check_move` is the one check against a table; who may make a move, and what is noted of it, is said by
`campaigns/moving.py`, `leads/moving.py` and the outreach service.
"""

from collections import deque
from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from persistence.models.campaign import CampaignStatus as Campaign
from persistence.models.lead import LeadOutcome as Outcome
from persistence.models.lead import LeadStatus as Lead
from persistence.models.outreach import OutreachStatus as Message
from tools.errors import Conflict
from tools.experiments.status import MOVES as EXPERIMENTS

S = TypeVar("S", bound=StrEnum)
Table = Mapping[S, tuple[S, ...]]

CAMPAIGNS: Table[Campaign] = {
    Campaign.ACTIVE: (Campaign.PAUSED, Campaign.COMPLETED),
    Campaign.PAUSED: (Campaign.ACTIVE, Campaign.COMPLETED, Campaign.ARCHIVED),
    Campaign.COMPLETED: (Campaign.ARCHIVED,),
    Campaign.ARCHIVED: (),
}
CAMPAIGN_STARTS = (Campaign.ACTIVE, Campaign.PAUSED)
"""How a campaign may begin."""

LEADS: Table[Lead] = {
    Lead.FOUND: (Lead.ENRICHING, Lead.DRAFTED),
    Lead.ENRICHING: (Lead.ENRICHED, Lead.FOUND),
    Lead.ENRICHED: (Lead.DRAFTED,),
    Lead.DRAFTED: (Lead.QUEUED, Lead.ENRICHED),
    Lead.QUEUED: (Lead.SENT, Lead.DRAFTED),
    Lead.SENT: (Lead.RESPONDED,),
    Lead.RESPONDED: (),
}
LEAD_CORRECTIONS: Table[Lead] = {
    Lead.ENRICHED: (Lead.QUEUED,),
    Lead.QUEUED: (Lead.ENRICHED,),
}
"""What a person may do beside the table, to put right what was done by mistake."""

MESSAGES: Table[Message] = {
    Message.DRAFT: (Message.SCHEDULED,),
    Message.SCHEDULED: (Message.SENT, Message.DRAFT),
    # Nobody is told of each step: a reply may be the first that is heard after sending.
    Message.SENT: (
        Message.DELIVERED,
        Message.OPENED,
        Message.CLICKED,
        Message.REPLIED,
        Message.BOUNCED,
        Message.FAILED,
    ),
    Message.DELIVERED: (Message.OPENED, Message.CLICKED, Message.REPLIED),
    Message.OPENED: (Message.CLICKED, Message.REPLIED),
    Message.CLICKED: (Message.REPLIED,),
    Message.REPLIED: (),
    Message.BOUNCED: (),
    Message.FAILED: (),
}
LEAD_AFTER_MESSAGE: Mapping[Message, Lead] = {
    Message.DRAFT: Lead.DRAFTED,
    Message.SCHEDULED: Lead.QUEUED,
    Message.SENT: Lead.SENT,
    Message.REPLIED: Lead.RESPONDED,
}
"""Where a message takes its lead, unless the lead has come further already."""

ANSWERS = frozenset(
    {
        Outcome.INTERESTED,
        Outcome.MEETING_BOOKED,
        Outcome.MEETING_DONE,
        Outcome.CLOSED_WON,
        Outcome.CLOSED_LOST,
        Outcome.REJECTED,
    }
)
"""Outcomes that can only be known from an answer: they move a sent lead to responded."""

CONTACTED = frozenset({Lead.SENT, Lead.RESPONDED})
REPLIED = frozenset({Lead.RESPONDED})
MET = frozenset({Outcome.MEETING_BOOKED, Outcome.MEETING_DONE, Outcome.CLOSED_WON, Outcome.CLOSED_LOST})
"""What the counters count: leads that were written to, that answered, and that a meeting came of (a deal is closed after one)."""


def legal_moves(table: Table[S], present: S, *, corrections: Table[S] | None = None) -> tuple[S, ...]:
    """What may follow `present`, corrections last."""
    return (*table[present], *(corrections or {}).get(present, ()))


def check_move(table: Table[S], present: S, wanted: S, *, corrections: Table[S] | None = None) -> None:
    """Raise Conflict, saying which moves are legal, unless `wanted` may follow `present`."""
    legal = legal_moves(table, present, corrections=corrections)
    if wanted not in legal:
        raise illegal_move(f"`{present.value}`", wanted, legal)


def illegal_move(present: str, wanted: StrEnum, legal: tuple[StrEnum, ...]) -> Conflict:
    """The refusal of a move. `legal` is told in words and as a list."""
    words = [status.value for status in legal]
    named = " or ".join(f"`{word}`" for word in words) or "nothing: it is final"
    return Conflict(
        f"After {present} comes {named}, not `{wanted.value}`.", code="illegal_move", extra={"legal": words}
    )


def way(table: Table[S], present: S, wanted: S) -> list[S]:
    """The shortest row of legal moves from `present` to `wanted`, the latter included; empty when there is none."""
    reached: dict[S, list[S]] = {present: []}
    waiting = deque([present])
    while waiting and wanted not in reached:
        status = waiting.popleft()
        for following in table[status]:
            if following not in reached:
                reached[following] = [*reached[status], following]
                waiting.append(following)
    return reached.get(wanted, [])


__all__ = [
    "ANSWERS",
    "CAMPAIGNS",
    "CAMPAIGN_STARTS",
    "CONTACTED",
    "EXPERIMENTS",
    "LEADS",
    "LEAD_AFTER_MESSAGE",
    "LEAD_CORRECTIONS",
    "MESSAGES",
    "MET",
    "REPLIED",
    "check_move",
    "illegal_move",
    "legal_moves",
    "way",
]
