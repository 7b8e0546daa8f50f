"""A client's place in a turn's stream: the SSE `id` it got last, sent back as `Last-Event-ID`."""

import math
import re
from dataclasses import dataclass

CURSOR = re.compile(r"([0-9]{1,19})\.([0-9]{1,19})(?:\.([0-9]{1,4}))?")


@dataclass(frozen=True, slots=True)
class Cursor:
    """How far a client has read: all of entry `number`, or only its first `part` frames when `part` is not 0."""

    epoch: int
    number: int
    part: int = 0

    def __str__(self) -> str:
        place = f"{self.epoch}.{self.number}"
        return f"{place}.{self.part}" if self.part else place

    def follows(self, other: "Cursor") -> bool:
        """Whether this place is behind the other one."""
        return self._order() > other._order()

    def _order(self) -> tuple[int, int, float]:
        return self.epoch, self.number, self.part or math.inf

    @property
    def whole_entry(self) -> tuple[int, int]:
        """Epoch and number of the last entry that was read to its end."""
        return self.epoch, self.number - 1 if self.part else self.number

    @classmethod
    def parse(cls, text: str | None) -> "Cursor | None":
        """The cursor that a client sent back as `Last-Event-ID`; None when it is none of ours."""
        match = CURSOR.fullmatch(text or "")
        if match is None:
            return None
        return cls(int(match[1]), int(match[2]), int(match[3] or 0))
