"""Settings of Wiza: key, place, time-outs, and limits that all processes keep together."""

from hashlib import sha256

from pydantic import BaseModel, ConfigDict, Field, HttpUrl, SecretStr


class WizaSettings(BaseModel):
    """Without a key nothing is asked of Wiza."""

    model_config = ConfigDict(populate_by_name=True)

    api_key: SecretStr | None = Field(
        None,
        alias="WIZA_API_KEY",
        description="The key for WIZA_BASE_URL. Unset: no prospects, no enrichment.",
    )
    base_url: HttpUrl = Field(
        HttpUrl("https://wiza.co"), alias="WIZA_BASE_URL", description="Wiza, without /api."
    )
    callback_base: HttpUrl | None = Field(
        None,
        alias="WIZA_CALLBACK_BASE_URL",
        description="This API as Wiza reaches it, such as https://api.example.com. Unset: Wiza is asked, it does not call back.",
    )
    connect_timeout: float = Field(
        5.0, alias="WIZA_CONNECT_TIMEOUT", gt=0, description="Seconds to reach Wiza."
    )
    total_timeout: float = Field(
        20.0,
        alias="WIZA_TOTAL_TIMEOUT",
        gt=0,
        description="Seconds one call of Wiza may take in all.",
    )
    poll_interval: float = Field(
        2.0,
        alias="WIZA_POLL_INTERVAL",
        gt=0,
        description="Seconds between looks for the end of a reveal or list.",
    )
    reveal_wait: float = Field(
        12.0,
        alias="WIZA_REVEAL_WAIT",
        gt=0,
        description="Seconds a worker waits for a reveal before it does other work and looks again later.",
    )
    reveal_patience: float = Field(
        900.0,
        alias="WIZA_REVEAL_PATIENCE",
        gt=0,
        description="Seconds a lead may wait for the end of its reveal before a person is asked.",
    )
    callback_patience: float = Field(
        120.0,
        alias="WIZA_CALLBACK_PATIENCE",
        gt=0,
        description="Seconds Wiza has to call back about a call whose answer was lost, before a person is asked.",
    )
    searches_per_minute: int = Field(
        60,
        alias="WIZA_SEARCHES_PER_MINUTE",
        ge=1,
        description="Searches and counts of all processes a minute.",
    )
    reveals_per_minute: int = Field(
        300, alias="WIZA_REVEALS_PER_MINUTE", ge=1, description="Reveals all processes start a minute."
    )
    reveals_at_once: int = Field(
        50, alias="WIZA_REVEALS_AT_ONCE", ge=1, description="Reveals one process asks for at the same time."
    )
    lists_per_minute: int = Field(
        10, alias="WIZA_LISTS_PER_MINUTE", ge=1, description="Lists all processes start a minute."
    )
    companies_per_minute: int = Field(
        30, alias="WIZA_COMPANIES_PER_MINUTE", ge=1, description="Companies all processes look up a minute."
    )
    workers: int = Field(
        4,
        alias="WIZA_WORKERS",
        ge=1,
        description="Processes that call Wiza: each keeps to its share of the limits while Redis is away.",
    )


def key_digest(api_key: SecretStr) -> str:
    """What Wiza shows with its call-backs: the key's SHA-256, in hex."""
    return sha256(api_key.get_secret_value().encode()).hexdigest()
