"""Noting what model calls cost, in the transaction that keeps their result."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import orjson
from sqlalchemy import Text, bindparam, text

from persistence.session import UnitOfWork
from persistence.types import AgentRunID, CampaignID, JobID, UserID, WorkspaceID
from tools.providers.models.usage import CallUsage, UsageMeter


@dataclass(frozen=True)
class Spender:
    """Whose work it was."""

    workspace_id: WorkspaceID
    user_id: UserID | None = None
    campaign_id: CampaignID | None = None
    job_id: JobID | None = None
    agent_run_id: AgentRunID | None = None


USAGE = {
    "ProjectID": "bigint",
    "UserID": "bigint",
    "CampaignID": "bigint",
    "JobID": "uuid",
    "AgentRunID": "uuid",
    "Graph": "text",
    "Provider": "text",
    "Model": "text",
    "InputTokens": "bigint",
    "OutputTokens": "bigint",
    "CostUsd": "numeric",
}
"""Columns of a call's row, by what they are read from JSON as."""
_NAMES = ", ".join(f'"{name}"' for name in USAGE)
_TYPES = ", ".join(f'"{name}" {kind}' for name, kind in USAGE.items())
ADD_USAGE = f"""
    INSERT INTO "UsageRecords" ({_NAMES})
    SELECT {_NAMES} FROM jsonb_to_recordset(CAST(:calls AS jsonb)) AS call ({_TYPES})
"""  # noqa: S608 — SQL of our own, values are bound
"""Adds the rows of `usage_rows`; to stand alone or, with a condition behind it, in a larger statement."""
ADD = text(ADD_USAGE).bindparams(bindparam("calls", type_=Text))


async def record_usage(uow: UnitOfWork, spender: Spender, meter: UsageMeter, *, graph: str) -> None:
    """One row for each call that reached a model, failed ones included: they cost as well."""
    if meter.records:
        calls = orjson.dumps(usage_rows(spender, meter, graph=graph), default=str)
        await uow.session.execute(ADD, {"calls": calls.decode()})


def usage_rows(spender: Spender, meter: UsageMeter, *, graph: str) -> list[dict[str, Any]]:
    """A row for each call that reached a model, by the columns of USAGE."""
    return [_row(spender, call, graph) for call in meter.records]


def _row(spender: Spender, call: CallUsage, graph: str) -> dict[str, Any]:
    return {
        "ProjectID": spender.workspace_id,
        "UserID": spender.user_id,
        "CampaignID": spender.campaign_id,
        "JobID": spender.job_id,
        "AgentRunID": spender.agent_run_id,
        "Graph": graph,
        "Provider": call.provider,
        "Model": call.model[:128],
        "InputTokens": call.tokens.input if call.tokens else 0,
        "OutputTokens": call.tokens.output if call.tokens else 0,
        "CostUsd": call.cost_usd if call.cost_usd is not None else Decimal(0),
    }
