"""Removing what a deleted workspace holds, in steps small enough that none runs into the database's time limit.

By then nobody is a member, so nobody sees it. A removal that was cut off is taken up again by the sweep.
"""

import time
from typing import Any, Protocol, cast

from sqlalchemy import CursorResult, Select, delete, select, update
from sqlalchemy.orm import InstrumentedAttribute

from persistence.models.agent_run import AgentRun
from persistence.models.audit import AuditEntry
from persistence.models.budget import UsageRecord
from persistence.models.campaign import Campaign, CampaignActivity
from persistence.models.discovery import DiscoverySession
from persistence.models.entity import Entity
from persistence.models.job import ExportPart, Job, JobItem
from persistence.models.lead import Lead
from persistence.models.page_snapshot import PageSnapshot
from persistence.models.paid_call import PaidCall
from persistence.models.suppression import Suppression
from persistence.models.workspace import ProjectStatus, Workspace
from persistence.repositories import Repository
from persistence.session import Database
from persistence.types import WorkspaceID
from tools.workspaces.leftovers import Leftovers
from tools.workspaces.queries import threads_of, turns_of

BATCH = 1_000
SWEPT_AT_ONCE = 5


class Removal(Protocol):
    """Removes a workspace that nobody is a member of any more."""

    async def run(self, workspace_id: WorkspaceID) -> bool:
        """Remove it with all that is in it; whether nothing is left. Safe to repeat."""
        ...


class StoredRemoval:
    """The removal from our tables, and of what no foreign key reaches."""

    def __init__(self, database: Database, leftovers: Leftovers, *, patience: float) -> None:
        """`patience`: seconds after which a removal stops and leaves the rest to the sweep."""
        self._database = database
        self._leftovers = leftovers
        self._patience = patience

    async def run(self, workspace_id: WorkspaceID) -> bool:
        """Remove it with all that is in it; whether nothing is left. Safe to repeat."""
        deadline = time.monotonic() + self._patience
        for table, rows in _bulk(workspace_id):
            while await self._step(table, rows):
                if time.monotonic() > deadline:
                    return False
        # Threads and logs go while their ids are still known, and after all else: what ran has ended by now.
        async with self._database.unit_of_work() as uow:
            threads, turns = await threads_of(uow, workspace_id), await turns_of(uow, workspace_id)
        await self._leftovers.remove(threads, turns)
        for table, rows in _runs(workspace_id):
            while await self._step(table, rows):
                if time.monotonic() > deadline:
                    return False
        async with self._database.unit_of_work() as uow:
            await Repository(uow.session, Workspace).delete(Workspace.id == workspace_id)
        return True

    async def _step(self, key: InstrumentedAttribute[Any], rows: Select[Any]) -> bool:
        """Remove, or detach, one batch of rows; whether there may be more."""
        entity = cast(type[Entity], key.class_)
        batch = key.in_(rows.limit(BATCH))
        statement = (
            update(entity).where(batch).values(**KEPT[entity])
            if entity in KEPT
            else delete(entity).where(batch)
        )
        async with self._database.unit_of_work() as uow:
            result = await uow.session.execute(statement.execution_options(synchronize_session=False))
        assert isinstance(result, CursorResult)
        return result.rowcount == BATCH


async def finish_removals(database: Database, removal: Removal) -> int:
    """Go on with removals that were cut off, until one takes too long again; how many are complete now."""
    async with database.unit_of_work() as uow:
        cut_off = await Repository(uow.session, Workspace).get_all(
            Workspace.status == ProjectStatus.DELETING, order_by=[Workspace.id.asc()], limit=SWEPT_AT_ONCE
        )
    for done, workspace in enumerate(cut_off):
        if not await removal.run(workspace.id):
            return done
    return len(cut_off)


KEPT: dict[type[Entity], dict[str, Any]] = {
    PaidCall: {"workspace_id": None},
    Suppression: {"workspace_id": None, "masked_value": None},
}
"""What outlives its workspace, and what it then no longer says."""

Rows = list[tuple[InstrumentedAttribute[Any], Select[Any]]]


def _bulk(workspace_id: WorkspaceID) -> Rows:
    """The tables that can hold very many rows of a workspace, and its rows there."""
    jobs = select(Job.id).where(Job.workspace_id == workspace_id)
    campaigns = select(Campaign.id).where(Campaign.workspace_id == workspace_id)
    return [
        (ExportPart.id, select(ExportPart.id).where(ExportPart.job_id.in_(jobs))),
        (JobItem.id, select(JobItem.id).where(JobItem.job_id.in_(jobs))),
        (Lead.id, select(Lead.id).where(Lead.workspace_id == workspace_id)),
        (CampaignActivity.id, select(CampaignActivity.id).where(CampaignActivity.campaign_id.in_(campaigns))),
        (UsageRecord.id, select(UsageRecord.id).where(UsageRecord.workspace_id == workspace_id)),
        (PageSnapshot.id, select(PageSnapshot.id).where(PageSnapshot.workspace_id == workspace_id)),
        (AuditEntry.id, select(AuditEntry.id).where(AuditEntry.workspace_id == workspace_id)),
        (PaidCall.call_key, select(PaidCall.call_key).where(PaidCall.workspace_id == workspace_id)),
        (Suppression.id, select(Suppression.id).where(Suppression.workspace_id == workspace_id)),
    ]


def _runs(workspace_id: WorkspaceID) -> Rows:
    """What names the threads and logs of a workspace."""
    return [
        (AgentRun.id, select(AgentRun.id).where(AgentRun.workspace_id == workspace_id)),
        (
            DiscoverySession.id,
            select(DiscoverySession.id).where(DiscoverySession.workspace_id == workspace_id),
        ),
    ]
