"""The state that a new thread begins with, out of our tables: they hold what every turn left, whatever becomes of checkpoints."""

from typing import Any
from uuid import UUID, uuid4

import structlog

from agents.turns import metrics
from agents.turns.state_shape import StateShape, UnreadableState
from persistence.session import Database, UnitOfWork
from tools.errors import Conflict
from tools.turns.forks import runs_back
from tools.turns.requests import OpenedTurn
from tools.turns.states import read_state
from tools.turns.stored_talk import imported_messages, recorded_messages
from tools.turns.takeover import restart_elsewhere

log = structlog.get_logger(__name__)

Json = dict[str, Any]

TRIES = 30
"""Broken states to look past: states that build on one another reach back less far."""


async def begin_again(opened: OpenedTurn, database: Database) -> OpenedTurn:
    """The turn in a new thread that begins with what the turn before it left. Raises LeaseLost, a database's error."""
    async with database.unit_of_work() as uow:
        return await restart_elsewhere(uow, opened, uuid4(), opened.seed or opened.after)


async def seed_state(uow: UnitOfWork, opened: OpenedTurn, shape: StateShape) -> Json:
    """The state that the run `opened.seed` left. Where that can't be read, the newest one before it that can, told of what
    was said since; at worst nothing but the talk.
    """
    assert opened.seed is not None
    try:
        return await _read(uow, opened.seed, shape)
    except (UnreadableState, Conflict) as error:
        note_unreadable(opened, error)
    state, skipped = await _older(uow, opened, shape)
    said = await recorded_messages(uow, opened.session_id, skipped, keep=opened.keep_messages)
    return shape.catch_up(state, said)


def note_unreadable(opened: OpenedTurn, error: UnreadableState | Conflict) -> None:
    """Tell operators that a talk goes on from something older than it had."""
    why = error.why if isinstance(error, UnreadableState) else "gone"
    metrics.UNREADABLE.labels(why).inc()
    log.warning("turn.state_unreadable", turn_id=str(opened.turn_id), why=why)


async def _read(uow: UnitOfWork, run_id: UUID, shape: StateShape) -> Json:
    stored = await read_state(uow, run_id)
    return shape.read(stored.version, stored.state)


async def _older(uow: UnitOfWork, opened: OpenedTurn, shape: StateShape) -> tuple[Json, list[UUID]]:
    """The newest state that can be read, and the runs that came after it; the newest of all was tried."""
    skipped: list[UUID] = []
    tries = TRIES
    for run in await runs_back(uow, opened.session_id, opened.seed):
        if skipped and tries and run.has_state and run.version <= shape.version:
            try:
                return await _read(uow, run.id, shape), skipped
            except (UnreadableState, Conflict):
                tries -= 1
        skipped.append(run.id)
    imported = await imported_messages(uow, opened.session_id)
    return ({"messages": imported} if imported else {}), skipped
