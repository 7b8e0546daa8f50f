"""Noting what model calls cost, in the transaction that keeps their result."""

from dataclasses import dataclass
from decimal import Decimal

from persistence.models.budget import UsageRecord
from persistence.repositories import Repository
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


async def record_usage(uow: UnitOfWork, spender: Spender, meter: UsageMeter, *, graph: str) -> None:
    """One row for each call that reached a model, failed ones included: they cost as well."""
    if meter.records:
        await Repository(uow.session, UsageRecord).create(
            *(_record(spender, call, graph) for call in meter.records)
        )


def _record(spender: Spender, call: CallUsage, graph: str) -> UsageRecord:
    return UsageRecord(
        workspace_id=spender.workspace_id,
        user_id=spender.user_id,
        campaign_id=spender.campaign_id,
        job_id=spender.job_id,
        agent_run_id=spender.agent_run_id,
        graph=graph,
        provider=call.provider,
        model=call.model[:128],
        input_tokens=call.tokens.input if call.tokens else 0,
        output_tokens=call.tokens.output if call.tokens else 0,
        cost_usd=call.cost_usd if call.cost_usd is not None else Decimal(0),
    )
