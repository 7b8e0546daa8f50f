"""Tickets for GET streams: a browser's EventSource can't send a header, so it sends `?ticket=` instead.

A ticket is random, bound to one user and one path, and lives in Redis for minutes. Only its hash is stored.
"""

import hashlib
import secrets
from uuid import UUID

import orjson
import structlog
from redis.asyncio import Redis
from redis.exceptions import RedisError

from tools.errors import ProviderUnavailable, Unauthenticated

log = structlog.get_logger(__name__)

MAX_TICKET_CHARACTERS = 100


class StreamTickets:
    """Issues tickets and takes them. A ticket may be used again until it expires: streams reconnect."""

    def __init__(self, redis: Redis, *, seconds: int) -> None:
        self._redis = redis
        self.seconds = seconds

    async def issue(self, supabase_user_id: UUID, path: str) -> str:
        """A ticket for this user and exactly this path. Raises ProviderUnavailable when Redis is away."""
        ticket = secrets.token_urlsafe(32)
        content = orjson.dumps({"sub": str(supabase_user_id), "path": path})
        try:
            await self._redis.set(_name(ticket), content, ex=self.seconds)
        except (RedisError, OSError) as error:
            raise ProviderUnavailable("No ticket can be issued now.", provider="redis") from error
        return ticket

    async def redeem(self, ticket: str, path: str) -> UUID:
        """The user a ticket was issued to. Raises Unauthenticated, or ProviderUnavailable when Redis is away."""
        try:
            content = await self._redis.get(_name(ticket[:MAX_TICKET_CHARACTERS]))
        except (RedisError, OSError) as error:
            raise ProviderUnavailable("Tickets can't be checked now.", provider="redis") from error
        known = orjson.loads(content) if content else {}
        if known.get("path") != path:
            log.info("ticket.refused", reason="other_path" if known else "unknown")
            raise Unauthenticated("A valid access token is needed.")
        return UUID(known["sub"])


def _name(ticket: str) -> str:
    digest = hashlib.sha256(ticket.encode(errors="replace")).hexdigest()
    return f"ticket:{digest}"
