"""A status of failure raises what the openai package's client raises, whole or streamed."""

import asyncio
import gzip
from collections.abc import AsyncIterator
from typing import Any

import openai
import pytest

from tests.contract.models.hand_made import answer_with, asked, chat_at, listening
from tools.providers.models.openai.stream import LeanChatOpenAI

TALK = [{"role": "user", "content": "Hello"}]
ERROR = b'{"error":{"message":"No such key.","type":"invalid_request_error","code":"invalid_api_key","param":"key"}}'
HEADERS = {
    "Content_Type": "application/json",
    "Retry_After": "2",
    "x_request_id": "req_1",
    "Set_Cookie": "a=b",
}
ANSWERS = [
    *(answer_with(ERROR, status, **HEADERS) for status in (400, 401, 403, 404, 408, 409, 422, 429, 500, 503)),
    answer_with(gzip.compress(ERROR), 429, Content_Encoding="gzip", **HEADERS),
    answer_with(b"<html>Bad gateway</html>", 502, Content_Type="text/html"),
    answer_with("Größer".encode("latin-1"), 413, Content_Type="text/plain; charset=latin-1"),
    answer_with(b'["no object"]', 500),
    answer_with(ERROR, 503, Server="Größer").decode().encode("latin-1"),
    answer_with(b"", 503),
    answer_with(b"", 304),
    answer_with(b"", 302),
]


async def _ours_whole(chat: LeanChatOpenAI) -> None:
    await chat.complete(TALK)


async def _ours_streamed(chat: LeanChatOpenAI) -> None:
    async for _ in chat.stream_parts(TALK):
        pass


async def _stock(chat: LeanChatOpenAI, **options: Any) -> None:
    messages: Any = [{"role": "user", "content": "Hello"}]
    await chat.root_async_client.chat.completions.create(model="local", messages=messages, **options)


@pytest.mark.parametrize("answer", ANSWERS, ids=lambda answer: answer[:60].decode("latin-1"))
async def test_a_status_is_the_error_that_it_is_for_the_client(answer: bytes) -> None:
    async def says_so(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            await asked(reader)
            writer.write(answer)

    async with listening(says_so) as url, chat_at(url) as chat:
        stock = [what async for what in raised(_stock(chat), _stock(chat, stream=True))]
        ours = [what async for what in raised(_ours_whole(chat), _ours_streamed(chat))]
    assert ours == stock


async def raised(*asking: Any) -> AsyncIterator[dict[str, Any]]:
    """All that can be seen of the errors."""
    for ask in asking:
        with pytest.raises(openai.APIStatusError) as failed:
            await ask
        error = failed.value
        headers = {
            name: value for name, value in error.response.headers.items() if name != "content-encoding"
        }
        yield {
            **vars(error),
            "class": type(error),
            "text": str(error),
            "response": (error.response.status_code, error.response.text, headers),
            "request": (error.request.method, error.request.url),
        }
