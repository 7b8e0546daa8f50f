"""What every wire format of a turn can do: events in, chunks out, in the order of the log."""

from typing import Any, Final, Protocol

from agents.events import TextDelta, TurnEvent

Json = dict[str, Any]
DONE: Final = "[DONE]"
Chunk = Json | str
"""One SSE `data:` line: a JSON object, or the literal `[DONE]`."""


class Encoder(Protocol):
    """Turns the events of one turn into chunks. Has state: what it gives for an event depends on those before."""

    def encode(self, event: TurnEvent) -> list[Chunk]:
        """The chunks of the next event; after the last event, DONE comes last."""
        ...

    def more_text(self, event: TextDelta) -> bytes | None:
        """The one chunk of a piece that only goes on with the text before it, as JSON; None when `encode` has to look."""
        ...

    def merge(self, first: Chunk, second: Chunk) -> Chunk | None:
        """Two neighbouring chunks as one with the same effect; None when that can't be."""
        ...

    def reset(self) -> list[Chunk]:
        """What tells a client that has shown some of it that all comes again, from the start."""
        ...
