"""What a turn knows of the company: stored beside the talk and named by its state, loaded once for each run that needs it."""

import asyncio
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

import structlog
from sqlalchemy.exc import SQLAlchemyError

from agents.context import TurnContext
from agents.discovery.state import DiscoveryState, StoredState
from persistence.session import Database
from persistence.types import WorkspaceID
from tools.access import Caller
from tools.discovery.brief import CompanyBrief
from tools.discovery.brief_rows import BriefReference, keep_brief, read_brief
from tools.discovery.shared_briefs import KeptBrief, KeptBriefs
from tools.read_models import InTransaction

log = structlog.get_logger(__name__)

AHEAD = "brief"
"""Name of a brief that is being read, in a context's `loaded`."""

HELD = "company"
"""Name of what a run's nodes know of the company, in a context's `loaded`."""


@dataclass(frozen=True)
class _ReadBrief:
    """What a turn knew that goes on in this process."""

    reference: BriefReference
    brief: CompanyBrief


_KEPT: WeakKeyDictionary[Database, KeptBriefs] = WeakKeyDictionary()


def read_ahead(database: Database, caller: Caller, workspace_id: WorkspaceID) -> dict[str, Any]:
    """Begin to read what is stored now, for `begin_brief` to find it in a context's `loaded`."""
    reading = asyncio.create_task(
        _kept(database).load(database.direct, caller, workspace_id), name="brief-ahead"
    )
    # The turn may be refused in the meantime: then nobody asks what became of it.
    reading.add_done_callback(lambda task: task.cancelled() or task.exception())
    return {AHEAD: reading}


async def begin_brief(state: StoredState, context: TurnContext) -> tuple[CompanyBrief, BriefReference]:
    """What is stored now, and the name under which this turn finds it again. Raises NotFound when the workspace is gone."""
    kept = await _newest(context)
    if kept.reference != state.get("company") and not kept.stored:
        async with context.database.unit_of_work() as uow:
            # One statement; a part that is stored although the turn goes no further harms nobody.
            await uow.autocommit()
            await keep_brief(uow, context.workspace_id, kept.brief)
        kept.stored = True
    context.loaded[HELD] = kept
    return kept.brief, kept.reference


async def informed(state: StoredState, context: TurnContext) -> DiscoveryState:
    """The state with the brief that it names: what the turn began with, in whichever process it goes on.

    Raises NotFound when that is not stored any more.
    """
    held: KeptBrief | _ReadBrief | None = context.loaded.get(HELD)
    if held is None or held.reference != state["company"]:
        async with context.database.unit_of_work() as uow:
            brief = await read_brief(uow, context.workspace_id, state["company"])
        held = context.loaded[HELD] = _ReadBrief(state["company"], brief)
    return {**state, "brief": held.brief}


async def _newest(context: TurnContext) -> KeptBrief:
    """What was read ahead; if that failed, or nothing was, what is read now."""
    reading = context.loaded.pop(AHEAD, None)
    if reading is not None:
        try:
            ahead: KeptBrief = await reading
        except (SQLAlchemyError, OSError) as error:
            log.info("discovery.brief_not_ahead", error=type(error).__name__)
        else:
            return ahead
    async with context.database.unit_of_work() as uow:
        await uow.autocommit()
        return await _kept(context.database).load(InTransaction(uow), context.caller, context.workspace_id)


def _kept(database: Database) -> KeptBriefs:
    kept = _KEPT.get(database)
    if kept is None:
        kept = _KEPT[database] = KeptBriefs()
    return kept
