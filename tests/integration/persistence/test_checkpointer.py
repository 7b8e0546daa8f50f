"""The saver: turns side by side, plain types only, and connections that survive the server."""

import asyncio
from dataclasses import dataclass
from typing import Any, TypedDict
from uuid import uuid4

import psycopg
import pytest
from langgraph.checkpoint.serde.jsonplus import JsonPlusSerializer
from langgraph.graph import END, START, StateGraph
from langgraph.graph.state import CompiledStateGraph
from langgraph.types import Command, interrupt
from psycopg.rows import dict_row

from persistence.checkpointer import PooledSaver, open_checkpointer, strict_serializer
from persistence.settings import DatabaseSettings


class Talk(TypedDict):
    """The state of a small graph."""

    words: list[str]


def graph(saver: PooledSaver) -> CompiledStateGraph[Talk, None, Talk, Talk]:
    """Says a word, asks, and says the answer."""

    def greet(state: Talk) -> dict[str, Any]:
        return {"words": [*state["words"], "hello"]}

    def ask(state: Talk) -> dict[str, Any]:
        return {"words": [*state["words"], interrupt("go on?")]}

    builder = StateGraph(Talk)
    builder.add_node("greet", greet)
    builder.add_node("ask", ask)
    builder.add_edge(START, "greet")
    builder.add_edge("greet", "ask")
    builder.add_edge("ask", END)
    return builder.compile(checkpointer=saver)


def thread() -> Any:
    """The configuration of a new thread."""
    return {"configurable": {"thread_id": str(uuid4())}}


async def test_a_run_stops_at_an_interrupt_and_another_process_resumes_it(
    database_settings: DatabaseSettings,
) -> None:
    config = thread()
    async with open_checkpointer(database_settings) as saver:
        await graph(saver).ainvoke({"words": []}, config, durability="sync")
    async with open_checkpointer(database_settings) as saver:
        result = await graph(saver).ainvoke(Command(resume="yes"), config, durability="sync")
    assert result["words"] == ["hello", "yes"]


async def test_more_runs_than_connections_go_side_by_side(database_settings: DatabaseSettings) -> None:
    async with open_checkpointer(database_settings) as saver:
        compiled = graph(saver)
        configs = [thread() for _ in range(30)]
        await asyncio.gather(*(compiled.ainvoke({"words": []}, each, durability="sync") for each in configs))
        states = await asyncio.gather(*(compiled.aget_state(each) for each in configs))
    assert [state.values["words"] for state in states] == [["hello"]] * 30


async def test_one_slow_operation_does_not_hold_up_the_others(database_settings: DatabaseSettings) -> None:
    async with open_checkpointer(database_settings) as saver, saver._cursor() as slow:
        await slow.execute("SELECT 1")
        async with asyncio.timeout(2), saver._cursor() as other:
            await other.execute("SELECT 1")


async def test_a_connection_that_the_server_ended_is_replaced_unseen(
    database_settings: DatabaseSettings,
) -> None:
    config = thread()
    end = (
        "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity "
        "WHERE application_name = 'quiver-checkpoints' AND datname = current_database()"
    )
    async with open_checkpointer(database_settings) as saver:
        await graph(saver).ainvoke({"words": []}, config, durability="sync")
        with psycopg.connect(database_settings.url, autocommit=True) as connection:
            assert connection.execute(end).fetchall()
        state = await graph(saver).aget_state(config)
    assert state.values["words"] == ["hello"]


async def test_a_process_starts_while_postgres_is_away_and_says_so_on_use() -> None:
    values = {"DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none", "DATABASE_POOL_TIMEOUT": 0.3}
    async with open_checkpointer(DatabaseSettings.model_validate(values)) as saver:
        with pytest.raises(psycopg.OperationalError):
            await saver.aget(thread())


async def test_its_connections_end_statements_that_take_too_long(database_url: str) -> None:
    values = {"DATABASE_URL": database_url, "DATABASE_STATEMENT_TIMEOUT": 0.2}
    async with open_checkpointer(DatabaseSettings.model_validate(values)) as saver, saver._cursor() as cursor:
        with pytest.raises(psycopg.errors.QueryCanceled):
            await cursor.execute("SELECT pg_sleep(5)")


async def test_replicas_make_no_tables(empty_database_url: str) -> None:
    settings = DatabaseSettings.model_validate({"DATABASE_URL": empty_database_url})
    async with open_checkpointer(settings) as saver:
        with pytest.raises(psycopg.errors.UndefinedTable):
            await saver.aget(thread())
    with psycopg.connect(empty_database_url, row_factory=dict_row) as connection:
        assert connection.execute("SELECT 1 FROM pg_tables WHERE schemaname = 'public'").fetchall() == []


@dataclass
class Planted:
    """A class that a checkpoint must not bring back to life."""

    word: str


def test_a_stored_class_is_not_brought_back_to_life() -> None:
    permissive = JsonPlusSerializer(allowed_msgpack_modules=True)
    stored = permissive.dumps_typed({"planted": Planted("boo")})
    assert permissive.loads_typed(stored) == {"planted": Planted("boo")}
    assert not isinstance(strict_serializer().loads_typed(stored)["planted"], Planted)


def test_plain_json_comes_back_as_it_went() -> None:
    value = {"text": "grüße 👋", "numbers": [1, 2.5, None, True], "nested": {"list": [{"a": []}]}}
    serializer = strict_serializer()
    assert serializer.loads_typed(serializer.dumps_typed(value)) == value
