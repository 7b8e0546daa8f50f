"""The base of what a model is asked to fill in. The limits of text are kept by `short`, not by the schema.

A model that writes a sentence too many has still answered; a schema that refuses it would throw the answer away.
"""

from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from prompts.characters import clean


class ModelAnswer(BaseModel):
    """Base of every structured answer. Each field's description is part of the brief: the model reads it."""

    model_config = ConfigDict(extra="forbid")


def short(text: str, limit: int) -> str:
    """A model's text on one line, without invisible characters, at most `limit` characters, cut at a word."""
    if not (text.isascii() and text.isprintable()):
        text, _ = clean(text)
    line = " ".join(text.split())
    if len(line) <= limit:
        return line
    cut = line[: limit - 1]
    return (cut.rsplit(" ", 1)[0] if " " in cut[limit // 2 :] else cut) + "…"


def _line(limit: int) -> BeforeValidator:
    def cut(value: Any) -> Any:
        return short(value, limit) if isinstance(value, str) else value

    return BeforeValidator(cut)


Label = Annotated[str, _line(120)]
"""A name or a few words."""

Sentence = Annotated[str, _line(500)]
"""One sentence, or two short ones."""

Quote = Annotated[
    str,
    BeforeValidator(lambda value: value[:1500] if isinstance(value, str) else value),
    Field(
        description="Words copied letter for letter from one source, never reworded or translated; empty when none says it."
    ),
]

SourceId = Annotated[
    str,
    _line(200),
    Field(description="The id of that source, such as turn:3; empty without a quote."),
]
