"""Pages are stored once, for who may, before a model sees them."""

import pytest
from langgraph.runtime import Runtime
from sqlalchemy import update

from agents.website.state import WebsiteState
from agents.website.store import store
from persistence.models.page_snapshot import PageSnapshot
from persistence.models.workspace import ProjectRole, WorkspaceMember
from persistence.repositories import Repository
from tests.factories.pages import a_page
from tests.fixtures.graphs import GraphBench
from tools.errors import Forbidden


def a_state(bench: GraphBench) -> WebsiteState:
    pages = [a_page("/", "First.", "/about"), a_page("/about", "Second.")]
    return {"keep_in": bench.workspace.id, "pages": pages}


async def stored(bench: GraphBench) -> list[PageSnapshot]:
    async with bench.context.database.unit_of_work() as uow:
        here = PageSnapshot.workspace_id == bench.workspace.id
        return await Repository(uow.session, PageSnapshot).get_all(here, order_by=[PageSnapshot.id])


async def test_each_page_is_stored_once_however_often_the_node_begins(graph_bench: GraphBench) -> None:
    state, runtime = a_state(graph_bench), Runtime(context=graph_bench.context)
    first = await store(state, runtime)
    assert await store(state, runtime) == first
    rows = await stored(graph_bench)
    assert [row.id for row in rows] == first["snapshots"]
    assert [row.content for row in rows] == ["First.", "Second."]


async def test_nothing_is_stored_where_nobody_keeps_it(graph_bench: GraphBench) -> None:
    state: WebsiteState = {**a_state(graph_bench), "keep_in": None}
    assert await store(state, Runtime(context=graph_bench.context)) == {"snapshots": []}
    assert await stored(graph_bench) == []


async def test_who_may_not_write_any_more_stores_nothing(graph_bench: GraphBench) -> None:
    async with graph_bench.context.database.unit_of_work() as uow:
        mine = WorkspaceMember.workspace_id == graph_bench.workspace.id
        await uow.session.execute(update(WorkspaceMember).where(mine).values(role=ProjectRole.VIEWER))
    with pytest.raises(Forbidden):
        await store(a_state(graph_bench), Runtime(context=graph_bench.context))
    assert await stored(graph_bench) == []
