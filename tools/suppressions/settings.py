"""The secret of the suppression list."""

from pydantic import BaseModel, Field, SecretStr

DEVELOPMENT_KEY = "the-suppression-key-of-development-only"


class SuppressionSettings(BaseModel):
    """How suppressed contacts are kept."""

    key: SecretStr = Field(
        SecretStr(DEVELOPMENT_KEY),
        alias="SUPPRESSION_KEY",
        min_length=32,
        description="The secret that suppressed contacts are hashed with. Whoever changes it loses the list.",
    )
