"""How nodes speak: visible text goes out piece by piece, whole sentences of ours in one piece."""

from collections.abc import Sequence
from contextlib import aclosing

import structlog

from agents.context import TurnContext
from agents.discovery.dictation import Dictated, Speech
from agents.discovery.state import DiscoveryState, Message
from agents.events import TextDelta
from prompts import RenderedPrompt
from tools.experiments.sentences import sentence
from tools.providers.models.provider import ChatMessage

log = structlog.get_logger(__name__)


async def stream_text(
    context: TurnContext,
    prompt: RenderedPrompt,
    history: Sequence[ChatMessage],
    text_id: str,
    language: str,
    *,
    lent: str = "",
) -> str:
    """Let a model speak; all that was shown of it. Raises ModelFailure; what was said before stays said.

    The provider's stream is closed in any case. Words that are not the model's own, nor `lent` to it by the prompt, are left out, and the founder is told so in ours.
    """
    speech = Speech(prompt, [message["content"] for message in history if message["role"] == "user"], lent)
    said: list[str] = []
    try:
        async with aclosing(context.models.stream(prompt, history, meter=context.meter)) as pieces:
            async for piece in pieces:
                if shown := speech.hear(piece):
                    said.append(shown)
                    await context.emit(TextDelta(text_id, shown))
        if rest := speech.end():
            said.append(rest)
            await context.emit(TextDelta(text_id, rest))
    except Dictated:
        log.warning("discovery.dictated", prompt=prompt.tag)
        said.append(f"{chr(10) * 2 if said else ''}{sentence('left_aside', language)}")
        await context.emit(TextDelta(text_id, said[-1]))
    return "".join(said)


async def say(context: TurnContext, text: str, text_id: str) -> None:
    """Show a finished text."""
    await context.emit(TextDelta(text_id, text))


def text_id(state: DiscoveryState, node: str) -> str:
    """The id of a node's part of the message: the same when the node runs again."""
    return f"{state['turn']['message_id']}-{node}"


def spoken_message(state: DiscoveryState, text: str, turn_id: str) -> Message:
    """What the agent said, as it is kept in the window."""
    number = state["talk"]["number"]
    return Message(role="assistant", content=text, number=number, turn_id=turn_id, order=False)
