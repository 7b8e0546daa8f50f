"""The base of every wire shape refuses what the product can't store or would misread."""

from datetime import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import Field, TypeAdapter, ValidationError

from persistence.types import MAX_BIGINT, WorkspaceID
from tools.schemas import AwareDatetime, Email, Name, PathIDOf, Url, WireIDOf, WireModel
from tools.text.storable import all_storable, storable


class Thing(WireModel):
    """A shape with a bit of everything."""

    full_name: str = Field("", description="Text.")
    workspace_id: WireIDOf[WorkspaceID] | None = Field(None, description="An id.")
    at: AwareDatetime | None = Field(None, description="A time.")
    tags: list[str] = Field(default_factory=list, description="Texts.")
    parts: dict[str, Any] = Field(default_factory=dict, description="Anything.")
    inner: "Thing | None" = Field(None, description="Another.")


@pytest.mark.parametrize(
    "body",
    [
        {"fullName": "a\x00"},
        {"fullName": "\ud800"},
        {"tags": ["\ud800"]},
        {"tags": ["a\x00"]},
        {"parts": {"a": [{"\x00": 1}]}},
        {"inner": {"fullName": "\x00"}},
        {"workspaceId": 0},
        {"workspaceId": MAX_BIGINT + 1},
        {"workspaceId": "5"},
        {"workspaceId": True},
        {"workspaceId": 5.0},
        {"at": "2026-01-01T00:00:00"},
        {"unknown": 1},
        {"inner": {"unknown": 1}},
    ],
)
def test_a_shape_refuses(body: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Thing.model_validate(body)


def test_only_what_was_sent_counts_as_a_change() -> None:
    assert Thing.model_validate({}).changes() == {}
    assert Thing.model_validate({"workspaceId": None}).changes() == {"workspace_id": None}


def test_json_is_camel_case() -> None:
    assert set(Thing().model_dump(by_alias=True)) == {
        "fullName",
        "workspaceId",
        "at",
        "tags",
        "parts",
        "inner",
    }


def test_times_keep_their_offset() -> None:
    at = Thing.model_validate({"at": "2026-01-01T00:00:00+02:00"}).at
    assert isinstance(at, datetime)
    assert at.utcoffset() is not None


@given(st.one_of(st.integers(), st.text(), st.floats(allow_nan=False)))
def test_an_id_in_a_path_is_plain_digits_or_nothing(value: int | float | str) -> None:
    adapter = TypeAdapter(PathIDOf[WorkspaceID])
    text = str(value)
    try:
        found = adapter.validate_python(text)
    except ValidationError:
        assert not (text.isascii() and text.isdigit() and text[0] != "0" and int(text) <= MAX_BIGINT)
    else:
        assert text == str(found)
        assert 1 <= found <= MAX_BIGINT


@given(st.recursive(st.text(st.characters(codec=None, exclude_categories=()), max_size=5), lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3), max_leaves=10))  # fmt: skip
def test_a_value_can_be_stored_when_every_text_in_it_can(value: Any) -> None:
    def texts(item: Any) -> list[str]:
        if isinstance(item, str):
            return [item]
        members = item if isinstance(item, list) else [*item.keys(), *item.values()]
        return [text for member in members for text in texts(member)]

    assert all_storable(value) == all(storable(text) for text in texts(value))


@pytest.mark.parametrize(
    "name", ["Ada", "  Ada  ", "Żółć", "日本", "O'Neil-Smith", "🚀", "👩\u200d💻 Studio", "می\u200cخواهم"]
)
def test_names_people_have_are_taken(name: str) -> None:
    assert TypeAdapter(Name).validate_python(name) == name.strip()


@pytest.mark.parametrize(
    "name", ["a\u200db", "\u200cAda", "می\u200c", "👩\u200d\u200d💻", "A\nB", "A\u202eB"]
)
def test_names_with_something_hidden_are_not(name: str) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(Name).validate_python(name)


@pytest.mark.parametrize("url", ["https://example.com", "http://a.b/c?d#e", "https://bücher.example/ä"])
def test_web_addresses_are_taken(url: str) -> None:
    assert TypeAdapter(Url).validate_python(url) == url


@pytest.mark.parametrize(
    "url", ["example.com", "ftp://x", "javascript:alert(1)", "https://", "https:// x", "http:///x", ""]
)
def test_other_addresses_are_not(url: str) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(Url).validate_python(url)


@pytest.mark.parametrize("email", ["a@b", "a b@c.de", "@c.de", "a@", "a@b@c.de", "<a@b.de>", ""])
def test_what_is_no_email_address_is_refused(email: str) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(Email).validate_python(email)
