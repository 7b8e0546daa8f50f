"""An approved action is carried out once, by the turn that holds the session, whoever runs it how often."""

import asyncio
from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest

from persistence.models.experiment import Experiment
from persistence.models.workspace import ProjectRole, Workspace
from persistence.repositories import Repository
from persistence.session import Database
from persistence.types import WorkspaceID
from tests.factories.designs import valid_set
from tests.factories.sessions import make_session
from tests.factories.users import caller_of, make_user
from tests.factories.workspaces import make_member, make_workspace
from tools.access import Caller
from tools.discovery.actions import Order, carry_out, note_declined
from tools.errors import Forbidden, NotFound
from tools.turns.lease import LeaseLost

DRAFTS: list[dict[str, Any]] = [
    {
        "name": arm.type.value,
        "type": arm.type.value,
        "design": arm.design.model_dump(mode="json", by_alias=True),
    }
    for arm in valid_set()
]


async def session_of(database: Database) -> tuple[Caller, WorkspaceID, Order]:
    turn_id = uuid4()
    async with database.unit_of_work() as uow:
        user = await make_user(uow)
        workspace = await make_workspace(uow, owner=user)
        session = await make_session(uow, workspace, active_turn_id=turn_id)
    order = Order(session.id, str(turn_id), "save_experiments", "call-1", [], DRAFTS)
    return caller_of(user), workspace.id, order


async def do(
    database: Database, caller: Caller, workspace_id: WorkspaceID, order: Order
) -> dict[str, object]:
    async with database.unit_of_work() as uow:
        return await carry_out(uow, caller, workspace_id, order)


async def saved(database: Database, workspace_id: WorkspaceID) -> int:
    async with database.unit_of_work() as uow:
        return await Repository(uow.session, Experiment).count(Experiment.workspace_id == workspace_id)


async def test_ten_at_once_save_one_set(database: Database) -> None:
    caller, workspace_id, order = await session_of(database)
    results = await asyncio.gather(*(do(database, caller, workspace_id, order) for _ in range(10)))
    assert await saved(database, workspace_id) == 5
    assert all(result == results[0] for result in results)


async def test_a_turn_that_lost_the_session_writes_nothing(database: Database) -> None:
    caller, workspace_id, order = await session_of(database)
    with pytest.raises(LeaseLost):
        await do(database, caller, workspace_id, replace(order, turn_id=str(uuid4())))
    assert await saved(database, workspace_id) == 0


async def test_another_workspaces_session_does_not_exist(database: Database) -> None:
    caller, _, _ = await session_of(database)
    _, foreign, order = await session_of(database)
    _, own, _ = await session_of(database)
    with pytest.raises(NotFound):
        await do(database, caller, own, order)
    assert await saved(database, foreign) == 0


async def test_a_viewer_may_not(database: Database) -> None:
    _, workspace_id, order = await session_of(database)
    async with database.unit_of_work() as uow:
        viewer = await make_user(uow)
        workspace = await Repository(uow.session, Workspace).get(Workspace.id == workspace_id)
        assert workspace is not None
        await make_member(uow, workspace, viewer, ProjectRole.VIEWER)
    with pytest.raises(Forbidden):
        await do(database, caller_of(viewer), workspace_id, order)


async def test_replacing_removes_exactly_what_was_approved(database: Database) -> None:
    caller, workspace_id, order = await session_of(database)
    first = await do(database, caller, workspace_id, order)
    await do(database, caller, workspace_id, replace(order, tool_call_id="call-2", drafts=reworded(DRAFTS)))
    ids = first["experimentIds"]
    replacing = replace(order, tool="replace_experiments", tool_call_id="call-3", experiment_ids=ids)  # type: ignore[arg-type]
    await do(database, caller, workspace_id, replacing)
    assert await saved(database, workspace_id) == 10


async def test_the_set_on_the_table_is_saved_once_whoever_saves_it(database: Database) -> None:
    caller, workspace_id, order = await session_of(database)
    first = await do(database, caller, workspace_id, order)
    again = await do(database, caller, workspace_id, replace(order, tool_call_id="call-2"))
    assert await saved(database, workspace_id) == 5
    assert again["experimentIds"] == first["experimentIds"]


def reworded(drafts: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Another set: each is to end otherwise."""
    return [
        {**draft, "design": {**draft["design"], "stoppingRule": "Stop after 900 contacted leads."}}
        for draft in drafts
    ]


async def test_a_no_is_noted_once(database: Database) -> None:
    caller, workspace_id, order = await session_of(database)
    for _ in range(2):
        async with database.unit_of_work() as uow:
            await note_declined(uow, caller, workspace_id, order)
    assert await saved(database, workspace_id) == 0
