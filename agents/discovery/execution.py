"""Execution: waits for the user's approval, carries out what was approved, says what happened, and finds the filters of what
was saved. The only node that writes.

It runs again from its top after an approval or a crash, so nothing is announced here, and carrying out happens at most once.
"""

from typing import Any

import structlog
from langgraph.runtime import Runtime
from langgraph.types import interrupt
from pydantic import BaseModel, ConfigDict, Field

from agents.context import TurnContext
from agents.discovery import calling, memory, speaking, views
from agents.discovery.briefing import informed
from agents.discovery.state import Action, DiscoveryState, StoredState
from agents.discovery.targeting import target
from agents.events import NodeEntered, ToolResult
from persistence.types import ExperimentID
from prompts import render
from tools.discovery.actions import Order, carry_out, note_declined
from tools.errors import ProviderUnavailable, QuiverError
from tools.experiments.sentences import SentenceName, sentence

log = structlog.get_logger(__name__)


class ApprovalReply(BaseModel):
    """The answer to an approval: the form that clients render."""

    model_config = ConfigDict(extra="forbid")

    approved: bool = Field(description="Whether the action may be carried out.")
    reason: str | None = Field(
        default=None, max_length=2000, description="What should be different, when it may not."
    )


async def execution(state: StoredState, runtime: Runtime[TurnContext]) -> dict[str, Any]:
    """Carry out the turn's action. Raises LeaseLost; a domain error is told to the user, and nothing is changed."""
    context = runtime.context
    now = await informed(state, context)
    action = now["action"]
    assert action is not None
    reply = ApprovalReply(approved=True) if action["asked_by_user"] else _approval(action)
    await context.emit(
        NodeEntered("execution", "Carrying it out" if reply.approved else "Leaving it as it is")
    )
    outcome, result, reason = await _carry_out(now, context, action, reply)
    said, tag = await _tell(now, context, action, outcome, reason)
    said += await target(now, context, action, result)
    return {
        **_after(now, action, outcome, result),
        "messages": memory.add_message(now["messages"], speaking.spoken_message(now, said, context.turn_id)),
        "action": None,
        "prompt_tags": [*now["prompt_tags"], tag],
    }


def _approval(action: Action) -> ApprovalReply:
    """Stop here until the user answers. What the client echoes is never used: the action is the state's."""
    request = {
        "action": action["tool"],
        "summary": calling.summary(action),
        "toolCallId": action["tool_call_id"],
        "input": calling.action_input(action),
    }
    return interrupt(request, response_schema=ApprovalReply)


async def _carry_out(
    state: DiscoveryState, context: TurnContext, action: Action, reply: ApprovalReply
) -> tuple[str, dict[str, Any], str]:
    """Outcome (done, declined, failed), what it gave, and the reason when it was not done."""
    style = state.get("style")
    order = Order(
        session_id=context.session_id,
        turn_id=context.turn_id,
        tool=action["tool"],
        tool_call_id=action["tool_call_id"],
        experiment_ids=[ExperimentID(number) for number in action["experiment_ids"]],
        drafts=state.get("experiments", []),
        style_guide=style["guide"] if style else None,
    )
    try:
        async with context.database.unit_of_work() as uow:
            await context.guard(uow)
            if not reply.approved:
                await note_declined(uow, context.caller, context.workspace_id, order)
                return "declined", {}, reply.reason or ""
            result = await carry_out(uow, context.caller, context.workspace_id, order)
    except QuiverError as error:
        log.warning("discovery.action_failed", tool=action["tool"], code=error.error_code)
        await context.emit(ToolResult(action["tool_call_id"], error=error.message))
        return "failed", {}, error.message
    await context.emit(ToolResult(action["tool_call_id"], output=result))
    return "done", result, ""


async def _tell(
    state: DiscoveryState, context: TurnContext, action: Action, outcome: str, reason: str
) -> tuple[str, str]:
    """Say what happened; the text and the prompt's tag. What was done stays done when the model can't say so."""
    proposal = state.get("proposal")
    samples = [item["design"]["minimumSample"] for item in state.get("experiments", [])]
    prompt = render(
        "discovery/execution",
        tool=action["tool"],
        outcome=outcome,
        names=action["names"],
        count=len(action["names"]),
        reason=reason,
        pre_evidence=bool(proposal and proposal["pre_evidence"]),
        needed=samples[0] if samples else 0,
        language=views.language(state),
    )
    part = speaking.text_id(state, f"execution-{outcome}")
    try:
        asked, language = memory.newest_words(state["messages"]), state["talk"]["language"]
        said = await speaking.stream_text(context, prompt, asked, part, language)
    except ProviderUnavailable as error:
        log.warning("discovery.execution_untold", code=error.error_code)
        said = f"\n\n{_plain_words(state, action, outcome, reason)}"
        await speaking.say(context, said, part)
    return said, prompt.tag


def _plain_words(state: DiscoveryState, action: Action, outcome: str, reason: str) -> str:
    """Our own words for what happened, for when no model can speak."""
    if outcome != "done":
        return reason or sentence("nothing_changed", state["talk"]["language"])
    name: SentenceName = "deleted" if action["tool"] == "delete_experiments" else "saved"
    return sentence(name, state["talk"]["language"], count=len(action["names"]))


def _after(state: DiscoveryState, action: Action, outcome: str, result: dict[str, Any]) -> dict[str, Any]:
    """What became of the proposed set."""
    proposal = state.get("proposal")
    if action["tool"] == "delete_experiments" or proposal is None or outcome == "failed":
        return {}
    if outcome == "declined":
        return {"proposal": {**proposal, "status": "declined"}}
    return {"proposal": {**proposal, "status": "saved"}, "saved_ids": result["experimentIds"]}
