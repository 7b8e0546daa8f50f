"""The lease of a session: while a process holds it, nobody else runs a turn there. Its fence grows with every new holder.

The holder checks its own clock before each write (a frozen process that wakes up late writes nothing) and Postgres in the
transaction of each checkpoint, of each tool's write and of the turn's end.
"""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any, LiteralString, NoReturn
from uuid import UUID

from sqlalchemy import ColumnElement, Interval, bindparam, func, or_, select, update
from sqlalchemy.sql.dml import ReturningUpdate

from persistence.checkpoint_rows import Proof
from persistence.driver.connections import DirectConnections
from persistence.models.discovery import DiscoverySession
from persistence.repositories import Repository
from persistence.session import Database, UnitOfWork
from persistence.types import SessionID

HELD: LiteralString = (
    'SELECT 1 FROM "DiscoverySessions" WHERE "DiscoverySessionID" = $1 AND "ActiveTurnID" = $2 '
    'AND "Fence" = $3 AND "LeaseUntil" >= now() FOR SHARE'
)
"""A taker-over changes this row: it waits until what was proved with the lock is committed."""


FIRST = 1
"""The fence of the first who holds a session."""


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
        self.changing = asyncio.Lock()
        """Held while the fence rises, and by those who ask Postgres with it: between the two nobody's fence is right. Who wants it
        has a connection already, or none: nobody waits for one while others wait for this."""
        self.is_first = fence == FIRST
        """Whether nobody has held the session before: then nobody has run anything in its thread."""
        self.asked = asked
        self._valid_until = asked + seconds

    def grant(self, fence: int) -> None:
        """Note the fence of a lease that was asked for under none."""
        self.fence = fence
        self.is_first = fence == FIRST

    def holds_at(self, now: float) -> bool:
        """Whether the lease has not run out by this process's clock; `now` is its monotonic time."""
        return now < self._valid_until

    def check(self) -> None:
        """Raise LeaseLost unless it holds."""
        if not self.holds_at(time.monotonic()):
            raise LeaseLost

    def extend(self, asked: float) -> None:
        """Note a renewal that was asked for at `asked`."""
        self._valid_until = asked + self.seconds

    def revoke(self) -> None:
        """Give up: every later check fails."""
        self._valid_until = 0.0


def _take() -> ReturningUpdate[int]:
    free = or_(DiscoverySession.active_turn_id.is_(None), DiscoverySession.lease_until < func.now())
    return (
        update(DiscoverySession)
        .where(DiscoverySession.id == bindparam("session"), free)
        .values(
            active_turn_id=bindparam("turn"),
            lease_owner=bindparam("owner"),
            lease_until=func.now() + bindparam("period", type_=Interval()),
            fence=DiscoverySession.fence + 1,
        )
        .returning(DiscoverySession.fence)
        .execution_options(synchronize_session=False)
    )


TAKE = _take()
"""Takes a session's lease if nobody holds it: a row with its fence, or none. Its values are those of `taking`."""


def taking(session_id: SessionID, turn_id: UUID, *, owner: str, seconds: float) -> dict[str, Any]:
    """The values of `TAKE`."""
    return {"session": session_id, "turn": turn_id, "owner": owner, "period": timedelta(seconds=seconds)}


async def take(
    uow: UnitOfWork, session_id: SessionID, turn_id: UUID, *, owner: str, seconds: float
) -> Lease | None:
    """Take the lease of a session if nobody holds it; None when somebody does."""
    asked = time.monotonic()
    given = taking(session_id, turn_id, owner=owner, seconds=seconds)
    fence = (await uow.session.execute(TAKE, given)).scalar_one_or_none()
    return None if fence is None else Lease(session_id, turn_id, fence, seconds=seconds, asked=asked)


RENEW = (
    'UPDATE "DiscoverySessions" SET "LeaseUntil" = now() + $1::interval '
    'WHERE "DiscoverySessionID" = $2 AND "ActiveTurnID" = $3 AND "Fence" = $4 RETURNING 1'
)
"""Running turns ask it all the time."""


async def renew(connections: DirectConnections, lease: Lease) -> None:
    """Hold on for another period. Raises LeaseLost when somebody else holds the session, and a database's errors.

    While it waits for a connection it leaves the lease to others; when they raise the fence in the meantime, it asks again.
    """
    while True:
        asked, fence = time.monotonic(), lease.fence
        period = timedelta(seconds=lease.seconds)
        if await connections.rows(RENEW, period, lease.session_id, lease.turn_id, fence):
            lease.extend(asked)
            return
        async with lease.changing:
            if lease.fence == fence:
                lease.revoke()
                raise LeaseLost


async def raise_fence(database: Database, lease: Lease) -> None:
    """Raise the lease's fence: a log that was lost begins anew under it. Raises LeaseLost, a database's error."""
    async with database.unit_of_work() as uow:
        await uow.autocommit()
        async with lease.changing:
            statement = (
                update(DiscoverySession)
                .where(*_held(lease))
                .values(fence=DiscoverySession.fence + 1)
                .returning(DiscoverySession.fence)
                .execution_options(synchronize_session=False)
            )
            fence = (await uow.session.execute(statement)).scalar_one_or_none()
            if fence is None:
                lease.revoke()
                raise LeaseLost
            # Before anybody asks with the new fence: a statement that began earlier does not find it.
            await uow.commit()
            lease.fence = fence


async def hold(uow: UnitOfWork, lease: Lease) -> None:
    """Keep the lease from changing hands until this transaction ends. Raises LeaseLost when it has done so before."""
    lease.check()
    await uow.session.connection()
    async with lease.changing:
        held = select(DiscoverySession.id).where(*_held(lease), DiscoverySession.lease_until >= func.now())
        if (await uow.session.execute(held.with_for_update(read=True))).scalar_one_or_none() is None:
            lease.revoke()
            raise LeaseLost


@asynccontextmanager
async def proved(lease: Lease) -> AsyncIterator[Proof]:
    """As `hold`, for the statement that checkpoints are written with. Raises LeaseLost."""
    lease.check()

    def refuse() -> NoReturn:
        lease.revoke()
        raise LeaseLost

    async with lease.changing:
        yield Proof(HELD, (lease.session_id, lease.turn_id, lease.fence), refuse)


async def release(uow: UnitOfWork, lease: Lease) -> None:
    """Let the lease run out now, with its turn unfinished: any process may take the turn over."""
    await Repository(uow.session, DiscoverySession).update({"lease_until": func.now()}, *_held(lease))
    lease.revoke()


def _held(lease: Lease) -> tuple[ColumnElement[bool], ...]:
    return (
        DiscoverySession.id == lease.session_id,
        DiscoverySession.active_turn_id == lease.turn_id,
        DiscoverySession.fence == lease.fence,
    )
