"""The openai package's streams without its objects for each piece: text is read by orjson, all else goes the stock way.

It leans on little: that a stream has its HTTP response (`response`), that the stock classes read one event as well as
many, and that langchain-openai turns a chunk into a message. A contract test fails when that changes.
"""

import asyncio
import contextlib
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from typing import Any, cast

import httpx2
import orjson
from langchain_core.messages import AIMessageChunk, BaseMessage
from langchain_openai import ChatOpenAI
from openai import AsyncStream
from openai.types.chat import ChatCompletionChunk

from tools.providers.models.openai.post import open_stream

DRAIN_SECONDS = 0.1
"""What a response gets to end by itself after its last event, so that its connection can be used again."""


class EventCutter:
    """Cuts the bytes of a server-sent event stream into events, wherever the reads begin and end."""

    def __init__(self) -> None:
        self._begun: list[bytes] = []
        self._after_cr = False

    def cut(self, read: bytes) -> list[bytes]:
        """The events that this read completes, each without its empty line and with LF for any line end."""
        if not self._begun and not self._after_cr and read.endswith(b"\n\n") and b"\r" not in read:
            return _events(read.split(b"\n\n"))  # nearly every read: whole events and nothing else
        if self._after_cr and read:
            self._after_cr = False
            read = read.removeprefix(b"\n")
        if b"\r" in read:
            self._after_cr = read.endswith(b"\r")
            read = read.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        self._begun.append(read)
        if b"\n" not in read:
            return []
        *events, begun = b"".join(self._begun).split(b"\n\n")
        self._begun = [begun] if begun else []
        return _events(events)


def _events(parts: list[bytes]) -> list[bytes]:
    """What stands between empty lines, where something does."""
    return [event for part in parts if (event := part.lstrip(b"\n"))]


class LeanChatOpenAI(ChatOpenAI):
    """ChatOpenAI with one more way to stream."""

    async def stream_parts(
        self, messages: Sequence[BaseMessage], **options: Any
    ) -> AsyncGenerator[str | AIMessageChunk, None]:
        """What `astream` gives, but the text that one network read brought as one plain string.

        What holds more than text comes as the message that `astream` would give. Callbacks are not called.
        Raises what the openai and httpx2 packages raise.
        """
        opening = open_stream(self, messages, **options)
        del messages
        stream = await opening
        async with stream, aclosing(_reads(stream.response)) as reads:
            cutter = EventCutter()
            async for read in reads:
                text = ""
                for event in cutter.cut(read):
                    piece = text_of(event)
                    if piece is not None:
                        text += piece
                        continue
                    if text:
                        yield text
                        text = ""
                    if _is_last(event):
                        await _drain(reads)
                        return
                    async for message in self._stock(event, stream):
                        yield message
                if text:
                    yield text

    async def _stock(
        self, event: bytes, stream: AsyncStream[ChatCompletionChunk]
    ) -> AsyncGenerator[AIMessageChunk, None]:
        """What the stock classes make of one event: at most one message. Raises what they raise."""
        response = httpx2.Response(200, content=event + b"\n\n", request=stream.response.request)
        alone = AsyncStream(cast_to=ChatCompletionChunk, response=response, client=self.root_async_client)
        async for chunk in alone:
            generation = self._convert_chunk_to_generation_chunk(chunk.model_dump(), AIMessageChunk, None)
            if generation is not None and isinstance(generation.message, AIMessageChunk):
                generation.message.response_metadata |= generation.generation_info or {}
                yield generation.message


def text_of(event: bytes) -> str | None:
    """The text of an event that says nothing else, possibly none; None when the stock classes have to look at it."""
    if b"\n" in event:
        return None
    if event.startswith(b":"):
        return ""
    if not event.startswith(b"data:"):
        return None
    try:
        chunk = orjson.loads(event[5:])
        [choice] = chunk["choices"]
        delta = choice["delta"]
        text = delta.get("content")
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
    if text is None:
        text = ""
    return text if isinstance(text, str) and not _says_more(chunk, choice, delta) else None


def _says_more(chunk: dict[str, Any], choice: dict[str, Any], delta: dict[str, Any]) -> bool:
    """Whether a chunk holds anything but text that the stock classes would take notice of."""
    return bool(
        choice.get("finish_reason")
        or chunk.get("usage")
        or chunk.get("error")
        or "type" in chunk
        or delta.get("tool_calls")
        or delta.get("function_call")
        or delta.get("refusal")
        or delta.get("role") not in (None, "", "assistant")
    )


def _is_last(event: bytes) -> bool:
    return event.removeprefix(b"data:").removeprefix(b" ").startswith(b"[DONE]")


def _reads(response: httpx2.Response) -> AsyncGenerator[bytes, None]:
    """The body as the network brings it; only one that is compressed goes the long way through httpx2's decoders."""
    if "content-encoding" in response.headers:
        return response.aiter_bytes()
    return cast("AsyncGenerator[bytes, None]", aiter(cast("httpx2.AsyncByteStream", response.stream)))


async def _drain(reads: AsyncGenerator[bytes, None]) -> None:
    """Read a response that is over to its end; what comes there, or fails, changes nothing any more."""
    with contextlib.suppress(httpx2.HTTPError, TimeoutError):
        async with asyncio.timeout(DRAIN_SECONDS):
            async for _ in reads:
                pass
