"""Letting a model write: its words are heard as they come, the whole of them is the node's result."""

from contextlib import aclosing

from agents.context import GraphContext
from agents.outreach.state import Refusal
from prompts import RenderedPrompt
from tools.messages.drafting import suppressed_by_now
from tools.outreach.drafter import Wish, Written
from tools.outreach.writing.letter import LONGEST, Hearing
from tools.outreach.writing.obstacles import forbidden
from tools.providers.models.provider import ChatMessage

REQUEST = "Write the message."


async def forbidden_by_now(context: GraphContext, wish: Wish) -> Refusal | None:
    """Asked before each call of a model: somebody may have been suppressed since the packet was gathered, an hour ago even."""
    async with context.database.unit_of_work() as uow:
        reason = await suppressed_by_now(uow, context.caller, wish, context.hashes)
    if reason is None:
        return None
    declined = forbidden(reason)
    return {"reason": declined.reason, "missing": list(declined.missing)}


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
