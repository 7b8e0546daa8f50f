"""Chat completions without the openai package's and LangChain's work on each call.

`create` walks the whole request by its type hints, and `ainvoke` tells callbacks, builds an object for each part of the
answer and hands it to a thread. The request is the one that langchain-openai makes, sent through the client's own connections
(`Endpoint`); the answer is read by orjson and turned into a message by langchain-openai. A contract test compares both with
the stock way.
"""

from collections.abc import AsyncIterator, Sequence
from typing import Any

import aiohttp
import orjson
from langchain_core.messages import AIMessage, BaseMessage
from langchain_openai import ChatOpenAI

from tools.providers.models.openai.endpoint import Endpoint


async def complete(
    chat: ChatOpenAI, endpoint: Endpoint, messages: Sequence[BaseMessage], **options: Any
) -> AIMessage:
    """What `ainvoke` gives, without callbacks. Raises what the openai and aiohttp packages raise; ValueError for garbage."""
    answer = orjson.loads(await endpoint.read(_body(chat, messages, options)))
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
    chat: ChatOpenAI, endpoint: Endpoint, messages: Sequence[BaseMessage], **options: Any
) -> aiohttp.ClientResponse:
    """The events that `create` asks for, with no limit of a wait for them. Raises what the openai and aiohttp packages raise."""
    options |= {"stream": True, "stream_options": {"include_usage": True}}
    body = [_body(chat, messages, options)]
    del messages
    return await endpoint.open(_sent_once(body), len(body[0]))


async def _sent_once(body: list[bytes]) -> AsyncIterator[bytes]:
    """The request, let go of as it is sent: as bytes the connection would hold it for as long as the model thinks."""
    yield body.pop()


def _body(chat: ChatOpenAI, messages: Sequence[BaseMessage], options: dict[str, Any]) -> bytes:
    """The request as langchain-openai makes it, with its extra fields where they belong.

    A copy, for orjson 3.13 gives back the whole room it wrote in: 256 KiB for 17 KB, held for as long as the model thinks.
    """
    payload = chat._get_request_payload(list(messages), **options)
    return bytes(memoryview(orjson.dumps(payload | payload.pop("extra_body", {}))))
