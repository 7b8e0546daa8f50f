"""IdempotencyKeys: the answer given to a POST, so that the same POST again gets the same answer."""

from datetime import datetime

from sqlalchemy import Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from persistence.models.entity import Created, Entity, JsonObject, identity_key, reference
from persistence.types import UserID


class IdempotencyRecord(Created, Entity):
    """One request under a key. `status` None: still being answered, by whoever holds it until `locked_until`.

    `response_body` is encrypted by the key, of which only a hash is kept.
    """

    __tablename__ = "IdempotencyKeys"
    __table_args__ = (
        Index(None, "UserID", "KeyHash", "Method", "Path", unique=True),
        Index(None, "CreatedAt"),
    )

    id: Mapped[int] = identity_key("IdempotencyKeyID")
    user_id: Mapped[UserID] = reference("UserID", "Users.UserID", index=False)
    key_hash: Mapped[bytes] = mapped_column("KeyHash", LargeBinary)
    method: Mapped[str] = mapped_column("Method", String(10))
    path: Mapped[str] = mapped_column("Path", String(1024))
    request_hash: Mapped[str] = mapped_column("RequestHash", String(64))
    locked_until: Mapped[datetime | None] = mapped_column("LockedUntil")
    status: Mapped[int | None] = mapped_column("Status")
    response_body: Mapped[bytes | None] = mapped_column("ResponseBody", LargeBinary)
    response_headers: Mapped[JsonObject | None] = mapped_column("ResponseHeaders")
