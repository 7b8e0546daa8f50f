"""How the talk's state looked in older versions, and what makes each the next. Change `state.py`'s shape: add a step here.

A step is a small function that may get only some of the channels. Names of nodes are part of a waiting thread: one that goes
on under the old name for a version need no step, one that is renamed leaves turns under way without their next node.
"""

from typing import Any

from agents.discovery.state import StoredState
from agents.discovery.versions.catching_up import caught_up
from agents.turns.state_shape import StateShape

Json = dict[str, Any]


def with_questions(state: Json) -> Json:
    """1 → 2: the newest questions stand in the talk, and the plan says why."""
    upgraded = dict(state)
    if "talk" in state:
        upgraded["talk"] = {"questions": [], **state["talk"]}
    if "plan" in state:
        upgraded["plan"] = {"knew": {}, "why": "", **state["plan"]}
    return upgraded


SHAPE = StateShape(
    version=2,
    upgrades={1: with_questions},
    lasting=frozenset(StoredState.__annotations__),
    catch_up=caught_up,
)
