"""What a model takes, looked up by its name in `capabilities.yaml`."""

from functools import cache
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter

FILE = Path(__file__).with_name("capabilities.yaml")


class Capabilities(BaseModel):
    """One row of the file, which explains the fields."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    prefix: str
    temperature: bool
    token_limit: Literal["max_tokens", "max_completion_tokens"]
    structured_output: bool
    tools: bool
    effort: tuple[Literal["none", "low", "medium", "high"], ...]


@cache
def capabilities_of(model: str) -> Capabilities:
    """The row whose prefix is the longest that the model's name begins with."""
    return max((row for row in _rows() if model.startswith(row.prefix)), key=lambda row: len(row.prefix))


@cache
def _rows() -> list[Capabilities]:
    return TypeAdapter(list[Capabilities]).validate_python(yaml.safe_load(FILE.read_text(encoding="utf-8")))
