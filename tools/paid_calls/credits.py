"""Credits of a workspace: held back before a call, settled or given back after it. Reserved = settled + released."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

from persistence.models.budget import Budget, UsageRecord
from persistence.models.paid_call import PaidCall
from persistence.repositories import Repository
from persistence.session import UnitOfWork
from persistence.types import WorkspaceID, utc_now
from tools.budgets.queries import spent_since
from tools.errors import QuotaExceeded
from tools.paid_calls.metrics import CREDITS
from tools.read_models import InTransaction
from tools.usage.service import Spender

LOCK_BUDGET = 'SELECT 1 FROM "Budgets" WHERE "ProjectID" = $1 FOR UPDATE'
RESERVE = """
WITH room AS (
  SELECT b."BudgetID", least($3::int, floor((b."CreditsPerMonth" - b."CreditsReserved" - coalesce((
      SELECT sum(u."Credits") FROM "UsageRecords" u WHERE u."ProjectID" = $1 AND u."Day" >= $4::date
    ), 0)) / $2::numeric)) AS some
  FROM "Budgets" b WHERE b."ProjectID" = $1
)
UPDATE "Budgets" b SET "CreditsReserved" = b."CreditsReserved" + room.some * $2::numeric, "Version" = b."Version" + 1,
  "UpdatedAt" = now()
FROM room WHERE b."BudgetID" = room."BudgetID" AND room.some > 0 RETURNING room.some
"""
RELEASE = """
UPDATE "Budgets" SET "CreditsReserved" = greatest(0, "CreditsReserved" - $2::numeric), "Version" = "Version" + 1,
  "UpdatedAt" = now()
WHERE "ProjectID" = $1 RETURNING 1
"""


async def reserve(uow: UnitOfWork, workspace_id: WorkspaceID, amount: Decimal) -> None:
    """Hold this much back. Raises QuotaExceeded without a budget, or when the month's would be passed."""
    budget = await _with_room(uow, await _locked(uow, workspace_id), amount)
    budget.credits_reserved += amount
    await uow.session.flush()


async def reserve_some(uow: UnitOfWork, workspace_id: WorkspaceID, each: Decimal, wanted: int) -> int:
    """Hold `each` back for as many of `wanted` as the month has room for; how many. Raises as `reserve` when for none."""
    run = InTransaction(uow).rows
    # Counted after the lock is held: what others settled meanwhile is seen.
    await run(LOCK_BUDGET, workspace_id)
    found = await run(RESERVE, workspace_id, each, wanted, utc_now().date().replace(day=1))
    some = int(found[0][0]) if found else 0
    if some <= 0:
        await reserve(uow, workspace_id, each)  # says why not
        return 1
    return some


async def release_some(uow: UnitOfWork, workspace_id: WorkspaceID, amount: Decimal) -> None:
    """Give back what was held for several calls, whose rows the transaction has locked."""
    if amount:
        await InTransaction(uow).rows(RELEASE, workspace_id, amount)


async def require_credits(uow: UnitOfWork, workspace_id: WorkspaceID, amount: Decimal) -> None:
    """Refuse work that could not pay for anything, holding nothing back. Raises as `reserve`."""
    budgets = Repository(uow.session, Budget)
    await _with_room(uow, await budgets.get(Budget.workspace_id == workspace_id), amount)


async def credits_left(uow: UnitOfWork, workspace_id: WorkspaceID) -> Decimal:
    """What of this month's credits is neither spent nor held back; 0 without a budget."""
    budget = await Repository(uow.session, Budget).get(Budget.workspace_id == workspace_id)
    if budget is None or budget.credits_per_month is None:
        return Decimal(0)
    return max(Decimal(0), budget.credits_per_month - await _taken(uow, budget, utc_now().date()))


async def _with_room(uow: UnitOfWork, budget: Budget | None, amount: Decimal) -> Budget:
    """The budget, which has room for this much."""
    if budget is None or budget.credits_per_month is None:
        raise QuotaExceeded(
            "This costs credits, and the workspace has no budget for them.",
            retry_after=3600,
            code="budget_missing",
        )
    today = utc_now().date()
    if await _taken(uow, budget, today) + amount > budget.credits_per_month:
        raise no_room()
    return budget


def no_room() -> QuotaExceeded:
    """What the month's budget does not hold."""
    return QuotaExceeded(
        "The workspace's credits of this month are used up or promised to calls under way.",
        retry_after=_until_next_month(utc_now().date()),
        code="budget_exceeded",
    )


async def _taken(uow: UnitOfWork, budget: Budget, today: date) -> Decimal:
    """What this month has spent and promised."""
    _, spent = await spent_since(uow, budget.workspace_id, today, today.replace(day=1))
    return Decimal(str(spent)) + budget.credits_reserved


async def release(uow: UnitOfWork, call: PaidCall) -> None:
    """Give back what is held for this call, which the transaction has locked; harmless when nothing is."""
    if call.reserved and call.workspace_id is not None:
        budget = await _locked(uow, call.workspace_id)
        if budget is not None:
            budget.credits_reserved = max(Decimal(0), budget.credits_reserved - call.reserved)
    call.reserved = Decimal(0)
    await uow.session.flush()


async def settle(uow: UnitOfWork, call: PaidCall, spender: Spender | None, cost: Decimal) -> None:
    """Give back what is held and note what it really cost, once for each call key. Without a spender nobody waits for it.

    It counts for the workspace that began the call, whoever finds its end; with a deleted workspace its budget went as well.
    """
    await release(uow, call)
    if cost:
        CREDITS.labels(call.provider).inc(float(cost))
    if cost and call.workspace_id is not None:
        spender = spender or Spender(call.workspace_id)
        await Repository(uow.session, UsageRecord).create(
            UsageRecord(
                workspace_id=call.workspace_id,
                user_id=spender.user_id,
                campaign_id=spender.campaign_id,
                job_id=spender.job_id,
                agent_run_id=spender.agent_run_id,
                provider=call.provider,
                credits=cost,
                call_key=call.call_key,
            )
        )


async def _locked(uow: UnitOfWork, workspace_id: WorkspaceID) -> Budget | None:
    return await Repository(uow.session, Budget).get(Budget.workspace_id == workspace_id, for_update=True)


def _until_next_month(today: date) -> int:
    first = (today.replace(day=1) + timedelta(days=31)).replace(day=1)
    return max(1, int((datetime.combine(first, time(), UTC) - utc_now()).total_seconds()))
