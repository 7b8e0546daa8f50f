"""What a turn knows of the company: stored beside the talk and named by its state, loaded once for each run that needs it."""

import asyncio
from typing import Any
from weakref import WeakKeyDictionary

import orjson
import structlog
from sqlalchemy.exc import SQLAlchemyError

from agents.context import TurnContext
from agents.discovery.state import DiscoveryState, StoredState
from persistence.session import Database
from persistence.types import WorkspaceID
from tools.access import Caller
from tools.discovery.brief import CompanyBrief, load_brief
from tools.discovery.brief_rows import BriefReference, KeptBriefs, keep_brief, read_brief, reference_of
from tools.read_models import InTransaction

log = structlog.get_logger(__name__)

AHEAD = "brief"
"""Name of a brief that is being read, in a context's `loaded`."""

_KEPT: WeakKeyDictionary[Database, KeptBriefs] = WeakKeyDictionary()


def read_ahead(database: Database, caller: Caller, workspace_id: WorkspaceID) -> dict[str, Any]:
    """Begin to read what is stored now, for `begin_brief` to find it in a context's `loaded`."""
    reading = asyncio.create_task(load_brief(database.direct, caller, workspace_id), name="brief-ahead")
    # The turn may be refused in the meantime: then nobody asks what became of it.
    reading.add_done_callback(lambda task: task.cancelled() or task.exception())
    return {AHEAD: reading}


async def begin_brief(state: StoredState, context: TurnContext) -> tuple[CompanyBrief, BriefReference]:
    """What is stored now, and the name under which this turn finds it again. Raises NotFound when the workspace is gone."""
    brief = await _stored(context)
    reference = reference_of(brief)
    kept = _KEPT.setdefault(context.database, KeptBriefs())
    if reference != state.get("company") and not kept.holds(context.workspace_id, reference):
        async with context.database.unit_of_work() as uow:
            # One statement; a part that is stored although the turn goes no further harms nobody.
            await uow.autocommit()
            await keep_brief(uow, context.workspace_id, brief)
        kept.note(context.workspace_id, reference)
    _hold(context, reference, brief)
    return brief, reference


async def informed(state: StoredState, context: TurnContext) -> DiscoveryState:
    """The state with the brief that it names: what the turn began with, in whichever process it goes on.

    Raises NotFound when that is not stored any more.
    """
    reference = state["company"]
    packed: bytes | None = context.loaded.get(_key(reference))
    if packed is not None:
        brief: CompanyBrief = orjson.loads(packed)
    else:
        async with context.database.unit_of_work() as uow:
            brief = await read_brief(uow, context.workspace_id, reference)
        _hold(context, reference, brief)
    return {**state, "brief": brief}


def _hold(context: TurnContext, reference: BriefReference, brief: CompanyBrief) -> None:
    """Keep it for the run's other nodes, as text: its objects would take twice the memory for as long as a model speaks."""
    # A copy, for orjson gives back the whole room it wrote in.
    context.loaded[_key(reference)] = bytes(memoryview(orjson.dumps(brief)))


async def _stored(context: TurnContext) -> CompanyBrief:
    """What was read ahead; if that failed, or nothing was, what is read now."""
    reading = context.loaded.pop(AHEAD, None)
    if reading is not None:
        try:
            brief: CompanyBrief = await reading
        except (SQLAlchemyError, OSError) as error:
            log.info("discovery.brief_not_ahead", error=type(error).__name__)
        else:
            return brief
    async with context.database.unit_of_work() as uow:
        await uow.autocommit()
        return await load_brief(InTransaction(uow), context.caller, context.workspace_id)


def _key(reference: BriefReference) -> str:
    return "brief:" + ":".join([reference[name] for name in sorted(reference)])
