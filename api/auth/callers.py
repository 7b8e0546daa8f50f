"""From a token to the Caller: recognised, or made at the first call."""

import asyncio
import time
from collections import OrderedDict
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from typing import Protocol
from uuid import UUID

import structlog

from api.auth.settings import AuthSettings
from api.auth.tickets import StreamTickets
from api.auth.tokens import TokenVerifier
from api.rate_limits import RateLimits
from persistence.session import UnitOfWork
from tools.access import Caller
from tools.errors import Unauthenticated
from tools.users.service import Identity, find_caller, provision

log = structlog.get_logger(__name__)

REMEMBERED = 10_000
REMEMBERED_SECONDS = 60.0


class OpensTransactions(Protocol):
    """What is needed of the database."""

    def open(self) -> AbstractAsyncContextManager[UnitOfWork]:
        """A transaction, committed when the block ends well."""
        ...


@dataclass
class Arrivals:
    """First calls of one user that came at the same time."""

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    waiting: int = 0
    caller: Caller | None = None
    """Whom the first of them made."""


class Callers:
    """Who is behind a token or a ticket."""

    def __init__(
        self,
        settings: AuthSettings,
        tokens: TokenVerifier,
        tickets: StreamTickets,
        transactions: OpensTransactions,
        limits: RateLimits,
    ) -> None:
        self._settings = settings
        self._tokens = tokens
        self._tickets = tickets
        self._transactions = transactions
        self._limits = limits
        self._arriving: dict[UUID, Arrivals] = {}
        self._seen: OrderedDict[UUID, tuple[float, Caller]] = OrderedDict()

    async def from_authorization(self, header: str, address: str) -> Caller:
        """The caller named by an Authorization header. `address` is the caller's IP address.

        Raises Unauthenticated, Forbidden for a disabled user, QuotaExceeded for too many new users of one address.
        """
        identity = await self._identity(header)
        caller = await self._known(identity) or await self._welcome(identity, address)
        self._seen[identity.supabase_user_id] = (time.monotonic(), caller)
        self._seen.move_to_end(identity.supabase_user_id)
        if len(self._seen) > REMEMBERED:
            self._seen.popitem(last=False)
        return caller

    async def remembered(self, header: str) -> Caller | None:
        """Whom the token names, if they called a moment ago: for routes that ask themselves whether the user is active.

        Raises Unauthenticated.
        """
        identity = await self._identity(header)
        at, caller = self._seen.get(identity.supabase_user_id, (0.0, None))
        return caller if time.monotonic() - at < REMEMBERED_SECONDS else None

    async def from_ticket(self, ticket: str, path: str) -> Caller:
        """The caller a stream ticket was issued to, for exactly this path. Raises Unauthenticated, Forbidden."""
        user = await self._tickets.redeem(ticket, path)
        caller = await self._known(Identity(user, None, ""))
        if caller is None:
            raise Unauthenticated("A valid access token is needed.")
        return caller

    async def _identity(self, header: str) -> Identity:
        scheme, _, token = header.partition(" ")
        if scheme.lower() != "bearer":
            raise Unauthenticated("A valid access token is needed.")
        return await self._tokens.verify(token)

    async def _known(self, identity: Identity) -> Caller | None:
        async with self._transactions.open() as uow:
            await uow.autocommit()
            return await find_caller(uow, identity)

    async def _welcome(self, identity: Identity, address: str) -> Caller:
        """Make the user at the first call. Of many first calls at once, one does it and the others wait for it."""
        async with self._one_at_a_time(identity.supabase_user_id) as arrivals:
            if caller := arrivals.caller or await self._known(identity):
                return caller
            await self._limits.hit(self._settings.provisioning_limit, "provision", address)
            async with self._transactions.open() as uow:
                caller = await provision(uow, identity, first_workspace=self._settings.first_workspace)
            arrivals.caller = caller
            log.info("user.provisioned", user_id=caller.user_id, client_id=caller.client_id)
            return caller

    @asynccontextmanager
    async def _one_at_a_time(self, user: UUID) -> AsyncIterator[Arrivals]:
        """Holds back other first calls of the same user in this process; across processes the database decides."""
        queue = self._arriving.setdefault(user, Arrivals())
        queue.waiting += 1
        try:
            async with queue.lock:
                yield queue
        finally:
            queue.waiting -= 1
            if not queue.waiting:
                self._arriving.pop(user, None)
