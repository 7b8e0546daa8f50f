"""A day's tokens: looked at once, before anything begins that calls a model. What runs already goes on to its end."""

from datetime import UTC, datetime, time, timedelta

from sqlalchemy import ColumnElement, ScalarSelect, bindparam, func, select
from sqlalchemy.sql.elements import BindParameter

from persistence.models.budget import Budget, UsageRecord
from persistence.session import UnitOfWork
from persistence.types import WorkspaceID, utc_now
from tools.errors import QuotaExceeded

CODE = "token_budget_spent"
TODAY: ColumnElement[datetime] = func.date(func.timezone("UTC", func.now()))
"""The day of UTC, as UsageRecords are stamped."""


def spent_limit(workspace: BindParameter[int]) -> ScalarSelect[int | None]:
    """The workspace's tokens a day when they are spent; null while some are left, or when there is no limit.

    To stand in a larger statement: without a limit it costs a look at one index.
    """
    used = (
        select(func.coalesce(func.sum(UsageRecord.input_tokens + UsageRecord.output_tokens), 0))
        .where(UsageRecord.workspace_id == Budget.workspace_id, UsageRecord.day == TODAY)
        .correlate(Budget)
        .scalar_subquery()
    )
    return (
        select(Budget.tokens_per_day)
        .where(
            Budget.workspace_id == workspace,
            Budget.tokens_per_day.is_not(None),
            Budget.tokens_per_day <= used,
        )
        .scalar_subquery()
    )


SPENT = select(spent_limit(bindparam("workspace")))
"""Built once, for whoever asks nothing else."""


async def require_tokens(uow: UnitOfWork, workspace_id: WorkspaceID) -> None:
    """Raise QuotaExceeded when the workspace's tokens of today are spent."""
    refuse_spent((await uow.session.execute(SPENT, {"workspace": workspace_id})).scalar_one())


def refuse_spent(limit: int | None) -> None:
    """Raise QuotaExceeded for a limit that `spent_limit` found."""
    if limit is None:
        return
    now = utc_now()
    resets_at = datetime.combine(now.date() + timedelta(days=1), time(), UTC)
    raise QuotaExceeded(
        f"This workspace may use {limit:,} tokens a day, and today's are spent. They begin anew at midnight UTC; "
        "an admin can raise the budget.",
        retry_after=max(1, round((resets_at - now).total_seconds())),
        code=CODE,
        extra={"budget": "tokensPerDay", "tokensPerDay": limit, "resetsAt": resets_at.isoformat()},
    )
