"""Settings of the HTTP interface: where it runs, who may call it from a browser, and its limits."""

from typing import Annotated, Literal

from limits import parse as parse_limit
from pydantic import BaseModel, BeforeValidator, Field, field_validator

MIB = 1024 * 1024


def _words(value: object) -> object:
    """A comma-separated list as a tuple."""
    if isinstance(value, str):
        return tuple(word.strip() for word in value.split(",") if word.strip())
    return value


Words = Annotated[tuple[str, ...], BeforeValidator(_words)]


class ApiSettings(BaseModel):
    """How the API presents itself."""

    env: Literal["development", "test", "production"] = Field(
        "development", alias="ENV", description="development, test or production. Production is stricter."
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        "info", alias="LOG_LEVEL", description="debug, info, warning or error."
    )
    cors_origins: Words = Field(
        (),
        alias="CORS_ORIGINS",
        description="Origins of browser clients, exact and separated by commas, such as https://app.example.com.",
    )
    allowed_hosts: Words = Field(
        ("localhost", "127.0.0.1", "testserver"),
        alias="ALLOWED_HOSTS",
        description="Host names the API answers to, separated by commas; *.example.com covers subdomains.",
    )
    body_bytes: int = Field(MIB, alias="MAX_BODY_BYTES", ge=1024, description="Largest request body.")
    batch_body_bytes: int = Field(
        2 * MIB, alias="MAX_BATCH_BODY_BYTES", ge=1024, description="Largest body of a batch."
    )
    chat_body_bytes: int = Field(
        8 * MIB, alias="MAX_CHAT_BODY_BYTES", ge=1024, description="Largest body of a chat message."
    )
    upload_body_bytes: int = Field(
        256 * MIB,
        alias="MAX_UPLOAD_BYTES",
        ge=1024,
        description="Largest file that is sent in, such as a CSV.",
    )
    user_limit: str = Field(
        "600/minute", alias="RATE_LIMIT_USER", description="Requests of one user, such as 600/minute."
    )
    workspace_limit: str = Field(
        "3000/minute", alias="RATE_LIMIT_WORKSPACE", description="Requests to one workspace by its members."
    )
    scrape_limit: str = Field(
        "10/minute", alias="RATE_LIMIT_SCRAPE", description="Website readings of one user."
    )
    queue_seconds: float = Field(
        20.0,
        alias="REQUEST_QUEUE_SECONDS",
        gt=0,
        description="Seconds a request waits for its turn at the database before the answer is 503.",
    )
    idempotency_lease: float = Field(
        180.0,
        alias="IDEMPOTENCY_LEASE",
        gt=0,
        description="Seconds after which a request that died in mid-work frees its Idempotency-Key.",
    )
    upload_lease: float = Field(
        3600.0,
        alias="IDEMPOTENCY_UPLOAD_LEASE",
        gt=0,
        description="The same for a file that is imported: longer than the largest one takes.",
    )

    @field_validator("cors_origins")
    @classmethod
    def _exact_origins(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        """Refuse wildcards: an origin is a scheme, a host and perhaps a port."""
        for origin in value:
            if "*" in origin or not origin.startswith(("http://", "https://")) or origin.count("/") != 2:
                raise ValueError(f"{origin} is no exact origin")
        return value

    @field_validator("user_limit", "workspace_limit", "scrape_limit")
    @classmethod
    def _readable_limit(cls, value: str) -> str:
        """A limit that the library understands."""
        parse_limit(value)
        return value

    @property
    def production(self) -> bool:
        """Whether strangers can reach this."""
        return self.env == "production"
