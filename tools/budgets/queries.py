"""What a workspace spent, added up."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, func, literal, select
from sqlalchemy.orm import Bundle

from persistence.models.budget import UsageRecord
from persistence.session import UnitOfWork
from persistence.types import CampaignID, WorkspaceID
from tools.paging import Page, PageRequest, page_of

NO_CAMPAIGN = 0
"""Stands for null in the keys of a list, which may not be null: no id is 0."""


async def spent_since(
    uow: UnitOfWork, workspace_id: WorkspaceID, day: date, first: date
) -> tuple[int, float]:
    """Tokens since `day` and credits since `first`, which is not later."""
    tokens = func.sum(UsageRecord.input_tokens + UsageRecord.output_tokens).filter(UsageRecord.day >= day)
    statement = select(tokens, func.sum(UsageRecord.credits)).where(
        UsageRecord.workspace_id == workspace_id, UsageRecord.day >= first
    )
    used, paid = (await uow.session.execute(statement)).one()
    return int(used or 0), float(paid or 0)


async def usage_page(
    uow: UnitOfWork,
    workspace_id: WorkspaceID,
    page: PageRequest,
    *,
    first: date,
    last: date,
    campaign_id: CampaignID | None,
) -> Page[Any]:
    """Sums by day, campaign, graph and model, newest day first."""
    where = [UsageRecord.workspace_id == workspace_id, UsageRecord.day.between(first, last)]
    if campaign_id is not None:
        where.append(UsageRecord.campaign_id == campaign_id)
    sums = _sums(where).subquery()
    keys = [sums.c.day, sums.c.campaign, sums.c.graph, sums.c.model]
    return await page_of(uow, select(Bundle("sums", *sums.c)), keys, page, descending=True)


def _sums(where: list[ColumnElement[bool]]) -> Select[*tuple[Any, ...]]:
    """One row for each day, campaign, graph and model that match."""
    keys = (
        UsageRecord.day.label("day"),
        func.coalesce(UsageRecord.campaign_id, literal(NO_CAMPAIGN)).label("campaign"),
        func.coalesce(UsageRecord.graph, "").label("graph"),
        func.coalesce(UsageRecord.model, "").label("model"),
    )
    sums = (
        func.sum(UsageRecord.input_tokens).label("input_tokens"),
        func.sum(UsageRecord.output_tokens).label("output_tokens"),
        func.sum(UsageRecord.credits).label("credits"),
        func.sum(UsageRecord.cost_usd).label("cost_usd"),
    )
    return select(*keys, *sums).where(*where).group_by(*keys)
