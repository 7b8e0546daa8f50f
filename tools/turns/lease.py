"""The lease of a session: while a process holds it, nobody else runs a turn there. Its fence grows with every new holder.

The holder checks its own clock before each write (a frozen process that wakes up late writes nothing) and Postgres before
each checkpoint and at the end of the turn.
"""

import time
from datetime import timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, func, or_, select, update

from persistence.models.discovery import DiscoverySession
from persistence.session import UnitOfWork
from persistence.types import SessionID


class LeaseLost(Exception):  # noqa: N818 — a fact
    """Another process owns the session now, or the lease ran out. Nothing of this turn may be written any more."""


class Lease:
    """One turn's hold on its session."""

    def __init__(
        self, session_id: SessionID, turn_id: UUID, fence: int, *, seconds: float, asked: float
    ) -> None:
        """`asked` is the monotonic time before the lease was asked for: it can't end later than Postgres thinks."""
        self.session_id = session_id
        self.turn_id = turn_id
        self.fence = fence
        self.seconds = seconds
        self._valid_until = asked + seconds

    def check(self) -> None:
        """Raise LeaseLost when the lease ran out by this process's clock."""
        if time.monotonic() >= self._valid_until:
            raise LeaseLost

    def extend(self, asked: float) -> None:
        """Note a renewal that was asked for at `asked`."""
        self._valid_until = asked + self.seconds

    def revoke(self) -> None:
        """Give up: every later check fails."""
        self._valid_until = 0.0


async def take(
    uow: UnitOfWork, session_id: SessionID, turn_id: UUID, *, owner: str, seconds: float
) -> Lease | None:
    """Take the lease of a session if nobody holds it; None when somebody does."""
    asked = time.monotonic()
    statement = (
        update(DiscoverySession)
        .where(
            DiscoverySession.id == session_id,
            or_(DiscoverySession.active_turn_id.is_(None), DiscoverySession.lease_until < func.now()),
        )
        .values(
            active_turn_id=turn_id,
            lease_owner=owner,
            lease_until=func.now() + timedelta(seconds=seconds),
            fence=DiscoverySession.fence + 1,
        )
        .returning(DiscoverySession.fence)
        .execution_options(synchronize_session=False)
    )
    fence = (await uow.session.execute(statement)).scalar_one_or_none()
    return None if fence is None else Lease(session_id, turn_id, fence, seconds=seconds, asked=asked)


async def renew(uow: UnitOfWork, lease: Lease, *, new_fence: bool = False) -> None:
    """Hold on for another period. `new_fence` also raises the fence: a log that was lost begins anew under it.

    Raises LeaseLost when somebody else holds the session.
    """
    asked = time.monotonic()
    statement = (
        update(DiscoverySession)
        .where(*_held(lease))
        .values(
            lease_until=func.now() + timedelta(seconds=lease.seconds),
            fence=DiscoverySession.fence + (1 if new_fence else 0),
        )
        .returning(DiscoverySession.fence)
        .execution_options(synchronize_session=False)
    )
    fence = (await uow.session.execute(statement)).scalar_one_or_none()
    if fence is None:
        lease.revoke()
        raise LeaseLost
    lease.fence = fence
    lease.extend(asked)


async def verify(uow: UnitOfWork, lease: Lease) -> None:
    """Ask Postgres whether the lease still holds. Raises LeaseLost."""
    # One statement needs no BEGIN and COMMIT around it.
    await uow.session.connection(execution_options={"isolation_level": "AUTOCOMMIT"})
    statement = select(DiscoverySession.id).where(*_held(lease), DiscoverySession.lease_until >= func.now())
    if (await uow.session.execute(statement)).scalar_one_or_none() is None:
        lease.revoke()
        raise LeaseLost


def _held(lease: Lease) -> tuple[ColumnElement[bool], ...]:
    return (
        DiscoverySession.id == lease.session_id,
        DiscoverySession.active_turn_id == lease.turn_id,
        DiscoverySession.fence == lease.fence,
    )
