"""What the provider reads of an answer, or of an event of a stream that holds more than text."""

from typing import NamedTuple

from langchain_core.messages import AIMessage

from tools.providers.models.message_tokens import tokens_of
from tools.providers.models.provider import TokenCount


class Said(NamedTuple):
    """Text (possibly none), why the answer ended if it did, and the tokens if they were told."""

    text: str
    reason: str | None
    tokens: TokenCount | None
    refused: bool = False


def said_by(message: AIMessage) -> Said:
    """What one of LangChain's messages says."""
    return Said(
        str(message.text),
        message.response_metadata.get("finish_reason"),
        tokens_of(message),
        bool(message.additional_kwargs.get("refusal")),
    )
