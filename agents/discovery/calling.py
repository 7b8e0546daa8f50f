"""Announces an action before the node that carries it out: that node runs again after an approval, and must not say it twice."""

from agents.context import TurnContext
from agents.discovery.state import Action
from agents.events import ToolCalled

SUMMARIES = {
    "save_experiments": "Save these experiments to the workspace",
    "replace_experiments": "Save these experiments in the place of the earlier ones, which are deleted",
    "delete_experiments": "Delete these saved experiments",
}


async def announce(context: TurnContext, action: Action) -> None:
    """Tell readers which tool is called, with what."""
    await context.emit(ToolCalled(action["tool_call_id"], action["tool"], action_input(action)))


def action_input(action: Action) -> dict[str, object]:
    """What people see of an action: names and ids, no content."""
    return {"experiments": action["names"], "experimentIds": action["experiment_ids"]}


def summary(action: Action) -> str:
    """The action in one sentence, for the approval."""
    return f"{SUMMARIES[action['tool']]}: {'; '.join(action['names'])}"
