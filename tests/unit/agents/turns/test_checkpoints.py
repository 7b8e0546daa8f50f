"""A turn's checkpointer is to LangGraph what it would be without what is done to make it cheap."""

from inspect import signature
from typing import Any

from langgraph.checkpoint.base import BaseCheckpointSaver
from langgraph.checkpoint.serde.jsonplus import JsonPlusSerializer
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


def test_its_parent_keeps_a_serialiser_and_nothing_else() -> None:
    serde = JsonPlusSerializer()
    assert vars(BaseCheckpointSaver(serde=serde)) == {"serde": serde}
