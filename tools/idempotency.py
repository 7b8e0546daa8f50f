"""The same POST twice under one Idempotency-Key is done once: the second gets the first one's answer."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from cryptography.fernet import Fernet
from sqlalchemy import CursorResult, and_, delete, or_, select, update
from sqlalchemy.dialects.postgresql import insert

from persistence.models.idempotency import IdempotencyRecord
from persistence.session import UnitOfWork
from persistence.types import UserID, utc_now
from tools.errors import Conflict, KeyReused
from tools.idempotency_key import DerivedKey, derived

KEPT = timedelta(hours=24)


@dataclass(frozen=True)
class KeyedRequest:
    """What makes a request the same one: who, under which key, where, and the hash of what was sent."""

    user_id: UserID
    key: str = field(repr=False)
    method: str
    path: str
    request_hash: str


@dataclass(frozen=True)
class StoredAnswer:
    """An answer as it was given."""

    status: int
    body: bytes
    headers: Mapping[str, str]


@dataclass(frozen=True)
class Claim:
    """The right to carry out a keyed request until `locked_until`; that time is also the claim's fence."""

    record_id: int
    locked_until: datetime
    seal: Fernet = field(repr=False)
    """Encrypts the answer that is stored."""


async def claim(uow: UnitOfWork, request: KeyedRequest, *, lease: float) -> Claim | StoredAnswer:
    """Take the key for `lease` seconds, or return the answer that was given before.

    Raises KeyReused when another request had the key, Conflict while the first is still being carried out.
    """
    now, key = utc_now(), derived(request.user_id, request.key)
    locked_until = now + timedelta(seconds=lease)
    free = or_(
        IdempotencyRecord.created_at < now - KEPT,
        and_(
            IdempotencyRecord.status.is_(None),
            IdempotencyRecord.locked_until < now,
            IdempotencyRecord.request_hash == request.request_hash,
        ),
    )
    fresh = {"request_hash": request.request_hash, "locked_until": locked_until, "status": None}
    fresh |= {"created_at": now, "response_body": None, "response_headers": None}
    statement = (
        insert(IdempotencyRecord)
        .values(
            user_id=request.user_id,
            key_hash=key.key_hash,
            method=request.method,
            path=request.path,
            **fresh,
        )
        .on_conflict_do_update(
            index_elements=[
                IdempotencyRecord.user_id,
                IdempotencyRecord.key_hash,
                IdempotencyRecord.method,
                IdempotencyRecord.path,
            ],
            set_={getattr(IdempotencyRecord, name): value for name, value in fresh.items()},
            where=free,
        )
        .returning(IdempotencyRecord.id)
    )
    record_id = (await uow.session.execute(statement)).scalar_one_or_none()
    if record_id is not None:
        return Claim(record_id, locked_until, key.seal)
    return await _answer_given(uow, request, key)


async def _answer_given(uow: UnitOfWork, request: KeyedRequest, key: DerivedKey) -> StoredAnswer:
    statement = select(IdempotencyRecord).where(
        IdempotencyRecord.user_id == request.user_id,
        IdempotencyRecord.key_hash == key.key_hash,
        IdempotencyRecord.method == request.method,
        IdempotencyRecord.path == request.path,
    )
    record = (await uow.session.execute(statement)).scalar_one_or_none()
    if record is not None and record.request_hash != request.request_hash:
        raise KeyReused("This Idempotency-Key was used for another request.")
    if record is None or record.status is None:
        raise Conflict(
            "The first request with this Idempotency-Key is still being carried out.",
            code="request_in_progress",
            extra={"retryAfter": 1},
        )
    body = key.seal.decrypt(record.response_body) if record.response_body else b""
    return StoredAnswer(record.status, body, record.response_headers or {})


async def settle(uow: UnitOfWork, held: Claim, answer: StoredAnswer) -> None:
    """Store the answer, encrypted, in the transaction that did the work. Raises Conflict when the claim was lost meanwhile."""
    values: dict[str, Any] = {
        "status": answer.status,
        "response_body": held.seal.encrypt(answer.body),
        "response_headers": dict(answer.headers),
        "locked_until": None,
    }
    result = await uow.session.execute(update(IdempotencyRecord).where(*_held(held)).values(**values))
    assert isinstance(result, CursorResult)
    if result.rowcount != 1:
        raise Conflict("This request took too long and was taken over by its repetition.")


async def release(uow: UnitOfWork, held: Claim) -> None:
    """Free the key of a request that changed nothing, so that it may be sent again."""
    await uow.session.execute(delete(IdempotencyRecord).where(*_held(held)))


async def forget_old(uow: UnitOfWork, *, batch: int = 10_000) -> int:
    """Remove answers older than 24 hours, at most `batch`; the number removed."""
    old = select(IdempotencyRecord.id).where(IdempotencyRecord.created_at < utc_now() - KEPT).limit(batch)
    result = await uow.session.execute(delete(IdempotencyRecord).where(IdempotencyRecord.id.in_(old)))
    assert isinstance(result, CursorResult)
    return result.rowcount


def _held(held: Claim) -> tuple[Any, ...]:
    """The row, as long as this claim still holds it."""
    return (
        IdempotencyRecord.id == held.record_id,
        IdempotencyRecord.locked_until == held.locked_until,
        IdempotencyRecord.status.is_(None),
    )
