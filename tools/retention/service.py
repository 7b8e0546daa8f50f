"""Removing for good what was kept long enough, in batches small enough that none runs into the database's time limit."""

import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any, cast

from sqlalchemy import CursorResult, Select, delete, exists, func, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from persistence.models.agent_run import AgentRun
from persistence.models.audit import AuditEntry
from persistence.models.campaign import Campaign, CampaignActivity
from persistence.models.entity import Entity
from persistence.models.invitation import Invitation
from persistence.models.lead import Lead
from persistence.models.page_snapshot import PageSnapshot
from persistence.models.paid_call import PaidCall, PaidCallState, ProviderCallback
from persistence.models.person import Person
from persistence.session import Database
from persistence.threads import delete_threads
from tools.retention.settings import RetentionSettings
from tools.retention.strays import remove_strays

BATCH = 1_000

Old = tuple[InstrumentedAttribute[Any], Select[Any]]
"""The key of a table, and the keys of its rows that were kept long enough."""


async def apply_retention(
    database: Database, settings: RetentionSettings, *, patience: float
) -> dict[str, int]:
    """Remove what is old, and threads that nobody goes on with; how many rows of each table, and how many threads. What is left after `patience` seconds waits for the next time."""
    deadline = time.monotonic() + patience
    removed: dict[str, int] = {}
    for key, rows in _old(settings):
        entity = cast(type[Entity], key.class_)
        while time.monotonic() < deadline:
            count = await _remove_batch(database, key, rows)
            removed[entity.__tablename__] = removed.get(entity.__tablename__, 0) + count
            if count < BATCH:
                break
    removed["checkpoints"] = await remove_strays(database, deadline=deadline)
    return {table: count for table, count in removed.items() if count}


async def _remove_batch(database: Database, key: InstrumentedAttribute[Any], rows: Select[Any]) -> int:
    """Remove some rows; of runs, their checkpoints too."""
    entity = cast(type[Entity], key.class_)
    async with database.unit_of_work() as uow:
        found = (await uow.session.execute(rows.limit(BATCH))).scalars().all()
        if not found:
            return 0
        if entity is AgentRun:
            threads = select(AgentRun.thread_id).where(key.in_(found), AgentRun.thread_id.is_not(None))
            await delete_threads(
                uow, [each for each in (await uow.session.execute(threads)).scalars() if each]
            )
        gone = delete(entity).where(key.in_(found)).execution_options(synchronize_session=False)
        result = await uow.session.execute(gone)
        assert isinstance(result, CursorResult)
        return len(found)


def _old(settings: RetentionSettings) -> Iterator[Old]:
    """What was kept long enough, in the order in which it can go."""
    if settings.deleted_campaigns:
        # A deleted campaign counts nowhere, so its leads can go without a counter being moved.
        gone = select(Campaign.id).where(Campaign.deleted_at < _ago(settings.deleted_campaigns))
        yield Lead.id, select(Lead.id).where(Lead.campaign_id.in_(gone))
        yield CampaignActivity.id, select(CampaignActivity.id).where(CampaignActivity.campaign_id.in_(gone))
        yield Campaign.id, gone
    if settings.unused_persons:
        unused = ~exists().where(Lead.person_id == Person.id)
        old = Person.updated_at < _ago(settings.unused_persons)
        yield Person.id, select(Person.id).where(old, unused)
    if settings.runs:
        old = AgentRun.finished_at < _ago(settings.runs)
        yield AgentRun.id, select(AgentRun.id).where(AgentRun.session_id.is_(None), old)
    if settings.paid_calls:
        # An intent that never ended may still be asked for at the provider.
        ended = PaidCall.state != PaidCallState.INTENT
        yield (
            PaidCall.call_key,
            select(PaidCall.call_key).where(ended, PaidCall.created_at < _ago(settings.paid_calls)),
        )
        news = ProviderCallback.created_at < _ago(settings.paid_calls)
        yield ProviderCallback.id, select(ProviderCallback.id).where(news)
    if settings.pages:
        newer = aliased(PageSnapshot)
        read_again = exists().where(
            newer.workspace_id == PageSnapshot.workspace_id,
            newer.url == PageSnapshot.url,
            newer.id > PageSnapshot.id,
        )
        old = PageSnapshot.fetched_at < _ago(settings.pages)
        yield PageSnapshot.id, select(PageSnapshot.id).where(old, read_again)
    if settings.invitations:
        over = func.least(Invitation.accepted_at, Invitation.revoked_at, Invitation.expires_at)
        yield Invitation.id, select(Invitation.id).where(over < _ago(settings.invitations))
    if settings.audit:
        yield AuditEntry.id, select(AuditEntry.id).where(AuditEntry.created_at < _ago(settings.audit))


def _ago(days: int) -> Any:
    return func.now() - timedelta(days=days)
