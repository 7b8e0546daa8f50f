"""How nodes speak: visible text goes out piece by piece, whole sentences of ours in one piece."""

from collections.abc import Sequence
from contextlib import aclosing

from agents.context import TurnContext
from agents.discovery.state import DiscoveryState, Message
from agents.events import TextDelta
from prompts import RenderedPrompt
from tools.providers.models.provider import ChatMessage


async def stream_text(
    context: TurnContext, prompt: RenderedPrompt, history: Sequence[ChatMessage], text_id: str
) -> str:
    """Let a model speak; all it said. Raises ModelFailure; what was said before stays said."""
    said: list[str] = []
    async with aclosing(context.models.stream(prompt, history, meter=context.meter)) as pieces:
        async for piece in pieces:
            said.append(piece)
            await context.emit(TextDelta(text_id, piece))
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
