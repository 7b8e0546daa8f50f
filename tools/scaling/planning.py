"""How many leads to add, and what may be spent on finding them."""

from dataclasses import dataclass
from decimal import Decimal

from tools.campaigns.schemas import RateRead
from tools.prospecting.schemas import MAX_LEADS
from tools.providers.wiza.client import MOST_COST, ROW_COST
from tools.providers.wiza.records import Level

LEVEL: Level = "partial"
"""What is found out about each new lead: the profile and e-mail addresses."""
EACH = ROW_COST + MOST_COST[LEVEL]
"""The most credits one new lead costs, when everybody looked at is new."""
FIRST = 50
"""Leads of a campaign that has none and is not told how many it shall have."""


@dataclass(frozen=True)
class Standing:
    """How a campaign does."""

    leads: int
    reply_rate: RateRead
    sample: int | None
    """Leads that its experiment has to reach before anything is concluded."""


@dataclass(frozen=True)
class Plan:
    """What to do."""

    target: int
    affordable: int
    new: int
    search_budget: Decimal
    """Credits for looking: what enriching the new ones can't cost, so people who are leads already may be looked at too."""


def plan(standing: Standing, target: int | None, credits_: Decimal) -> Plan:
    """As many new leads as are missing, as `credits_` pay for, and as one search finds."""
    wanted = target if target is not None else _own_target(standing)
    affordable = int(credits_ / EACH)
    new = max(0, min(wanted - standing.leads, affordable, MAX_LEADS))
    return Plan(wanted, affordable, new, credits_ - new * MOST_COST[LEVEL])


def _own_target(standing: Standing) -> int:
    """The sample while it is not reached, since nothing can be said before; from then on twice what there is."""
    if standing.sample is not None and standing.sample > standing.leads:
        return standing.sample
    return 2 * standing.leads or FIRST
