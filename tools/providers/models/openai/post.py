"""Chat completions without the openai package's and LangChain's work on each call.

`create` walks the whole request by its type hints, and `ainvoke` tells callbacks, builds an object for each message and each
part of the answer and hands it to a thread. The request has the form that langchain-openai gives it (`RequestForm`), and goes
through the client's own connections (`Endpoint`); the answer is read by orjson, and turned into a message by langchain-openai
where it is no plain one. A contract test compares both with the stock way.
"""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import aiohttp
import orjson
from langchain_core.messages import AIMessage
from langchain_openai import ChatOpenAI

from tools.providers.models.openai.endpoint import Endpoint
from tools.providers.models.openai.plain import plain_answer
from tools.providers.models.openai.said import Said, said_by

Message: TypeAlias = dict[str, Any]
"""`role` (system, user, assistant) and `content`."""
ROLES = ("system", "user", "assistant")


@dataclass(frozen=True, slots=True)
class RequestForm:
    """What a chat's requests have in common, as langchain-openai makes them: fields, and a message of each role but for its text.

    Some models call a role otherwise.
    """

    fields: Mapping[str, Any]
    messages: Mapping[str, Mapping[str, str]]

    @classmethod
    def of(cls, chat: ChatOpenAI) -> "RequestForm":
        """Taken from one request that is not sent."""
        fields = chat._get_request_payload([{"role": role, "content": role} for role in ROLES])
        return cls(fields, dict(zip(ROLES, fields.pop("messages"), strict=True)))

    def body(self, messages: Sequence[Message], options: dict[str, Any]) -> bytes:
        """The request with these messages and further fields, `extra_body` where it belongs.

        A copy, for orjson 3.13 gives back the whole room it wrote in: 256 KiB for 17 KB, held for as long as the model thinks.
        """
        said = [{**self.messages[message["role"]], "content": message["content"]} for message in messages]
        extra = options.pop("extra_body", {})
        return bytes(memoryview(orjson.dumps({**self.fields, **options, **extra, "messages": said})))


async def complete(
    chat: ChatOpenAI, endpoint: Endpoint, form: RequestForm, messages: Sequence[Message], **options: Any
) -> Said:
    """What the message says that `ainvoke` gives, without callbacks.

    Raises what the openai and aiohttp packages raise; ValueError for garbage.
    """
    answer = orjson.loads(await endpoint.read(form.body(messages, options)))
    return plain_answer(answer) or said_by(message_of(chat, answer))


def message_of(chat: ChatOpenAI, answer: dict[str, Any]) -> AIMessage:
    """The message that langchain-openai makes of an answer. Raises ValueError, TypeError or KeyError for garbage."""
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
    endpoint: Endpoint, form: RequestForm, messages: Sequence[Message], **options: Any
) -> aiohttp.ClientResponse:
    """The events that `create` asks for, with no limit of a wait for them. Raises what the openai and aiohttp packages raise."""
    options |= {"stream": True, "stream_options": {"include_usage": True}}
    body = [form.body(messages, options)]
    del messages
    return await endpoint.open(_sent_once(body), len(body[0]))


async def _sent_once(body: list[bytes]) -> AsyncIterator[bytes]:
    """The request, let go of as it is sent: as bytes the connection would hold it for as long as the model thinks."""
    yield body.pop()
