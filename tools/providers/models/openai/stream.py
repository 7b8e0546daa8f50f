"""The openai package's streams without its objects for each piece: text and a plain end are read by orjson, all else goes
the stock way.

It leans on little: that the stock classes read one event as well as many, and that langchain-openai turns a chunk into a
message. A contract test fails when that changes.
"""

import asyncio
import contextlib
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from functools import cached_property
from typing import Any, cast

import aiohttp
import httpx2
from langchain_core.messages import AIMessageChunk
from langchain_openai import ChatOpenAI
from openai import AsyncStream
from openai.types.chat import ChatCompletionChunk

from tools.providers.models.openai import post
from tools.providers.models.openai.endpoint import Endpoint
from tools.providers.models.openai.events import TextReader, is_last
from tools.providers.models.openai.plain import plain_end
from tools.providers.models.openai.post import Message, RequestForm
from tools.providers.models.openai.reads import HearEvents, HearRead, event_batches
from tools.providers.models.openai.said import Said, said_by
from tools.providers.models.provider import Hear

DRAIN_SECONDS = 0.1
"""What a response gets to end by itself after its last event, so that its connection can be used again."""


ASKED = httpx2.Request("POST", "http://stream/chat/completions")
"""What the stock classes want to hear of the request when they read one event of its answer."""


class LeanChatOpenAI(ChatOpenAI):
    """ChatOpenAI with a shorter way to an answer, whole or streamed. Its `http_async_client` is a `DefaultAioHttpClient`."""

    @cached_property
    def endpoint(self) -> Endpoint:
        """Where it asks."""
        return Endpoint(self.root_async_client, cast("httpx2.AsyncClient", self.http_async_client))

    @cached_property
    def form(self) -> RequestForm:
        """What it asks."""
        return RequestForm.of(self)

    async def complete(self, messages: Sequence[Message], **options: Any) -> Said:
        """See `post.complete`."""
        return await post.complete(self, self.endpoint, self.form, messages, **options)

    async def stream_parts(
        self, messages: Sequence[Message], *, hear: Hear | None = None, **options: Any
    ) -> AsyncGenerator[str | Said, None]:
        """What `astream` gives, but the text that one network read brought as one plain string, offered to `hear` first.

        What holds more than text comes as what the message says that `astream` would give. Callbacks are not called.
        Raises what the openai and aiohttp packages raise.
        """
        opening = post.open_stream(self.endpoint, self.form, messages, **options)
        del messages
        reader, answer, ended = TextReader(), await opening, False
        batches = event_batches(answer, *_hearing(reader, hear))
        async with answer, aclosing(batches):
            async for events in batches:
                text = ""
                for event in events:
                    # Behind the end of the text there is none, most likely.
                    piece = None if ended else reader.read(event)
                    if piece is not None:
                        text += piece
                        continue
                    if text:
                        yield text
                        text = ""
                    if is_last(event):
                        if not answer.content.at_eof():
                            await _drain(batches)
                        return
                    said = plain_end(event) or await self.stock_said(event)
                    if said is not None:
                        ended = ended or said.reason is not None
                        yield said
                if text:
                    yield text

    async def stock_said(self, event: bytes) -> Said | None:
        """What the message says that the stock classes make of one event, if any. Raises what they raise."""
        response = httpx2.Response(200, content=event + b"\n\n", request=ASKED)
        alone = AsyncStream(cast_to=ChatCompletionChunk, response=response, client=self.root_async_client)
        chunks = [chunk.model_dump() async for chunk in alone]
        if not chunks:
            return None
        generation = self._convert_chunk_to_generation_chunk(chunks[0], AIMessageChunk, None)
        if generation is None or not isinstance(generation.message, AIMessageChunk):
            return None
        generation.message.response_metadata |= generation.generation_info or {}
        return said_by(generation.message)


def _hearing(reader: TextReader, hear: Hear | None) -> tuple[HearEvents, HearRead]:
    """Offer `hear` the text of events, when that is all they hold, and of a read that need not be cut."""

    def heard(events: list[bytes]) -> bool:
        text = reader.read_all(events)
        return text is not None and (not text or (hear is not None and hear(text)))

    def heard_read(read: bytes) -> bool | None:
        text = reader.known(read)
        return None if text is None else not text or (hear is not None and hear(text))

    return heard, heard_read


async def _drain(batches: AsyncGenerator[list[bytes], None]) -> None:
    """Read a response that is over to its end; what comes there, or fails, changes nothing any more."""
    with contextlib.suppress(aiohttp.ClientError, TimeoutError):
        async with asyncio.timeout(DRAIN_SECONDS):
            async for _ in batches:
                pass
