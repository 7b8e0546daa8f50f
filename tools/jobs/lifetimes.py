"""How long a finished job can be read: a day, or a week when it failed."""

from datetime import timedelta

from sqlalchemy import ColumnElement, and_, func, not_, or_, select

from persistence.models.job import Job, JobStatus
from persistence.repositories import Repository
from persistence.session import UnitOfWork
from tools.jobs.settings import WorkerSettings


def expired(settings: WorkerSettings) -> ColumnElement[bool]:
    """Jobs whose time is over."""
    failed = timedelta(hours=settings.failed_hours)
    done = timedelta(hours=settings.completed_hours)
    return or_(
        and_(Job.status == JobStatus.FAILED, Job.completed_at < func.now() - failed),
        and_(
            Job.status.in_([JobStatus.COMPLETED, JobStatus.CANCELLED]), Job.completed_at < func.now() - done
        ),
    )


def readable(settings: WorkerSettings) -> ColumnElement[bool]:
    """Jobs that can still be read."""
    return or_(Job.completed_at.is_(None), not_(expired(settings)))


def kept_for(status: JobStatus, settings: WorkerSettings) -> timedelta:
    """How long progress in Redis lives."""
    return timedelta(hours=settings.failed_hours if status is JobStatus.FAILED else settings.completed_hours)


async def forget_expired(uow: UnitOfWork, settings: WorkerSettings, *, batch: int = 1_000) -> int:
    """Remove jobs whose time is over, with their items; the number removed. PaidCalls stay."""
    old = select(Job.id).where(expired(settings)).limit(batch)
    return await Repository(uow.session, Job).delete(Job.id.in_(old))
