"""Letting a model write: its words are heard as they come, the whole of them is the node's result."""

from contextlib import aclosing

from agents.context import GraphContext
from prompts import RenderedPrompt
from tools.outreach.drafter import Written
from tools.outreach.writing.letter import LONGEST, Hearing
from tools.providers.models.provider import ChatMessage

REQUEST = "Write the message."


async def answer(context: GraphContext, prompt: RenderedPrompt, *, again: bool = False) -> str:
    """The model's whole answer, at most `LONGEST` characters. Raises ModelFailure.

    `again`: it replaces what was heard before. So does an attempt that begins anew after a failure.
    """
    hearing, said, length = Hearing(), [], 0
    history: list[ChatMessage] = [{"role": "user", "content": REQUEST}]
    if again:
        await context.tell(Written("reset"))
    async with aclosing(context.models.stream(prompt, history, meter=context.meter)) as pieces:
        async for piece in pieces:
            said.append(piece)
            length += len(piece)
            await context.tell(*hearing.hear(piece))
            if length > LONGEST:
                break
    await context.tell(*hearing.end())
    return "".join(said)
