"""A workspace's budget and what it spent."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

from sqlalchemy.dialects.postgresql import insert

from persistence.models.budget import Budget
from persistence.models.workspace import ProjectRole
from persistence.repositories import Repository
from persistence.session import UnitOfWork
from persistence.types import CampaignID, WorkspaceID, utc_now
from tools.access import Caller, require_role
from tools.audit import service as audit
from tools.budgets.queries import spent_since, usage_page
from tools.budgets.schemas import BudgetRead, BudgetUpdate, Spent, UsageRead
from tools.errors import FieldError, Invalid, StaleVersion
from tools.paging import Page, PageRequest
from tools.versions import require_version

DEFAULT_DAYS = 30
MAX_DAYS = 366
DECIMALS = Decimal("0.0001")


@dataclass(frozen=True)
class BudgetView:
    """A budget as it is shown, and its version: None while none was saved."""

    shown: BudgetRead
    version: int | None


async def read_budget(uow: UnitOfWork, caller: Caller, workspace_id: WorkspaceID) -> BudgetView:
    """What the workspace may spend and what it spent. Raises NotFound."""
    await require_role(uow, caller, workspace_id)
    return await _view(uow, workspace_id, await _saved(uow, workspace_id))


async def save_budget(
    uow: UnitOfWork,
    caller: Caller,
    workspace_id: WorkspaceID,
    change: BudgetUpdate,
    *,
    expected_version: int | None = None,
) -> BudgetView:
    """Change the limits that `change` names. For admins and owners. Raises NotFound, Forbidden, StaleVersion."""
    await require_role(uow, caller, workspace_id, ProjectRole.ADMIN)
    budget = await _saved(uow, workspace_id, for_update=True)
    if budget is None:
        budget = await _first(uow, workspace_id, expected_version)
    require_version(budget, expected_version)
    before = _limits(budget)
    sent = change.changes()
    if "tokens_per_day" in sent:
        budget.tokens_per_day = change.tokens_per_day
    if "credits_per_month" in sent:
        budget.credits_per_month = _credits(change.credits_per_month)
    await uow.session.flush()
    await audit.record(
        uow,
        caller,
        workspace_id,
        entity="budget",
        entity_id=budget.id,
        action="changed",
        before=before,
        after=_limits(budget),
    )
    return await _view(uow, workspace_id, budget)


async def list_usage(
    uow: UnitOfWork,
    caller: Caller,
    workspace_id: WorkspaceID,
    page: PageRequest,
    *,
    first: date | None = None,
    last: date | None = None,
    campaign_id: CampaignID | None = None,
) -> Page[UsageRead]:
    """What was spent from `first` to `last`, both included; without them the last 30 days. Newest day first.

    Raises NotFound, and Invalid for days in the wrong order or more than a year apart.
    """
    await require_role(uow, caller, workspace_id)
    last = last or max(utc_now().date(), first or date.min)
    first = first or _days_before(last, DEFAULT_DAYS - 1)
    if not 0 <= (last - first).days < MAX_DAYS:
        reason = f"`from` may not be after `to`, nor more than {MAX_DAYS} days before it."
        raise Invalid("The days are not valid.", [FieldError("query/from", reason)])
    found = await usage_page(uow, workspace_id, page, first=first, last=last, campaign_id=campaign_id)
    shown = [
        UsageRead(
            day=row.day,
            campaign_id=row.campaign or None,
            graph=row.graph or None,
            model=row.model or None,
            input_tokens=row.input_tokens,
            output_tokens=row.output_tokens,
            credits=float(row.credits),
            cost_usd=float(row.cost_usd),
        )
        for row in found.items
    ]
    return Page(shown, found.limit, found.next_cursor, found.total)


async def _view(uow: UnitOfWork, workspace_id: WorkspaceID, budget: Budget | None) -> BudgetView:
    today = utc_now().date()
    first = today.replace(day=1)
    tokens, spent = await spent_since(uow, workspace_id, today, first)
    reserved = float(budget.credits_reserved) if budget else 0.0
    limits = _limits(budget)
    shown = BudgetRead(
        tokens_per_day=budget.tokens_per_day if budget else None,
        credits_per_month=limits["creditsPerMonth"],
        spent=Spent(tokens_today=tokens, credits_this_month=spent, credits_reserved=reserved),
        resets_at=_midnight(today + timedelta(days=1)),
        credits_reset_at=_midnight((first + timedelta(days=31)).replace(day=1)),
    )
    return BudgetView(shown, budget.version if budget else None)


async def _first(uow: UnitOfWork, workspace_id: WorkspaceID, expected_version: int | None) -> Budget:
    """A budget without limits, also when two people save at the same time."""
    if expected_version is not None:
        raise StaleVersion("Nothing was saved yet.")
    await uow.session.execute(insert(Budget).values(workspace_id=workspace_id).on_conflict_do_nothing())
    budget = await _saved(uow, workspace_id, for_update=True)
    assert budget is not None
    return budget


async def _saved(uow: UnitOfWork, workspace_id: WorkspaceID, *, for_update: bool = False) -> Budget | None:
    return await Repository(uow.session, Budget).get(
        Budget.workspace_id == workspace_id, for_update=for_update
    )


def _limits(budget: Budget | None) -> dict[str, float | None]:
    tokens = budget.tokens_per_day if budget else None
    paid = budget.credits_per_month if budget else None
    return {"tokensPerDay": tokens, "creditsPerMonth": None if paid is None else float(paid)}


def _credits(value: float | None) -> Decimal | None:
    return None if value is None else Decimal(str(value)).quantize(DECIMALS)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def _days_before(day: date, days: int) -> date:
    return day - min(timedelta(days=days), day - date.min)
