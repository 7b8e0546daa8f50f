"""The openai package's streams without its objects for each piece: text is read by orjson, all else goes the stock way.

It leans on little: that a stream has its HTTP response (`response`) and below it aiohttp's, that the stock classes read one
event as well as many, and that langchain-openai turns a chunk into a message. A contract test fails when that changes.
"""

import asyncio
import contextlib
from collections.abc import AsyncGenerator, Sequence
from contextlib import AbstractAsyncContextManager, aclosing
from typing import Any

import aiohttp
import httpx2
from langchain_core.messages import AIMessageChunk, BaseMessage
from langchain_openai import ChatOpenAI
from openai import AsyncStream
from openai.types.chat import ChatCompletionChunk

from tools.providers.models.openai.events import EventCutter, TextReader, is_last
from tools.providers.models.openai.post import open_stream
from tools.providers.models.openai.reads import event_batches
from tools.providers.models.provider import Hear

DRAIN_SECONDS = 0.1
"""What a response gets to end by itself after its last event, so that its connection can be used again."""


ASKED = httpx2.Request("POST", "http://stream/chat/completions")
"""What the stock classes want to hear of the request when they read one event of its answer."""


class LeanChatOpenAI(ChatOpenAI):
    """ChatOpenAI with one more way to stream."""

    async def stream_parts(
        self, messages: Sequence[BaseMessage], *, hear: Hear | None = None, **options: Any
    ) -> AsyncGenerator[str | AIMessageChunk, None]:
        """What `astream` gives, but the text that one network read brought as one plain string, offered to `hear` first.

        What holds more than text comes as the message that `astream` would give. Callbacks are not called.
        Raises what the openai, httpx2 and aiohttp packages raise.
        """
        opening = open_stream(self, messages, **options)
        del messages
        reader = TextReader()
        batches, connection = _opened(await opening, reader, hear)
        async with connection, aclosing(batches):
            async for events in batches:
                text = ""
                for event in events:
                    piece = reader.read(event)
                    if piece is not None:
                        text += piece
                        continue
                    if text:
                        yield text
                        text = ""
                    if is_last(event):
                        await _drain(batches)
                        return
                    async for message in self._stock(event):
                        yield message
                if text:
                    yield text

    async def _stock(self, event: bytes) -> AsyncGenerator[AIMessageChunk, None]:
        """What the stock classes make of one event: at most one message. Raises what they raise."""
        response = httpx2.Response(200, content=event + b"\n\n", request=ASKED)
        alone = AsyncStream(cast_to=ChatCompletionChunk, response=response, client=self.root_async_client)
        async for chunk in alone:
            generation = self._convert_chunk_to_generation_chunk(chunk.model_dump(), AIMessageChunk, None)
            if generation is not None and isinstance(generation.message, AIMessageChunk):
                generation.message.response_metadata |= generation.generation_info or {}
                yield generation.message


def _opened(
    stream: AsyncStream[ChatCompletionChunk], reader: TextReader, hear: Hear | None
) -> tuple[AsyncGenerator[list[bytes], None], AbstractAsyncContextManager[object]]:
    """The events as the network brings them, and what is to be closed behind them.

    aiohttp's answer alone is kept: what httpx2 and the openai package put around it is 5 KiB for as long as the model thinks.
    """
    answer = answer_below(stream.response)
    if answer is None or "content-encoding" in answer.headers:
        return _long_way(stream.response), stream

    def heard(events: list[bytes]) -> bool:
        text = reader.read_all(events)
        return text is not None and (not text or (hear is not None and hear(text)))

    def heard_read(read: bytes) -> bool | None:
        text = reader.known(read)
        return None if text is None else not text or (hear is not None and hear(text))

    return event_batches(answer, heard, heard_read), answer


def answer_below(response: httpx2.Response) -> aiohttp.ClientResponse | None:
    """aiohttp's answer inside of one that the openai package's transport gave; None when that has changed."""
    stream = getattr(response.stream, "_stream", None)
    answer = getattr(stream, "_aiohttp_response", None)
    return answer if isinstance(answer, aiohttp.ClientResponse) else None


async def _long_way(response: httpx2.Response) -> AsyncGenerator[list[bytes], None]:
    """Through httpx2: it knows how to decompress."""
    cutter = EventCutter()
    async for read in response.aiter_bytes():
        if events := cutter.cut(read):
            yield events


async def _drain(batches: AsyncGenerator[list[bytes], None]) -> None:
    """Read a response that is over to its end; what comes there, or fails, changes nothing any more."""
    with contextlib.suppress(httpx2.HTTPError, aiohttp.ClientError, TimeoutError):
        async with asyncio.timeout(DRAIN_SECONDS):
            async for _ in batches:
                pass
