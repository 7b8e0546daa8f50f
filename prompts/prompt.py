"""The two forms of a prompt: its front matter as written in the file, and the rendered text that goes to a model."""

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from prompts.packing import Packed, unpack

Role = Literal["reasoning", "fast"]
"""What a model is needed for. Which model serves a role is a setting, never the prompt's business."""

InputName = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]


class PromptInvalid(Exception):  # noqa: N818 — errors are facts
    """A prompt file breaks a rule, or was rendered with other inputs than it declares. The message says which."""


class ModelNeeds(BaseModel):
    """What the prompt asks of the model that answers it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    role: Role
    temperature: float | None = Field(None, ge=0, le=2)


class FrontMatter(BaseModel):
    """The head of a prompt file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*(/[a-z][a-z0-9_]*)+$")
    version: int = Field(ge=1)
    purpose: str = Field(min_length=10, max_length=300)
    inputs: tuple[InputName, ...]
    model: ModelNeeds
    output: str = Field(pattern=r"^(text|[a-z][a-z0-9_.]*:[A-Z][A-Za-z0-9]*)$")
    evals: tuple[str, ...] = ()


@dataclass(frozen=True)
class RenderedPrompt:
    """One prompt with its inputs filled in. `tag` is `id@version#first 8 digits of the hash of the wording`.

    `pieces` are the text as its template gave it, packed: what all prompts of the template share is there once for all of them.
    """

    id: str
    version: int
    tag: str
    pieces: Packed
    role: Role
    temperature: float | None
    output: str

    @property
    def text(self) -> str:
        """What the model is shown: one line end behind it, no white space around it."""
        return unpack(self.pieces).strip() + "\n"
