"""One thing that is checked of a draft."""

from pydantic import ConfigDict, Field

from tools.schemas import WireModel


class Check(WireModel):
    """One thing that was checked. A draft whose hard checks do not all hold can't be queued."""

    model_config = ConfigDict(frozen=True)

    name: str = Field(description="What was checked.")
    passed: bool = Field(description="Whether it holds.")
    hard: bool = Field(description="Whether the draft can't be queued without it.")
    detail: str | None = Field(None, description="Why, for people.")
    score: float | None = Field(None, ge=0, le=1, description="How well, where that can be said: 0 to 1.")
