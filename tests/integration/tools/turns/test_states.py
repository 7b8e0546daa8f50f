"""States of runs: stored as what changed, read back whole, never mixed up with another's."""

from typing import Any
from uuid import UUID, uuid4

import pytest

from persistence.models.agent_run import AgentRun
from persistence.repositories import Repository
from persistence.session import Database, UnitOfWork
from tests.factories.rows import insert
from tests.factories.users import make_user
from tests.factories.workspaces import make_workspace
from tools.errors import Conflict
from tools.turns.states import DEPTH, base_directly, base_of, read_state, state_columns

Json = dict[str, Any]


def talked(turns: int) -> Json:
    """The state after some turns of a talk."""
    messages = [{"content": f"message {number} " + "about the steel trade " * 10} for number in range(turns)]
    return {"messages": messages[-12:], "talk": {"number": turns}, "turn": {"text": f"message {turns}"}}


async def set_state(
    uow: UnitOfWork, run: AgentRun, state: Json, *, began_with: Json, after: UUID | None
) -> None:
    """Give a run the state, as the end of a turn does."""
    base = None if after is None else await base_of(uow, after)
    columns = state_columns(state, began_with=began_with, base=base, version=1)
    for name, value in columns.items():
        setattr(run, name, value)
    await uow.session.flush()


async def put(uow: UnitOfWork, workspace: Any, states: list[Json]) -> list[AgentRun]:
    """A run for each of these states, each after the one before."""
    runs: list[AgentRun] = []
    for number, state in enumerate(states):
        run = await insert(uow, AgentRun, {"workspace_id": workspace.id, "graph": "discovery"}, {})
        before = {**states[number - 1], "turn": {"text": "the newest"}} if number else {"turn": {}}
        await set_state(uow, run, state, began_with=before, after=runs[-1].id if runs else None)
        runs.append(run)
    return runs


async def test_what_is_known_of_the_state_before_is_the_same_in_a_transaction_and_alone(
    database: Database,
) -> None:
    async with database.unit_of_work() as uow:
        workspace = await make_workspace(uow, owner=await make_user(uow))
        *_, run = await put(uow, workspace, [talked(20), talked(21)])
    async with database.unit_of_work() as uow:
        within = await base_of(uow, run.id)
        assert await base_of(uow, uuid4()) is None
    assert within is not None
    assert within == await base_directly(database.direct, run.id)
    assert (within.depth, within.hash) == (1, run.state_hash)
    assert await base_directly(database.direct, uuid4()) is None


def without_input(state: Json) -> Json:
    return {name: value for name, value in state.items() if name != "turn"}


async def test_each_state_is_read_back_whole_and_most_are_stored_as_what_changed(database: Database) -> None:
    states = [talked(number) for number in range(1, 2 * DEPTH + 4)]
    async with database.unit_of_work() as uow:
        workspace = await make_workspace(uow, owner=await make_user(uow))
        runs = await put(uow, workspace, states)
        read = [(await read_state(uow, run.id)).state for run in runs]
    assert read == [without_input(state) for state in states]
    whole = [run for run in runs if run.state_base_id is None]
    assert 3 <= len(whole) <= 8
    assert max(run.state_depth for run in runs) < DEPTH


async def test_a_state_that_came_from_elsewhere_is_stored_whole(database: Database) -> None:
    async with database.unit_of_work() as uow:
        workspace = await make_workspace(uow, owner=await make_user(uow))
        *_, before = await put(uow, workspace, [talked(20), talked(21)])
        run = await insert(uow, AgentRun, {"workspace_id": workspace.id, "graph": "discovery"}, {})
        await set_state(uow, run, talked(24), began_with=talked(23), after=before.id)
        assert run.state_base_id is None
        assert (await read_state(uow, run.id)).state == without_input(talked(24))


@pytest.mark.parametrize("lost", ["state", "run"])
async def test_a_state_that_is_gone_or_not_whole_is_said_to_be(database: Database, lost: str) -> None:
    async with database.unit_of_work() as uow:
        workspace = await make_workspace(uow, owner=await make_user(uow))
        first, *_, last = await put(uow, workspace, [talked(20), talked(21), talked(22)])
        assert last.state_base_id is not None
        repository = Repository(uow.session, AgentRun)
        if lost == "run":
            await repository.delete(AgentRun.id == first.id)
        else:
            await repository.update({"state": None}, AgentRun.id == first.id)
        with pytest.raises(Conflict) as refused:
            await read_state(uow, last.id)
        assert refused.value.error_code == "state_gone"
        with pytest.raises(Conflict):
            await read_state(uow, UUID(int=0))
