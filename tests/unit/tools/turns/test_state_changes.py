"""What changed between two states gives the new one back from the old one, and is small when little changed."""

import os
from typing import Any

import orjson
from hypothesis import given, settings
from hypothesis import strategies as st

from tools.turns.state_changes import change_between, changed

EXAMPLES = int(os.environ.get("EXAMPLES", "60"))
ATOMS = st.none() | st.booleans() | st.integers(-3, 3) | st.floats(-2, 2) | st.text("ab[]{}", max_size=3)
VALUES = st.recursive(
    ATOMS,
    lambda inner: (
        st.lists(inner, max_size=6)
        | st.dictionaries(st.sampled_from(["is", "list", "in", "set", "add", "notes"]), inner, max_size=4)
    ),
    max_leaves=25,
)


def bytes_of(value: Any) -> bytes:
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)


@settings(max_examples=EXAMPLES)
@given(VALUES, VALUES)
def test_the_change_makes_the_new_value_of_the_old_one(old: Any, new: Any) -> None:
    through_the_database = orjson.loads(orjson.dumps(change_between(old, new)))
    assert bytes_of(changed(old, through_the_database)) == bytes_of(new)


@given(VALUES)
def test_nothing_changed_stores_no_value(value: Any) -> None:
    change = change_between({"known": value}, {"known": value})
    assert change == {"set": {}, "drop": [], "in": {}}


def test_a_window_that_moved_on_stores_only_the_new_message() -> None:
    said = [{"role": "user", "content": f"{number} " * 100} for number in range(12)]
    moved = [*said[1:], {"role": "user", "content": "new"}]
    change = change_between({"messages": said}, {"messages": moved})
    assert change["in"] == {"messages": {"list": [[1, 12], {"add": [{"role": "user", "content": "new"}]}]}}
