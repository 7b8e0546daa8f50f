"""Small servers that answer a provider's request by hand, byte by byte."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Literal

import openai

from tools.providers.models.openai.chat import OpenAIProvider
from tools.providers.models.openai.stream import LeanChatOpenAI
from tools.providers.models.provider import ModelRequest
from tools.providers.models.settings import ModelSettings

Answer = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
End = Literal["talks on", "hangs up", "resets", "falls silent"]

REQUEST = ModelRequest(model="local", system="Be brief.", history=({"role": "user", "content": "Hello"},))
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
TEXT = b'data: {"id":"1","object":"chat.completion.chunk","created":1,"model":"local","choices":[{"index":0,"delta":{"content":"hi"}}]}\n\n'
LAST = TEXT.replace(b'{"content":"hi"}}', b'{},"finish_reason":"stop"}') + b"data: [DONE]\n\n"
WHOLE = b'{"id":"1","object":"chat.completion","created":1,"model":"local","choices":[{"index":0,"message":{"role":"assistant","content":"hi"},"finish_reason":"stop"}]}'


def chunk(data: bytes) -> bytes:
    """One chunk of a chunked answer."""
    return b"%x\r\n%s\r\n" % (len(data), data)


async def asked(reader: asyncio.StreamReader) -> tuple[list[str], bytes]:
    """One whole request: the lines of its head, and its body."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")[:-2]
    lengths = [int(line[15:]) for line in head if line.lower().startswith("content-length:")]
    return head, await reader.readexactly(sum(lengths))


def answer_with(body: bytes, status: int = 200, **headers: str) -> bytes:
    """A whole answer; names of headers are written with `_` for `-`."""
    lines = [f"HTTP/1.1 {status} So", f"Content-Length: {len(body)}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode() + body


def well_answered(body: bytes) -> bytes:
    """What a provider says to a request: events, or all at once."""
    return HEAD + chunk(TEXT) + chunk(LAST) + chunk(b"") if b'"stream":true' in body else answer_with(WHOLE)


@asynccontextmanager
async def listening(answer: Answer, *, tls: ssl.SSLContext | None = None) -> AsyncIterator[str]:
    """A server whose connections `answer` talks on; its URL."""

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await answer(reader, writer)
        except (asyncio.IncompleteReadError, ConnectionError):
            pass  # the client has gone
        finally:
            writer.close()

    server = await asyncio.start_server(talk, "127.0.0.1", 0, ssl=tls)
    async with server:
        yield f"{'https' if tls else 'http'}://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1"


@asynccontextmanager
async def provider_at(url: str, **changes: object) -> AsyncIterator[OpenAIProvider]:
    """A provider there."""
    values = {"OPENAI_API_KEY": "k", "OPENAI_BASE_URL": url, "OPENAI_MODEL": "local", **changes}
    provider = OpenAIProvider(ModelSettings.model_validate(values))
    try:
        yield provider
    finally:
        await provider.close()


@asynccontextmanager
async def chat_at(url: str, model: str = "local") -> AsyncIterator[LeanChatOpenAI]:
    """The product's own client of the openai package there."""
    async with openai.DefaultAioHttpClient() as client:
        yield LeanChatOpenAI(
            model=model,
            api_key="sandbox-key",
            base_url=url,
            use_responses_api=False,
            max_retries=0,
            stream_usage=True,
            http_async_client=client,
        )


STEPS = 30
"""Steps of the event loop that a client on it may need until it waits for more."""


class Playing:
    """Answers each request with the same writes, a moment apart."""

    def __init__(self, *writes: bytes, end: End = "talks on", pause: float = 0.03) -> None:
        """`end`: what comes after the writes. `pause` is in seconds."""
        self._writes = writes
        self._end = end
        self._pause = pause
        self.connections = 0

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection."""
        self.connections += 1
        while True:
            await asked(reader)
            for write in self._writes:
                writer.write(write)
                await writer.drain()
                await asyncio.sleep(self._pause)
                for _ in range(STEPS):  # so that a slow machine doesn't read two writes as one
                    await asyncio.sleep(0)
            if self._end == "falls silent":
                await reader.read()
            if self._end == "resets":
                writer.transport.abort()
            if self._end != "talks on":
                return


class Recording:
    """Answers well, and keeps what it was asked."""

    def __init__(self) -> None:
        self.requests: list[tuple[list[str], bytes]] = []
        self.connections = 0
        self.gone = asyncio.Event()
        """Set while the newest connection is closed."""

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection."""
        self.connections += 1
        self.gone.clear()
        try:
            while True:
                head, body = await asked(reader)
                self.requests.append((head, body))
                writer.write(self.said(head, body))
        finally:
            self.gone.set()

    def said(self, head: list[str], body: bytes) -> bytes:
        """The answer to one request."""
        return well_answered(body) if body else answer_with(b'{"object":"list","data":[]}')
