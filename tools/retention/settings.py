"""How long what nobody needs any more is kept, in days."""

from pydantic import BaseModel, Field


class RetentionSettings(BaseModel):
    """Days after which the sweep removes something for good. 0: never."""

    deleted_campaigns: int = Field(
        90,
        alias="RETAIN_DELETED_CAMPAIGNS_DAYS",
        ge=0,
        description="Days a deleted campaign and its leads are kept before they are removed for good. 0: for ever.",
    )
    unused_persons: int = Field(
        365,
        alias="RETAIN_UNUSED_PERSONS_DAYS",
        ge=0,
        description="Days a person who is nobody's lead is kept, so that nobody pays for them twice. 0: for ever.",
    )
    runs: int = Field(
        365,
        alias="RETAIN_RUNS_DAYS",
        ge=0,
        description="Days the record of a run is kept that belongs to no talk. 0: for ever.",
    )
    paid_calls: int = Field(
        396,
        alias="RETAIN_PAID_CALLS_DAYS",
        ge=0,
        description="Days the ledger of paid calls reaches back: 13 months. 0: for ever.",
    )
    pages: int = Field(
        365,
        alias="RETAIN_PAGES_DAYS",
        ge=0,
        description="Days an older reading of a website's page is kept beside the newest, which stays. 0: for ever.",
    )
    invitations: int = Field(
        90,
        alias="RETAIN_INVITATIONS_DAYS",
        ge=0,
        description="Days an invitation that was accepted, revoked or ran out is kept, with the address in it. 0: for ever.",
    )
    audit: int = Field(
        1095, alias="RETAIN_AUDIT_DAYS", ge=0, description="Days the audit log reaches back. 0: for ever."
    )
