"""What a turn knows of the company: stored beside the talk and named by its state, loaded once for each run that needs it."""

from agents.context import TurnContext
from agents.discovery.state import DiscoveryState, StoredState
from tools.discovery.brief import CompanyBrief, load_brief
from tools.discovery.brief_rows import BriefReference, keep_brief, read_brief, reference_of


async def begin_brief(state: StoredState, context: TurnContext) -> tuple[CompanyBrief, BriefReference]:
    """What is stored now, and the name under which this turn finds it again. Raises NotFound when the workspace is gone."""
    async with context.database.unit_of_work() as uow:
        # What is read is one statement, and a part that is stored although the turn goes no further harms nobody.
        await uow.autocommit()
        brief = await load_brief(uow, context.caller, context.workspace_id)
        reference = reference_of(brief)
        if reference != state.get("company"):
            await keep_brief(uow, context.workspace_id, brief)
    context.loaded[_key(reference)] = brief
    return brief, reference


async def informed(state: StoredState, context: TurnContext) -> DiscoveryState:
    """The state with the brief that it names: what the turn began with, in whichever process it goes on.

    Raises NotFound when that is not stored any more.
    """
    reference = state["company"]
    brief = context.loaded.get(_key(reference))
    if brief is None:
        async with context.database.unit_of_work() as uow:
            brief = await read_brief(uow, context.workspace_id, reference)
        context.loaded[_key(reference)] = brief
    return {**state, "brief": brief}


def _key(reference: BriefReference) -> str:
    return "brief:" + ":".join(reference[name] for name in sorted(reference))
