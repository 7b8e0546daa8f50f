"""Settings of sign-in: where Supabase is, and what its tokens may be."""

from typing import Self
from urllib.parse import urlsplit

from limits import parse as parse_limit
from pydantic import BaseModel, Field, SecretStr, field_validator, model_validator

MINIMUM_SECRET = 32
"""Bytes of an HMAC secret: shorter ones can be guessed (RFC 7518 3.2)."""


class AuthSettings(BaseModel):
    """Supabase Auth. Its URL gives issuer and public keys; without a secret, HS256 tokens are refused."""

    supabase_url: str = Field(
        alias="SUPABASE_URL", description="The Supabase project, as https://<ref>.supabase.co."
    )
    jwt_secret: SecretStr | None = Field(
        None,
        alias="SUPABASE_JWT_SECRET",
        description="The project's legacy JWT secret, at least 32 bytes. Unset: only ES256 and RS256 tokens are taken.",
    )
    token_max_seconds: int = Field(
        7 * 24 * 3600,
        alias="TOKEN_MAX_SECONDS",
        ge=60,
        description="Longest life (exp - iat) of a token that is accepted.",
    )
    jwks_seconds: int = Field(
        600,
        alias="JWKS_SECONDS",
        ge=1,
        description="Seconds after which the project's public keys are read again.",
    )
    jwks_retry_seconds: int = Field(
        30,
        alias="JWKS_RETRY_SECONDS",
        ge=1,
        description="At least this many seconds between two readings of the keys for a key id nobody knows.",
    )
    first_workspace: bool = Field(
        True, alias="FIRST_WORKSPACE", description="Whether a new user gets a first workspace."
    )
    provisioning_limit: str = Field(
        "5/hour", alias="PROVISIONING_LIMIT", description="New users from one IP address, such as 5/hour."
    )
    ticket_seconds: int = Field(
        900, alias="STREAM_TICKET_SECONDS", ge=1, description="Seconds a ticket for a GET stream is good."
    )

    @field_validator("supabase_url")
    @classmethod
    def _plain_origin(cls, value: str) -> str:
        """An http(s) address without query, with no slash at the end."""
        parts = urlsplit(value)
        if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment:
            raise ValueError("it must be an http or https address")
        return value.rstrip("/")

    @field_validator("provisioning_limit")
    @classmethod
    def _readable_limit(cls, value: str) -> str:
        """A limit that the library understands."""
        parse_limit(value)
        return value

    @model_validator(mode="after")
    def _long_secret(self) -> Self:
        """Fail at start rather than accept forged tokens."""
        if self.jwt_secret and len(self.jwt_secret.get_secret_value().encode()) < MINIMUM_SECRET:
            raise ValueError(f"SUPABASE_JWT_SECRET must have at least {MINIMUM_SECRET} bytes")
        return self

    @property
    def issuer(self) -> str:
        """The `iss` of the project's tokens."""
        return f"{self.supabase_url}/auth/v1"

    @property
    def jwks_url(self) -> str:
        """Where the project's public keys are."""
        return f"{self.issuer}/.well-known/jwks.json"
