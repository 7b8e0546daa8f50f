"""From a pydantic model to the strict schema, and from an answer back to a record."""

import json
from enum import StrEnum
from typing import Annotated, Any, Literal

import jsonschema
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import AnyUrl, BaseModel, ConfigDict, Field, RootModel, ValidationError
from pydantic.alias_generators import to_camel

from tools.providers.models.schema import read_answer, strict_schema
from tools.text.cleaning import MAX_DEPTH, clean_json


class Standing(StrEnum):
    """How sure."""

    OBSERVED = "observed"
    ASSUMED = "assumed"


class Wire(BaseModel):
    """The wire's base: closed and camelCase."""

    model_config = ConfigDict(extra="forbid", alias_generator=to_camel, populate_by_name=True)


class Quote(Wire):
    """Words somebody said."""

    kind: Literal["quote"] = "quote"
    exact_words: Annotated[str, Field(max_length=40, description="As they were said.")]


class Guess(Wire):
    """What may be."""

    kind: Literal["guess"] = "guess"
    because: str


class Hypothesis(Wire):
    """One hypothesis."""

    persona: str = Field(min_length=1)
    standing: Standing = Standing.ASSUMED
    evidence: list[Annotated[Quote | Guess, Field(discriminator="kind")]] = Field(max_length=3)
    main: Quote | None = Field(None, description="The strongest one.")
    rival: "Hypothesis | None" = None
    odds: Annotated[float, Field(ge=0, le=1)] = 0.5
    page: AnyUrl | None = None


ANSWER: dict[str, Any] = {
    "persona": "Head of school",
    "standing": "observed",
    "evidence": [{"kind": "quote", "exactWords": "each spring"}, {"kind": "guess", "because": "repairs"}],
    "main": {"kind": "quote", "exactWords": "each spring"},
    "rival": None,
    "odds": 0.7,
    "page": None,
}


def every_object(node: Any) -> list[dict[str, Any]]:
    """All schema objects in a tree."""
    if isinstance(node, list):
        return [found for item in node for found in every_object(item)]
    if isinstance(node, dict):
        return [node, *(found for item in node.values() for found in every_object(item))]
    return []


def test_objects_are_closed_and_every_field_is_required() -> None:
    objects = [node for node in every_object(strict_schema(Hypothesis)) if node.get("type") == "object"]

    assert len(objects) >= 3
    assert all(node["additionalProperties"] is False for node in objects)
    assert all(node["required"] == list(node["properties"]) for node in objects)


def test_nothing_stands_in_it_that_the_strict_form_does_not_know() -> None:
    nodes = every_object(strict_schema(Hypothesis))
    forbidden = {"default", "title", "oneOf", "allOf", "discriminator", "minLength", "maxLength"}

    assert not [node for node in nodes if forbidden & node.keys()]
    assert not [node for node in nodes if "$ref" in node and len(node) > 1]
    assert "uri" not in {node.get("format") for node in nodes if isinstance(node.get("format"), str)}


def test_limits_that_cannot_be_said_in_the_schema_are_said_in_words() -> None:
    words = strict_schema(Hypothesis)["$defs"]["Quote"]["properties"]["exactWords"]["description"]

    assert words == "As they were said. (at most 40 characters)"


def test_an_answer_of_the_schema_becomes_the_record() -> None:
    schema = strict_schema(Hypothesis)
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(ANSWER, schema)

    record = read_answer(Hypothesis, json.dumps(ANSWER))

    assert record.standing is Standing.OBSERVED
    assert record.main == Quote(exact_words="each spring")


def test_a_fence_around_the_answer_is_taken_off() -> None:
    assert read_answer(Guess, '```json\n{"kind": "guess", "because": "x"}\n```').because == "x"


def test_hidden_characters_in_an_answer_are_dropped_though_they_were_escaped() -> None:
    guess = read_answer(Guess, '{"kind": "guess", "because": "a\\u0000b\\ud800c\\u202ed"}')

    assert guess.because == "ab�cd"


@pytest.mark.parametrize(
    "answer",
    [
        "",
        "null",
        "[]",
        "Sure! Here it is.",
        '{"kind": "guess"',
        '{"kind": "guess", "because": NaN}',
        '{"kind": "guess", "because": Infinity}',
        '{"kind": "guess", "because": 4}',
        '{"kind": "guess", "because": "x", "more": 1}',
        '{"kind": "guess", "because": ' + "[" * 50 + "]" * 50 + "}",
        "[" * 200_000,
        '{"kind": "guess", "because": "' + "x" * 600_000 + '"}',
    ],
)
def test_anything_else_is_refused(answer: str) -> None:
    with pytest.raises(ValueError):
        read_answer(Guess, answer)


class Anything(RootModel[Any]):
    """Any JSON."""


_strings = st.text(
    'ab#/{["\\\n\t\r\0\x7f\x85\u2028\u202e\ud800é世سم\u200c\u200d\ufe0f❤🚤\u034f', max_size=6
) | st.text("a سم\u200c", max_size=4)
_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | _strings,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_strings, inner, max_size=3),
)


@given(value=_values, escaped=st.booleans(), indent=st.sampled_from([None, 1]))
@example(value=["س\n\u200cم", "\u200c", "س\u200cم", '"\u200c'], escaped=False, indent=None)
def test_an_answer_is_read_as_if_each_of_its_strings_was_cleaned(
    value: Any, escaped: bool, indent: int | None
) -> None:
    answer = json.dumps(value, ensure_ascii=escaped, indent=indent)

    assert read_answer(Anything, answer).root == clean_json(json.loads(answer))


def test_only_what_is_nested_is_deep() -> None:
    flat: list[Any] = ["{" * 40, {"[" * 40: [[]] * 40}]

    assert read_answer(Anything, json.dumps(flat)).root == flat
    for depth, inner in ((MAX_DEPTH, "1"), (MAX_DEPTH + 1, "")):
        assert read_answer(Anything, "[" * depth + inner + "]" * depth)
    with pytest.raises(ValueError, match="deeper"):
        read_answer(Anything, "[" * (MAX_DEPTH + 1) + "1" + "]" * (MAX_DEPTH + 1))


def test_limits_are_checked_when_the_answer_is_read() -> None:
    with pytest.raises(ValidationError):
        read_answer(Quote, json.dumps({"kind": "quote", "exactWords": "x" * 41}))


class FreeForm(BaseModel):
    """A mapping with any keys."""

    values: dict[str, int]


class Pair(BaseModel):
    """A tuple."""

    values: tuple[int, str]


class Untyped(BaseModel):
    """Just anything."""

    value: Any


@pytest.mark.parametrize("model", [FreeForm, Pair, Untyped])
def test_a_schema_that_the_strict_form_cannot_say_is_refused_by_name(model: type[BaseModel]) -> None:
    with pytest.raises(TypeError, match=model.__name__):
        strict_schema(model)
