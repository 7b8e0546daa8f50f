"""Typed identifiers and the one clock: the lowest vocabulary of the product."""

from datetime import UTC, datetime
from typing import NewType
from uuid import UUID

ClientID = NewType("ClientID", int)
UserID = NewType("UserID", int)
WorkspaceID = NewType("WorkspaceID", int)
ExperimentID = NewType("ExperimentID", int)
CampaignID = NewType("CampaignID", int)
LeadID = NewType("LeadID", int)
PersonID = NewType("PersonID", int)
SessionID = NewType("SessionID", int)
InvitationID = NewType("InvitationID", int)
AgentRunID = NewType("AgentRunID", UUID)
JobID = NewType("JobID", UUID)

MAX_BIGINT = 2**63 - 1
"""Largest id a Postgres bigint holds; larger ones in a request are refused at the edge."""


def utc_now() -> datetime:
    """The current time, aware, in UTC: the only way product code asks for it."""
    return datetime.now(UTC)
