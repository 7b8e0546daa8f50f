"""Settings of spans, under the names that OpenTelemetry gives them."""

from pydantic import BaseModel, Field, HttpUrl, SecretStr


class TracingSettings(BaseModel):
    """Where spans go (https://opentelemetry.io/docs/specs/otel/protocol/exporter/)."""

    endpoint: HttpUrl | None = Field(
        None,
        alias="OTEL_EXPORTER_OTLP_ENDPOINT",
        description="A collector that takes OTLP over HTTP, such as http://localhost:4318. Unset: no spans.",
    )
    headers: SecretStr | None = Field(
        None,
        alias="OTEL_EXPORTER_OTLP_HEADERS",
        description="What the collector wants to be sent along: name=value, separated by commas.",
    )
    service: str = Field(
        "quiver", alias="OTEL_SERVICE_NAME", description="What this installation is called there."
    )
    share: float = Field(
        1.0,
        alias="OTEL_TRACES_SAMPLER_ARG",
        ge=0,
        le=1,
        description="The share of requests that are followed; who calls us may have decided for its own.",
    )
