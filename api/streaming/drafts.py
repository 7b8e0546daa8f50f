"""A draft on its way to a client: what is written as it is written, a reset when it is written anew, the checked message last.

The plain form of the discovery stream: `data: {"type": "token" | "subject" | "reset" | "message" | "error" | "done"}`, `[DONE]`.
"""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import orjson
import structlog

from tools.errors import ProviderUnavailable, QuiverError
from tools.messages.generation import GeneratedOutreach
from tools.outreach.drafter import Heard, Written

log = structlog.get_logger(__name__)

TYPES = {"text": "token", "subject": "subject", "reset": "reset"}
"""What is told, by the kind of what was heard."""
BROKEN = "Something went wrong on our side."
DONE = b"data: [DONE]\n\n"

GRACE_SECONDS = 8.0
"""How long a draft is waited for once the process was told to end; then its reader is told so."""

Write = Callable[[Heard], Awaitable[GeneratedOutreach]]
Ended = GeneratedOutreach | Exception


@dataclass(frozen=True)
class DraftStream:
    """A draft that has begun, for one reader. `content` always ends in a word that says how."""

    content: AsyncGenerator[bytes, None]
    heard: asyncio.Queue[Written | Ended]

    def end_soon(self) -> None:
        """The process is told to end: what is not written in time is the next process's."""
        asyncio.get_running_loop().call_later(GRACE_SECONDS, self.heard.put_nowait, _restarting())


class RunningDrafts:
    """Drafts that are being written. A reader who leaves ends nothing: the message is kept all the same."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[GeneratedOutreach]] = set()

    async def start(self, write: Write) -> DraftStream:
        """The stream of a draft that has begun. Raises what keeps it from beginning."""
        heard: asyncio.Queue[Written | Ended] = asyncio.Queue()

        def ended(task: asyncio.Task[GeneratedOutreach]) -> None:
            self._tasks.discard(task)
            heard.put_nowait(_end_of(task))

        task = asyncio.ensure_future(write(_into(heard)))
        self._tasks.add(task)
        task.add_done_callback(ended)
        first = await heard.get()
        if isinstance(first, Exception):
            raise first
        return DraftStream(_stream(first, heard), heard)

    async def close(self) -> None:
        """Stop what is being written; it goes on when it is asked for again."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)


def _end_of(task: asyncio.Task[GeneratedOutreach]) -> Ended:
    """What came of the draft. One that was cancelled was so with its process: its reader must not wait for more."""
    if task.cancelled():
        return _restarting()
    error = task.exception()
    if error is None:
        return task.result()
    return error if isinstance(error, Exception) else _restarting()


def _restarting() -> ProviderUnavailable:
    return ProviderUnavailable(
        "The server is restarting.", provider="quiver", retry_after=2, code="server_restarting"
    )


def _into(heard: asyncio.Queue[Written | Ended]) -> Heard:
    async def put(written: Written) -> None:
        if written.kind in TYPES:
            heard.put_nowait(written)

    return put


async def _stream(
    first: Written | GeneratedOutreach, heard: asyncio.Queue[Written | Ended]
) -> AsyncGenerator[bytes, None]:
    item: Written | Ended = first
    while isinstance(item, Written):
        yield _event({"type": TYPES[item.kind]} | ({"content": item.text} if item.kind != "reset" else {}))
        item = await heard.get()
    yield _end(item)


def _end(ended: Ended) -> bytes:
    """The checked message, or the error, and the end."""
    if isinstance(ended, GeneratedOutreach):
        content = ended.model_dump(mode="json", by_alias=True)
        return _event({"type": "message", "content": content}) + _event({"type": "done"}) + DONE
    if isinstance(ended, QuiverError):
        retryable = isinstance(ended, ProviderUnavailable)
        told = {"content": ended.message, "code": ended.error_code, "retryable": retryable}
    else:
        log.error("draft.broke", error=type(ended).__name__, exc_info=ended)
        told = {"content": BROKEN, "code": "internal_error", "retryable": True}
    return _event({"type": "error", **told}) + DONE


def _event(data: dict[str, Any]) -> bytes:
    return b"data: " + orjson.dumps(data) + b"\n\n"
