"""A turn's checkpointer is to LangGraph what it would be without what is done to make it cheap."""

from inspect import signature
from typing import Any

from langgraph.pregel._checkpoint import put_writes_accepts_task_path

from agents.turns.checkpoints import LeasedCheckpointer


def test_the_signature_that_langgraph_asks_for_is_kept() -> None:
    taken: Any = LeasedCheckpointer.aput_writes
    assert signature(taken) is signature(taken), "found, not made anew"
    kept = taken.__signature__
    del taken.__signature__
    try:
        assert signature(taken) == kept
    finally:
        taken.__signature__ = kept
    assert put_writes_accepts_task_path(object.__new__(LeasedCheckpointer).aput_writes)
