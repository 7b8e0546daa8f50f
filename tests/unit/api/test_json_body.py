"""Whatever bytes come, reading them ends in a value that can be stored or in Invalid."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api import json_body
from persistence.types import MAX_BIGINT
from tools.errors import Invalid
from tools.text.storable import all_storable

ANY_TEXT = st.text(st.characters(codec=None, exclude_categories=()), max_size=5)
NUMBERS = st.integers() | st.floats() | st.integers(MAX_BIGINT - 2, MAX_BIGINT + 2)
VALUES = st.recursive(
    st.none() | st.booleans() | NUMBERS | ANY_TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(ANY_TEXT, inner, max_size=4),
    max_leaves=15,
)


def depth(value: Any) -> int:
    if not isinstance(value, dict | list):
        return 0
    members = value.values() if isinstance(value, dict) else value
    return 1 + max(map(depth, members), default=0)


def read(body: bytes) -> Any:
    """The value, or None when it was refused."""
    try:
        return json_body.parse(body)
    except Invalid as error:
        assert error.errors
        return None


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(body: bytes) -> None:
    assert all_storable(read(body))


@given(VALUES)
def test_what_is_read_can_be_stored_and_is_what_was_sent(value: Any) -> None:
    found = read(json.dumps(value).encode())
    assert all_storable(found)
    assert depth(found) <= json_body.MAX_DEPTH
    json.dumps(found, allow_nan=False)
    if found is not None:
        assert found == value


@pytest.mark.parametrize("levels", [32, 33, 1000, 5000])
@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ('{"a":', "}")])
def test_depth_ends_at_32(levels: int, opening: str, closing: str) -> None:
    body = (opening * levels + "1" + closing * levels).encode()
    assert (read(body) is not None) == (levels <= 32)
