"""What a graph's stored state looks like, as a version: states of older ones are brought up to it, newer ones are refused.

Checkpoints name their version in their metadata, runs in AgentRuns."StateVersion". What names none is of version 1.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

Json = dict[str, Any]
Upgrade = Callable[[Json], Json]
"""Makes a state of one version one of the next. It may get only some of a state's channels, and changes only those."""
CatchUp = Callable[[Json, Sequence[Json]], Json]
Reason = Literal["newer", "broken", "not_upgraded"]

FIRST = 1


class UnreadableState(Exception):  # noqa: N818 — a fact
    """A stored state that this code can't go on from. `why`: of a newer version, not to be decoded, or its upgrade failed."""

    def __init__(self, why: Reason) -> None:
        super().__init__(why)
        self.why = why


def with_messages(state: Json, messages: Sequence[Json]) -> Json:
    """A state with messages that came since, for graphs that keep a talk in `messages` and nothing else of it."""
    return {**state, "messages": [*state.get("messages", []), *messages]} if messages else state


@dataclass(frozen=True)
class StateShape:
    """`version` is what this code writes; `upgrades` leads from each older version to the next.

    `lasting` are the channels that hold a value for good once they were written. `catch_up` tells a state of messages of the
    talk that came after it, as `tools/turns/stored_talk.py` gives them.
    """

    version: int = FIRST
    upgrades: Mapping[int, Upgrade] = field(default_factory=dict)
    lasting: frozenset[str] = frozenset()
    catch_up: CatchUp = with_messages

    def read(self, version: int, state: Json) -> Json:
        """A stored state, or a part of one, as this code knows it. Raises UnreadableState."""
        if version > self.version:
            raise UnreadableState("newer")
        for step in range(version, self.version):
            try:
                state = self.upgrades[step](state)
            except (LookupError, TypeError, ValueError, AttributeError) as error:
                raise UnreadableState("not_upgraded") from error
        return state

    def require_whole(self, versions: Mapping[str, Any], values: Mapping[str, Any]) -> None:
        """Raise UnreadableState when a channel that was written has no value any more."""
        if any(name in versions and name not in values for name in self.lasting):
            raise UnreadableState("broken")
