"""The two forms of a prompt: its front matter as written in the file, and the rendered text that goes to a model."""

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

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


class PackedText:
    """A field that is text and is held in UTF-8. Python takes two bytes for each character of a text with one sign past
    Latin-1, and keeps the UTF-8 beside them once somebody asked for it: many wait, for long, with a prompt in hand.
    """

    def __init__(self, name: str) -> None:
        self._packed = f"_packed_{name}"

    def __get__(self, instance: object, owner: type) -> str:
        packed: bytes = instance.__dict__[self._packed]
        return packed.decode("utf-8", "surrogatepass")

    def __set__(self, instance: object, text: str) -> None:
        instance.__dict__[self._packed] = text.encode("utf-8", "surrogatepass")


@dataclass(frozen=True)
class RenderedPrompt:
    """One prompt with its inputs filled in. `tag` is `id@version#first 8 digits of the hash of the wording`."""

    id: str
    version: int
    tag: str
    text: str
    role: Role
    temperature: float | None
    output: str


RenderedPrompt.text = PackedText("text")  # type: ignore[assignment]  # after the fact: in the class it would be a default
