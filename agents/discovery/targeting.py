"""Search filters for experiments that were just saved: part of what the founder agreed to, free of credits, said in our words."""

from typing import Any

from agents.context import TurnContext
from agents.discovery import speaking
from agents.discovery.state import Action, DiscoveryState
from agents.events import NodeEntered, ToolCalled, ToolResult
from tools.experiments.sentences import sentence
from tools.filters.sets import SetTargeting
from tools.providers.wiza.errors import WizaClosed

PATIENCE = 45.0
"""Seconds; a founder waits, and filters can be found later on each experiment."""


async def target(state: DiscoveryState, context: TurnContext, action: Action, result: dict[str, Any]) -> str:
    """Find filters for what was saved, and say what came of it; what was said. Raises LeaseLost."""
    ids: list[int] = result.get("experimentIds", [])
    if not ids or not _can_search(context):
        return ""
    call = f"{action['tool_call_id']}-filters"
    await context.emit(NodeEntered("execution", "Finding search filters"))
    await context.emit(ToolCalled(call, "find_filters", {"experimentIds": ids}))
    targeting = SetTargeting(
        context.database, context.filters, context.caller, context.workspace_id, context.guard
    )
    targeted = await targeting.find(ids, seconds=PATIENCE)
    output = {"filters": targeted.found, "missing": targeted.missing}
    if targeted.missing and not targeted.found:
        await context.emit(ToolResult(call, error=targeted.why or "Filters could not be found in time."))
        return ""
    await context.emit(ToolResult(call, output=output))
    return await _say(state, context, len(ids) - len(targeted.missing), len(ids))


def _can_search(context: TurnContext) -> bool:
    """Whether this installation has a Wiza: one without is no failure that a founder should be told of."""
    try:
        context.filters.require_key()
    except WizaClosed:
        return False
    return True


async def _say(state: DiscoveryState, context: TurnContext, count: int, of: int) -> str:
    said = f"\n\n{sentence('targeted', state['talk']['language'], count=count, of=of)}"
    await speaking.say(context, said, speaking.text_id(state, "filters"))
    return said
