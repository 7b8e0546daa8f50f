"""How many turns a person may start, and the workspace's tokens: counted in Postgres, so that it holds without Redis and over all processes."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import ScalarSelect, Select, bindparam, func, select
from sqlalchemy.orm import aliased

from persistence.models.agent_run import AgentRun, AgentRunStatus
from persistence.models.discovery import DiscoverySession
from persistence.session import UnitOfWork
from tools.access import Access
from tools.budgets.tokens import refuse_full, token_room
from tools.errors import QuotaExceeded
from tools.turns.settings import TurnSettings


def _running() -> ScalarSelect[int]:
    """The number of turns of the person that a living process runs."""
    run = aliased(AgentRun)
    return (
        select(func.count())
        .select_from(DiscoverySession)
        .join(run, run.id == DiscoverySession.active_turn_id)
        .where(
            run.user_id == bindparam("user"),
            run.status == AgentRunStatus.RUNNING,
            DiscoverySession.lease_until > func.now(),
        )
        .scalar_subquery()
    )


def _counts() -> Select[int, int, int, Sequence[int] | None]:
    minute_ago = func.now() - timedelta(minutes=1)
    return select(
        func.extract("epoch", func.min(AgentRun.started_at) - minute_ago),
        func.count(),
        _running(),
        token_room(bindparam("workspace")),
    ).where(
        AgentRun.user_id == bindparam("user"),
        AgentRun.session_id.is_not(None),
        AgentRun.started_at > minute_ago,
    )


COUNTS = _counts()
"""Built once: putting it together takes ten times as long as Postgres takes to answer it."""


async def check_limits(uow: UnitOfWork, access: Access, settings: TurnSettings) -> None:
    """Raise QuotaExceeded when the person started too many turns in the last minute, or has too many running, or the
    workspace's tokens of today are spent or may be by what runs.

    Whoever asks was admitted by this transaction: no other start of the person is counted at the same time.
    """
    given = {"user": access.caller.user_id, "workspace": access.workspace_id}
    refuse_over_limits((await uow.session.execute(COUNTS, given)).one(), settings)


def refuse_over_limits(counted: Sequence[Any], settings: TurnSettings) -> None:
    """Raise QuotaExceeded for what `COUNTS` found, as `check_limits` does."""
    oldest, started, running, room = counted
    refuse_full(room)
    if started >= settings.per_minute:
        wait = max(1, round(float(oldest)))
        raise QuotaExceeded(
            f"You can send {settings.per_minute} messages a minute.", retry_after=wait, code="too_many_turns"
        )
    if running >= settings.at_once:
        raise QuotaExceeded(
            f"{settings.at_once} answers are being written for you already.",
            retry_after=5,
            code="too_many_turns_at_once",
        )
