"""States of runs in our tables: whole now and then, and between as what changed since the state of the run before."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import bindparam, literal, select

from persistence.driver.connections import DirectConnections
from persistence.driver.statements import DirectStatement
from persistence.models.agent_run import AgentRun
from persistence.session import UnitOfWork
from persistence.types import AgentRunID
from tools.errors import Conflict
from tools.turns.state_changes import change_between, changed

Json = dict[str, Any]

DEPTH = 25
"""Runs from one whole state to the next: what reading a state costs at most."""
INPUT_CHANNELS = frozenset({"turn"})
"""What a state holds of its run's input, which is in the record already."""
GONE = "The state of the conversation before this message is not stored any more."


def recorded(state: Mapping[str, Any]) -> Json:
    """A state as it is kept of a run."""
    return {name: value for name, value in state.items() if name not in INPUT_CHANNELS}


@dataclass(frozen=True)
class VersionedState:
    """A whole state as a run left it, and the version of the graph's state that it is of."""

    version: int
    state: Json


@dataclass(frozen=True)
class Base:
    """What is known of the state that another run left: its hash, and how many states it is built upon."""

    run_id: UUID
    hash: str | None
    depth: int


_BASE = select(AgentRun.state_hash, AgentRun.state_depth).where(AgentRun.id == bindparam("run"))
_DIRECT_BASE = DirectStatement(_BASE)


async def base_of(uow: UnitOfWork, run_id: UUID) -> Base | None:
    """The state of a run, for that of the run behind it."""
    found = (await uow.session.execute(_BASE, {"run": AgentRunID(run_id)})).one_or_none()
    return None if found is None else Base(run_id, *found)


async def base_directly(connections: DirectConnections, run_id: UUID) -> Base | None:
    """The same by the driver's own connections."""
    found = await connections.rows(_DIRECT_BASE.text, *_DIRECT_BASE.arguments(run=run_id))
    return Base(run_id, *found[0]) if found else None


def state_columns(
    state: Mapping[str, Any] | None,
    *,
    began_with: Mapping[str, Any] | None,
    base: Base | None,
    version: int,
) -> Json:
    """A run's state as columns of its row. When the run before it, `base`, left exactly `began_with`, only what changed."""
    if state is None:
        return {}
    whole = recorded(state)
    columns: Json = {
        "state": whole,
        "state_base_id": None,
        "state_depth": 0,
        "state_hash": _hash(whole),
        "state_version": version,
    }
    if began_with is None or base is None or base.depth + 1 >= DEPTH:
        return columns
    before = recorded(began_with)
    if base.hash != _hash(before):
        return columns
    change = change_between(before, whole)
    if len(orjson.dumps(change)) < len(orjson.dumps(whole)) / 2:
        columns |= {"state": change, "state_base_id": base.run_id, "state_depth": base.depth + 1}
    return columns


async def read_state(uow: UnitOfWork, run_id: UUID) -> VersionedState:
    """The whole state that a run left, without its input. Raises Conflict when there is none, or not all of it."""
    base, state = AgentRun.state_base_id.label("base"), AgentRun.state.label("state")
    version = AgentRun.state_version.label("version")
    start = select(base, state, version, literal(0).label("step")).where(AgentRun.id == AgentRunID(run_id))
    chain = start.cte(recursive=True)
    older = select(base, state, version, chain.c.step + 1).where(
        AgentRun.id == chain.c.base, chain.c.step < DEPTH
    )
    chain = chain.union_all(older)
    rows = (await uow.session.execute(select(chain).order_by(chain.c.step.desc()))).all()
    if not rows or any(row.state is None for row in rows) or rows[0].base is not None:
        raise Conflict(GONE, code="state_gone")
    whole: Json = rows[0].state
    for row in rows[1:]:
        try:
            whole = changed(whole, row.state)
        except (LookupError, TypeError) as error:
            raise Conflict(GONE, code="state_gone") from error
    return VersionedState(rows[-1].version, whole)


def _hash(state: Mapping[str, Any]) -> str:
    return sha256(orjson.dumps(state, option=orjson.OPT_SORT_KEYS)).hexdigest()
