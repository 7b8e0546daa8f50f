"""A day's tokens: looked at before anything begins that calls a model. What runs already goes on to its end.

What runs has not told yet what it uses. Until it does, it counts with what such a run is expected to use, so that many
that begin at once don't find the same tokens left. A run's record is its reservation: it is settled as its calls are billed,
and gone when the run is over, however it ends.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta

from sqlalchemy import BigInteger, ColumnElement, ScalarSelect, bindparam, case, cast, func, or_, select
from sqlalchemy.dialects.postgresql import array
from sqlalchemy.orm import aliased
from sqlalchemy.sql.elements import BindParameter

from persistence.models.agent_run import AgentRun, AgentRunStatus
from persistence.models.budget import Budget, UsageRecord
from persistence.session import UnitOfWork
from persistence.types import AgentRunID, UserID, WorkspaceID, utc_now
from tools.errors import QuotaExceeded

CODE = "token_budget_spent"
RESERVED = "token_budget_reserved"
"""The code of the QuotaExceeded while what is left may still be used by what runs."""
SOON_SECONDS = 5
TODAY: ColumnElement[datetime] = func.date(func.timezone("UTC", func.now()))
"""The day of UTC, as UsageRecords are stamped."""

EXPECTED = {"activity": 3_000, "filters": 3_000, "worldview": 5_000}
OTHERS = 10_000
"""Tokens that a run is expected to use, by its graph: its prompts with what they usually quote, and its answers."""
LONGEST = timedelta(hours=1)
"""No run that is older has a process: whatever its record says, it uses nothing any more."""

RUN = aliased(AgentRun)
_WORKSPACE: BindParameter[int] = bindparam("workspace")


def token_room(
    workspace: BindParameter[int], *, apart_from: ColumnElement[bool] | None = None
) -> ScalarSelect[Sequence[int] | None]:
    """The workspace's tokens a day, those used, and those expected of what runs now; null when there is no limit.

    To stand in a larger statement: without a limit it costs a look at one index. Runs of which `apart_from` is true don't count.
    """
    used = (
        select(func.coalesce(func.sum(UsageRecord.input_tokens + UsageRecord.output_tokens), 0))
        .where(UsageRecord.workspace_id == Budget.workspace_id, UsageRecord.day == TODAY)
        .correlate(Budget)
        .scalar_subquery()
    )
    expected = case(EXPECTED, value=RUN.graph, else_=OTHERS)
    open_runs = select(
        func.coalesce(func.sum(func.greatest(expected - RUN.input_tokens - RUN.output_tokens, 0)), 0)
    ).where(
        RUN.workspace_id == Budget.workspace_id,
        RUN.status == AgentRunStatus.RUNNING,
        RUN.started_at > func.now() - LONGEST,
    )
    if apart_from is not None:
        open_runs = open_runs.where(~apart_from)
    reserved = open_runs.correlate(Budget).scalar_subquery()
    limits = array([Budget.tokens_per_day, cast(used, BigInteger), cast(reserved, BigInteger)])
    return (
        select(limits)
        .where(Budget.workspace_id == workspace, Budget.tokens_per_day.is_not(None))
        .scalar_subquery()
    )


_OWN = or_(
    RUN.id.is_not_distinct_from(bindparam("run")),
    (RUN.user_id == bindparam("user")) & RUN.session_id.is_not(None),
)
USED = select(token_room(_WORKSPACE))
LEFT = select(token_room(_WORKSPACE, apart_from=_OWN))
"""Built once, for whoever asks nothing else."""


async def require_tokens(uow: UnitOfWork, workspace_id: WorkspaceID) -> None:
    """Raise QuotaExceeded when the workspace's tokens of today are spent: for what will begin later, and asks again then."""
    room = (await uow.session.execute(USED, {"workspace": workspace_id})).scalar_one()
    if room is not None:
        _refuse_spent(*room)


async def require_tokens_left(
    uow: UnitOfWork, workspace_id: WorkspaceID, user_id: UserID, taken_up: AgentRunID | None
) -> None:
    """Raise QuotaExceeded when the workspace's tokens of today are spent, or may be by what runs: for what begins now.

    The broken run that is `taken_up` holds its own place, and what begins within a turn of the same person is paid from
    the turn's. Whoever asks holds the workspace's row: no two find the same tokens left.
    """
    given = {"workspace": workspace_id, "user": user_id, "run": taken_up}
    refuse_full((await uow.session.execute(LEFT, given)).scalar_one())


def refuse_full(room: Sequence[int] | None) -> None:
    """Raise QuotaExceeded for what `token_room` found, when nothing may begin now."""
    if room is None:
        return
    limit, used, reserved = room
    _refuse_spent(limit, used, reserved)
    if used + reserved < limit or not reserved:
        return
    raise QuotaExceeded(
        f"This workspace may use {limit:,} tokens a day, and what runs now may use those that are left. Try again when it is over.",
        retry_after=SOON_SECONDS,
        code=RESERVED,
        extra={"budget": "tokensPerDay", "tokensPerDay": limit},
    )


def _refuse_spent(limit: int, used: int, _reserved: int) -> None:
    if used < limit:
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
