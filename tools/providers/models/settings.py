"""Settings of the language models: names, keys, time-outs, limits and prices."""

from decimal import Decimal
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, HttpUrl, Json, SecretStr

Effort = Literal["none", "low", "medium", "high"]


class ModelSettings(BaseModel):
    """OpenAI, or any server that speaks its chat completions API, and Gemini for when it fails."""

    model_config = ConfigDict(populate_by_name=True)

    api_key: SecretStr = Field(alias="OPENAI_API_KEY", description="The key for OPENAI_BASE_URL.")
    base_url: HttpUrl = Field(
        HttpUrl("https://api.openai.com/v1"),
        alias="OPENAI_BASE_URL",
        description="OpenAI, or a server that speaks the same chat completions API.",
    )
    model: str = Field(
        "gpt-6-sol",
        alias="OPENAI_MODEL",
        min_length=1,
        description="The model for prompts of role reasoning. The installed openai and genai-prices packages know the default.",
    )
    fast_model: str = Field(
        "gpt-6-luna",
        alias="OPENAI_FAST_MODEL",
        min_length=1,
        description="The model for prompts of role fast.",
    )
    gemini_api_key: SecretStr | None = Field(
        None,
        alias="GEMINI_API_KEY",
        description="The key for GEMINI_BASE_URL. Without it nothing answers when OPENAI_BASE_URL does not.",
    )
    gemini_base_url: HttpUrl = Field(
        HttpUrl("https://generativelanguage.googleapis.com"),
        alias="GEMINI_BASE_URL",
        description="The Gemini API, without its version.",
    )
    gemini_model: str = Field(
        "gemini-4-argon",
        alias="GEMINI_MODEL",
        min_length=1,
        description="Stands in for OPENAI_MODEL. The installed langchain-google-genai and genai-prices packages know the default.",
    )
    gemini_fast_model: str = Field(
        "gemini-3.8-flash",
        alias="GEMINI_FAST_MODEL",
        min_length=1,
        description="Stands in for OPENAI_FAST_MODEL.",
    )
    conversation_effort: Effort = Field(
        "low",
        alias="OPENAI_CONVERSATION_EFFORT",
        description="How long a reasoning model thinks before the first word of a streamed answer; ignored by models without it.",
    )
    max_output_tokens: int = Field(
        16_000,
        alias="MODEL_MAX_OUTPUT_TOKENS",
        ge=256,
        description="Tokens one call may write, its reasoning included.",
    )
    concurrency: int = Field(
        32, alias="MODEL_CONCURRENCY", ge=1, description="Calls one process makes to one provider at once."
    )
    connect_timeout: float = Field(
        5.0, alias="MODEL_CONNECT_TIMEOUT", gt=0, description="Seconds to reach the provider."
    )
    first_token_timeout: float = Field(
        20.0,
        alias="MODEL_FIRST_TOKEN_TIMEOUT",
        gt=0,
        description="Seconds a stream may wait for its first token.",
    )
    gap_timeout: float = Field(
        20.0, alias="MODEL_GAP_TIMEOUT", gt=0, description="Seconds a stream may be silent after that."
    )
    total_timeout: float = Field(
        90.0, alias="MODEL_TOTAL_TIMEOUT", gt=0, description="Seconds one call may take in all."
    )
    stock_streaming: bool = Field(
        False,
        alias="MODEL_STOCK_STREAMING",
        description="Read OpenAI's streams by the stock classes of its packages: slower, for when a new release changes them.",
    )
    breaker_failures: int = Field(
        8,
        alias="MODEL_BREAKER_FAILURES",
        ge=1,
        description="Failures in a row after which a provider is not asked for a while.",
    )
    breaker_pause: float = Field(
        15.0, alias="MODEL_BREAKER_PAUSE", gt=0, description="Seconds of that while; then one call tries."
    )
    prices: Json[dict[str, tuple[Decimal, Decimal]]] | None = Field(
        None,
        alias="MODEL_PRICES",
        description='Prices in USD per million input and output tokens, as {"model": [0.5, 1.5]}. Others come from genai-prices.',
    )
