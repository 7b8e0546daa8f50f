"""A draft on its way to a client: what is written as it is written, a reset when it is written anew, the checked message last.

The plain form of the discovery stream: `data: {"type": "token" | "subject" | "reset" | "message" | "error" | "done"}`, `[DONE]`.
"""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
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

Write = Callable[[Heard], Awaitable[GeneratedOutreach]]
Ended = GeneratedOutreach | Exception


class RunningDrafts:
    """Drafts that are being written. A reader who leaves ends nothing: the message is kept all the same."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[None]] = set()

    async def start(self, write: Write) -> AsyncGenerator[bytes, None]:
        """The stream of a draft that has begun. Raises what keeps it from beginning."""
        heard: asyncio.Queue[Written | Ended] = asyncio.Queue()

        async def run() -> None:
            try:
                heard.put_nowait(await write(_into(heard)))
            except asyncio.CancelledError:
                # The process ends: whoever reads must not wait for a word that will not come.
                heard.put_nowait(_restarting())
                raise
            except Exception as error:  # noqa: BLE001 — told to the reader, who raises or shows it
                heard.put_nowait(error)

        task = asyncio.create_task(run())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        first = await heard.get()
        if isinstance(first, Exception):
            raise first
        return _stream(first, heard)

    async def close(self) -> None:
        """Stop what is being written; it goes on when it is asked for again."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)


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
