"""PaidCalls: the ledger of what costs money, written before the call, so that nothing is bought twice. ProviderCallbacks:
the inbox of call-backs about them. It says that something has news, never what: that is asked for.
"""

from decimal import Decimal
from enum import StrEnum

from sqlalchemy import Index, Numeric, String, text
from sqlalchemy.orm import Mapped, mapped_column

from persistence.models.entity import (
    Created,
    CreatedUpdated,
    Entity,
    JsonObject,
    identity_key,
    native_enum,
    reference,
)
from persistence.types import ClientID, WorkspaceID


class PaidCallState(StrEnum):
    """`rejected`: certain that nothing was charged. `unknown`: sent, but the answer was lost; never sent again blindly."""

    INTENT = "intent"
    SUCCEEDED = "succeeded"
    REJECTED = "rejected"
    UNKNOWN = "unknown"


class PaidCall(CreatedUpdated, Entity):
    """One paid call. `call_key` is made from the business fact (who, what, which data), not from the job."""

    __tablename__ = "PaidCalls"
    __table_args__ = (
        Index(None, "Provider", "ProviderRef"),
        Index(None, "State", "CreatedAt"),
        Index(None, "ProjectID", "CreatedAt"),
    )

    call_key: Mapped[str] = mapped_column("CallKey", String(64), primary_key=True)
    client_id: Mapped[ClientID] = reference("ClientID", "Clients.ClientID")
    workspace_id: Mapped[WorkspaceID | None] = reference(
        "ProjectID", "Projects.ProjectID", on_delete="SET NULL", index=False
    )
    provider: Mapped[str] = mapped_column("Provider", String(64))
    operation: Mapped[str] = mapped_column("Operation", String(64))
    state: Mapped[PaidCallState] = mapped_column("State", native_enum(PaidCallState, "PaidCallState"))
    provider_ref: Mapped[str | None] = mapped_column("ProviderRef", String(255))
    response: Mapped[JsonObject | None] = mapped_column("Response")
    reserved: Mapped[Decimal] = mapped_column("Reserved", Numeric(14, 4), server_default=text("0"))
    """What the budget still holds back for it: the most it may cost until it settles or is released, then 0."""
    cost: Mapped[Decimal | None] = mapped_column("Cost", Numeric(14, 4))
    owner: Mapped[str | None] = mapped_column("Owner", String(255))


class ProviderCallback(Created, Entity):
    """One thing a provider called back about, however often it did. It holds nothing of what was bought."""

    __tablename__ = "ProviderCallbacks"
    __table_args__ = (
        Index(None, "CallKey", "Attempt", "Provider", "ProviderRef", unique=True),
        Index(None, "CreatedAt"),
    )

    id: Mapped[int] = identity_key("ProviderCallbackID")
    provider: Mapped[str] = mapped_column("Provider", String(64))
    provider_ref: Mapped[str] = mapped_column("ProviderRef", String(255))
    call_key: Mapped[str] = mapped_column("CallKey", String(64))
    """Of the paid call, as our call-back address named it; empty when the provider used another address."""
    attempt: Mapped[str] = mapped_column("Attempt", String(64))
    """The call's owner when it was sent: what an earlier attempt began is not taken for this one's."""
