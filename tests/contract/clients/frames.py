"""A stream as a client without a library of its own reads it: lines, of which some are ids and some are data."""

import json
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field

from tests.contract.clients.person import Json

DONE = "[DONE]"


@dataclass
class Frames:
    """What came, in order."""

    ids: list[str] = field(default_factory=list)
    data: list[str] = field(default_factory=list)

    def take(self, line: str) -> None:
        """One more line."""
        if line.startswith("id: "):
            self.ids.append(line.removeprefix("id: "))
        elif line.startswith("data: "):
            self.data.append(line.removeprefix("data: "))

    @property
    def chunks(self) -> list[Json]:
        """The chunks, without [DONE]."""
        return [json.loads(data) for data in self.data if data != DONE]

    @property
    def kinds(self) -> list[str]:
        """The types of the chunks."""
        return [chunk["type"] for chunk in self.chunks]

    @property
    def text(self) -> str:
        """What the user reads, in either form."""
        words = {"text-delta": "delta", "token": "content"}
        return "".join(chunk[words[chunk["type"]]] for chunk in self.chunks if chunk["type"] in words)

    def first(self, kind: str) -> Json:
        """The first chunk of this type."""
        return next(chunk for chunk in self.chunks if chunk["type"] == kind)


async def receive(lines: AsyncIterator[str], *, events: int | None = None) -> Frames:
    """All lines, or those up to so many events, of which none is half."""
    frames = Frames()
    async for line in lines:
        frames.take(line)
        if not line and events is not None and len(frames.data) >= events:
            break
    return frames


def joined(parts: Sequence[Frames]) -> Frames:
    """What one reader has who was cut off and came back."""
    return Frames([id_ for part in parts for id_ in part.ids], [data for part in parts for data in part.data])
