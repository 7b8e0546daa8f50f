"""The shapes of the wire: the base of every schema, ids, text that can be stored, and the envelope.

JSON is camelCase, Python snake_case; unknown fields, NUL, lone surrogates, NaN and Infinity are refused.
"""

import re
from typing import Annotated, Any, Generic, Literal, TypeVar

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    field_validator,
)
from pydantic.alias_generators import to_camel
from pydantic_core import PydanticCustomError

from persistence.types import MAX_BIGINT
from tools.text.storable import CONTROL, all_storable, storable

T = TypeVar("T")

PLAIN_ID = re.compile(r"[1-9][0-9]{0,18}")
HOLDERS = (list, dict, tuple)


class WireModel(BaseModel):
    """Base of every request and response. Give each field a `description`: clients read them in the OpenAPI document."""

    model_config = ConfigDict(
        alias_generator=to_camel,
        populate_by_name=True,
        from_attributes=True,
        extra="forbid",
        allow_inf_nan=False,
        use_enum_values=False,
        str_strip_whitespace=False,
    )

    @field_validator("*", mode="after")
    @classmethod
    def _refuse_unstorable(cls, value: Any) -> Any:
        """Refuse text that Postgres can't hold, wherever it stands in the value."""
        if isinstance(value, str):
            fits = storable(value)
        else:
            fits = not isinstance(value, HOLDERS) or all_storable(value)
        if not fits:
            raise PydanticCustomError("unstorable_text", "Text may not hold NUL or lone surrogates.")
        return value

    def changes(self) -> dict[str, Any]:
        """The fields that were sent, by attribute name: absent means unchanged, null means cleared (PUT)."""
        return {name: getattr(self, name) for name in self.model_fields_set}


def plain_digits(value: object) -> object:
    """Refuse what Python reads as a number but no client should send: "+5", " 5", "1_000", "5.0"."""
    if isinstance(value, str):
        if not PLAIN_ID.fullmatch(value):
            raise PydanticCustomError("id", "An id is a whole number from 1 on, in plain digits.")
        return int(value)
    return value


def _visible(value: str) -> str:
    """Refuse a name with invisible or control characters."""
    if CONTROL.search(value):
        raise PydanticCustomError("invisible_text", "A name may not hold control or invisible characters.")
    return value


WireIDOf = Annotated[T, Field(strict=True, ge=1, le=MAX_BIGINT)]
"""An id in a body, of one kind: `WireIDOf[ExperimentID]`. A JSON number; "5", 5.0 and true are refused."""

WireID = Annotated[int, Field(strict=True, ge=1, le=MAX_BIGINT)]
"""An id in a body, when its kind does not matter."""

PathIDOf = Annotated[T, BeforeValidator(plain_digits), Field(ge=1, le=MAX_BIGINT)]
"""An id in a path or query, of one kind: `PathIDOf[WorkspaceID]`."""

WireInt = Annotated[int, Field(strict=True, ge=-(2**31), le=2**31 - 1)]
"""A whole number that fits a Postgres integer; "5", 5.0 and true are refused."""

Count = Annotated[int, Field(strict=True, ge=0, le=2**31 - 1)]
"""A number of things."""

WireFlag = Annotated[bool, Field(strict=True)]
"""true or false; "yes", 1 and "true" are refused."""

WireNumber = Annotated[float, Field(strict=True, allow_inf_nan=False)]
"""A finite number."""

Name = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200), AfterValidator(_visible)
]
"""A name for people: one line of 1 to 200 visible characters."""

ShortText = Annotated[str, StringConstraints(strip_whitespace=True, max_length=2_000)]
"""Up to 2,000 characters, spaces at both ends removed; may be empty."""

LongText = Annotated[str, StringConstraints(max_length=100_000)]
"""Up to 100,000 characters."""

Url = Annotated[
    str,
    StringConstraints(
        strip_whitespace=True, min_length=1, max_length=2_000, pattern=r"^https?://[^\s/?#]+\S*$"
    ),
]
"""An http or https address."""

Email = Annotated[
    str,
    StringConstraints(
        strip_whitespace=True,
        min_length=3,
        max_length=320,
        pattern=r"^[^\s@<>,;:\"]+@[^\s@<>,;:\"]+\.[^\s@<>,;:\"]+$",
    ),
]
"""An e-mail address, as far as a pattern can tell."""

JsonObject = dict[str, Any]
"""Free-form JSON: depth, numbers and text are checked when the body is read."""


class PageInfo(WireModel):
    """Where a list goes on."""

    limit: int = Field(description="How many items this answer could hold.")
    next_cursor: str | None = Field(
        None, description="Send it as `cursor` to get what follows; null at the end of the list."
    )
    total: int | None = Field(None, description="How many items there are; only with `?count=true`.")


class Envelope(WireModel, Generic[T]):
    """Every JSON success."""

    success: Literal[True] = Field(True, description="Always true here; false in problem documents.")
    message: str = Field("OK", description="A sentence for people.")
    data: T = Field(description="The answer itself.")


class PageEnvelope(WireModel, Generic[T]):
    """Every list."""

    success: Literal[True] = Field(True, description="Always true here; false in problem documents.")
    message: str = Field("OK", description="A sentence for people.")
    data: list[T] = Field(description="The items, in order.")
    page: PageInfo = Field(description="Where the list goes on.")


__all__ = [
    "AwareDatetime",
    "Count",
    "Email",
    "Envelope",
    "JsonObject",
    "LongText",
    "Name",
    "PageEnvelope",
    "PageInfo",
    "PathIDOf",
    "ShortText",
    "Url",
    "WireFlag",
    "WireID",
    "WireIDOf",
    "WireInt",
    "WireModel",
    "WireNumber",
]
