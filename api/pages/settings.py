"""Settings of the console: whether it is served, and how it signs people in."""

from pydantic import BaseModel, Field, SecretStr, model_validator


class ConsoleSettings(BaseModel):
    """The web application at `/console`."""

    enabled: bool | None = Field(
        None,
        alias="CONSOLE",
        description="true or false: whether /console is served. Unset: everywhere but in production.",
    )
    supabase_key: str = Field(
        "",
        alias="SUPABASE_PUBLISHABLE_KEY",
        description="The project's publishable (anon) key, by which the console's sign-in calls Supabase. It is no secret.",
    )
    sample_email: str = Field(
        "",
        alias="CONSOLE_SAMPLE_EMAIL",
        description="An account the sign-in page offers. Never in production.",
    )
    sample_password: SecretStr | None = Field(
        None, alias="CONSOLE_SAMPLE_PASSWORD", description="That account's password, sent to every visitor."
    )

    @model_validator(mode="after")
    def _whole_account(self) -> "ConsoleSettings":
        """Half an account signs nobody in."""
        if bool(self.sample_email) != (self.sample_password is not None):
            raise ValueError("CONSOLE_SAMPLE_EMAIL and CONSOLE_SAMPLE_PASSWORD belong together")
        return self
