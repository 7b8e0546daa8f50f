"""Long campaigns: seeded, so that any step can be repeated alone, and counted by the environment."""

import os
import random
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Campaign:
    """Steps `start` to `start + count` of a seed. `SEED`, `START` and `COUNT` in the environment choose others."""

    seed: int
    start: int
    count: int

    @classmethod
    def of(cls, count: int) -> "Campaign":
        """So many steps, unless the environment says otherwise."""
        told = os.environ
        return cls(int(told.get("SEED", "7")), int(told.get("START", "0")), int(told.get("COUNT", count)))

    def steps(self) -> Iterator[int]:
        """The numbers of the steps."""
        return iter(range(self.start, self.start + self.count))

    def chance(self, step: int) -> random.Random:
        """What happens in a step, whatever happened in others."""
        return random.Random(f"{self.seed}:{step}")

    def again(self, step: int) -> str:
        """How to repeat a step, for a failure's message."""
        return f"to repeat: SEED={self.seed} START={step} COUNT=1"
