"""Parts of answers as hypothesis makes them up: mostly what servers say, now and then what none should."""

from typing import Any

from hypothesis import strategies as st

USAGE = {"prompt_tokens": 20, "completion_tokens": 7, "total_tokens": 27}
DETAILED = {
    **USAGE,
    "prompt_tokens_details": {"cached_tokens": 16, "audio_tokens": 0},
    "completion_tokens_details": {"reasoning_tokens": 5, "accepted_prediction_tokens": None},
}


def some(**kinds: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Objects with some of these fields."""
    return st.fixed_dictionaries({}, optional=kinds)


ODD = (
    st.none()
    | st.booleans()
    | st.integers(-1, 3)
    | st.floats(0, 2)
    | st.text(max_size=3)
    | st.just([])
    | st.just({})
)


def mostly(usual: st.SearchStrategy[Any], odd: st.SearchStrategy[Any] = ODD) -> st.SearchStrategy[Any]:
    """Now and then what no server should say."""
    return st.integers(0, 19).flatmap(lambda chance: usual if chance else odd)


_count = mostly(st.integers(0, 99))
_part = some(cached_tokens=_count, audio_tokens=_count, cache_write_tokens=_count, reasoning_tokens=_count)
usages = st.fixed_dictionaries(
    dict.fromkeys(USAGE, _count),
    optional={"prompt_tokens_details": mostly(_part), "completion_tokens_details": mostly(_part)},
)
"""What is counted, as it stands in an answer."""
