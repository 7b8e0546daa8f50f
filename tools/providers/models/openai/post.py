"""Chat completions through the openai package's client, without its and LangChain's work on each call.

`create` walks the whole request by its type hints, and `ainvoke` tells callbacks, builds an object for each part of the
answer and hands it to a thread. The request is the one that langchain-openai makes, sent by the client's own `post` (its
connections, headers and errors); the answer is read by orjson and turned into a message by langchain-openai. A contract
test compares both with the stock way.
"""

from collections.abc import AsyncIterator, Sequence
from typing import Any

import httpx2
import orjson
from langchain_core.messages import AIMessage, BaseMessage
from langchain_openai import ChatOpenAI
from openai import AsyncStream
from openai.types.chat import ChatCompletionChunk

PATH = "/chat/completions"
OPTIONS: Any = {"security": {"bearer_auth": True}}
"""As the package's own `create` signs in."""


async def complete(chat: ChatOpenAI, messages: Sequence[BaseMessage], **options: Any) -> AIMessage:
    """What `ainvoke` gives, without callbacks. Raises what the openai and httpx2 packages raise; ValueError for garbage."""
    response = await chat.root_async_client.post(
        PATH, cast_to=httpx2.Response, content=_body(chat, messages, options), options=OPTIONS
    )
    answer = orjson.loads(response.content)
    [generation] = chat._create_chat_result(answer).generations
    message = generation.message
    if not isinstance(message, AIMessage):
        raise TypeError(type(message).__name__)
    # LangChain takes this one from the package's object alone.
    if refusal := answer["choices"][0]["message"].get("refusal"):
        message.additional_kwargs["refusal"] = refusal
    message.response_metadata |= generation.generation_info or {}
    return message


async def open_stream(
    chat: ChatOpenAI, messages: Sequence[BaseMessage], **options: Any
) -> AsyncStream[ChatCompletionChunk]:
    """The stream that `create` gives, with no limit of a wait for its parts. Raises what the openai and httpx2 packages raise."""
    options |= {"stream": True, "stream_options": {"include_usage": True}}
    client = chat.root_async_client
    body = [_body(chat, messages, options)]
    del messages
    stream: AsyncStream[ChatCompletionChunk] = await client.post(
        PATH,
        cast_to=ChatCompletionChunk,
        content=_sent_once(body),
        options={
            **OPTIONS,
            "headers": {"Content-Length": str(len(body[0]))},
            "timeout": _for_patient(httpx2.Timeout(client.timeout)),
        },
        stream=True,
        stream_cls=AsyncStream[ChatCompletionChunk],
    )
    return stream


def _for_patient(timeout: httpx2.Timeout) -> httpx2.Timeout:
    """The same for who bounds each wait themselves: aiohttp would set a timer anew at each read."""
    return httpx2.Timeout(connect=timeout.connect, read=None, write=timeout.write, pool=timeout.pool)


async def _sent_once(body: list[bytes]) -> AsyncIterator[bytes]:
    """The request, let go of as it is sent: as bytes the connection would hold it for as long as the model thinks."""
    yield body.pop()


def _body(chat: ChatOpenAI, messages: Sequence[BaseMessage], options: dict[str, Any]) -> bytes:
    """The request as langchain-openai makes it, with its extra fields where they belong.

    A copy, for orjson 3.13 gives back the whole room it wrote in: 256 KiB for 17 KB, held for as long as the model thinks.
    """
    payload = chat._get_request_payload(list(messages), **options)
    return bytes(memoryview(orjson.dumps(payload | payload.pop("extra_body", {}))))
