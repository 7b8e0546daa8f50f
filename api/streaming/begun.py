"""A coroutine that is begun where nothing can be awaited: it ends there at once, or in the task that awaits the rest of it."""

from collections.abc import Coroutine, Generator
from typing import Any


class Begun:
    """What is left of a coroutine that had to wait: `waits_for` is what it gave to `send`. Await it once."""

    __slots__ = ("_coroutine", "_waits_for")

    def __init__(self, coroutine: Coroutine[Any, Any, None], waits_for: object) -> None:
        self._coroutine = coroutine
        self._waits_for = waits_for

    def __await__(self) -> Generator[Any, Any, None]:
        """Wait for what the coroutine waits for, then go on with it. Raises what it raises."""
        try:
            yield self._waits_for
        except BaseException:
            self._coroutine.close()
            raise
        yield from self._coroutine.__await__()
