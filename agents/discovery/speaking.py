"""How nodes speak: visible text goes out piece by piece, whole sentences of ours in one piece."""

from collections.abc import Sequence
from contextlib import aclosing

import structlog

from agents.context import TurnContext
from agents.discovery.state import DiscoveryState, Message
from agents.discovery.words.dictation import Dictated, Speech
from agents.events import TextDelta
from prompts import RenderedPrompt
from tools.experiments.sentences import sentence
from tools.providers.models.failure import ModelFailure
from tools.providers.models.provider import ChatMessage

log = structlog.get_logger(__name__)


class _Saying:
    """One part of the message on its way to people: what was said, and what is still to be."""

    def __init__(self, context: TurnContext, text_id: str, speech: Speech) -> None:
        self.said: list[str] = []
        self._unsaid = ""
        self._context = context
        self._text_id = text_id
        self._speech = speech

    def hear(self, piece: str) -> bool:
        """Say a piece of the model's where it was read; see `Hear`. What can't be said there is said before the next."""
        if self._unsaid:
            return False
        try:
            text = self._speech.hear(piece)
        except Dictated:
            return False  # and raised again to whoever gets the piece
        if text and self._context.tell(TextDelta(self._text_id, text)):
            self.said.append(text)
        else:
            self._unsaid = text
        return True

    async def say(self, text: str) -> None:
        """Show a text, behind what is still to be said."""
        text, self._unsaid = self._unsaid + text, ""
        if text:
            self.said.append(text)
            await self._context.emit(TextDelta(self._text_id, text))


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
    saying = _Saying(context, text_id, speech)
    stream = context.models.stream(prompt, history, meter=context.meter, hear=saying.hear)
    try:
        async with aclosing(stream) as pieces:
            async for piece in pieces:
                await saying.say(speech.hear(piece))
        await saying.say(speech.end())
    except ModelFailure:
        await saying.say("")
        raise
    except Dictated:
        log.warning("discovery.dictated", prompt=prompt.tag)
        await saying.say("")
        await saying.say(f"{chr(10) * 2 if saying.said else ''}{sentence('left_aside', language)}")
    return "".join(saying.said)


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
