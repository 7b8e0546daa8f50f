"""The server of a process: it wakes seldom while nothing happens, and at once when it is told to stop."""

import asyncio
import signal
from collections.abc import Coroutine
from typing import Any

import pytest
import uvicorn
from sse_starlette.sse import AppStatus

from api.cli import server as server_module
from api.cli.server import WaitingServer
from api.streaming.shutdown import shutdown_watch


class CountingServer(WaitingServer):
    """A server that counts how often it wakes."""

    def __init__(self) -> None:
        super().__init__(uvicorn.Config("nowhere:app"))
        self.ticks = 0

    async def on_tick(self, counter: int) -> bool:
        self.ticks += 1
        return await super().on_tick(counter)


@pytest.fixture(autouse=True)
def no_end_of_other_tests_streams(monkeypatch: pytest.MonkeyPatch) -> None:
    """The library notes a signal for the whole process: forgotten after each test."""
    monkeypatch.setattr(AppStatus, "should_exit", False)


def in_a_loop_of_its_own(behaviour: Coroutine[Any, Any, None]) -> None:
    """The watch belongs to a loop: what it is told here must not reach the streams of other tests."""
    asyncio.run(asyncio.wait_for(behaviour, 10))


def test_a_server_that_waits_wakes_once_a_second() -> None:
    async def behaviour() -> None:
        server = CountingServer()
        running = asyncio.create_task(server.main_loop())
        await asyncio.sleep(0.45)
        assert server.ticks == 1, "uvicorn's own would have been awake five times"
        running.cancel()
        await asyncio.wait({running})

    in_a_loop_of_its_own(behaviour())


def test_it_stops_at_once_when_a_signal_comes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server_module, "TICK_SECONDS", 60.0)

    async def behaviour() -> None:
        server = CountingServer()
        running = asyncio.create_task(server.main_loop())
        await asyncio.sleep(0.01)
        server.handle_exit(signal.SIGTERM, None)
        await asyncio.wait_for(running, 1)
        assert server.should_exit

    in_a_loop_of_its_own(behaviour())


def test_its_streams_are_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server_module, "TICK_SECONDS", 60.0)

    async def behaviour() -> None:
        server, told = CountingServer(), asyncio.Event()
        running = asyncio.create_task(server.main_loop())
        await asyncio.sleep(0)
        shutdown_watch().begin(told.set)
        await asyncio.sleep(0.01)
        server.handle_exit(signal.SIGTERM, None)
        await asyncio.wait_for(told.wait(), 0.2)
        await running

    in_a_loop_of_its_own(behaviour())


def test_the_time_in_its_heads_is_renewed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server_module, "TICK_SECONDS", 0.05)

    async def behaviour() -> None:
        server = CountingServer()
        running = asyncio.create_task(server.main_loop())
        await asyncio.sleep(0.01)
        before = dict(server.server_state.default_headers)[b"date"]
        await asyncio.sleep(1.2)
        assert dict(server.server_state.default_headers)[b"date"] != before
        running.cancel()
        await asyncio.wait({running})

    in_a_loop_of_its_own(behaviour())


def test_it_stops_when_it_is_told_so_without_a_signal() -> None:
    async def behaviour() -> None:
        server = CountingServer()
        running = asyncio.create_task(server.main_loop())
        await asyncio.sleep(0.01)
        server.should_exit = True
        await asyncio.wait_for(running, 3)

    in_a_loop_of_its_own(behaviour())


def test_its_streams_are_told_of_an_end_without_a_signal() -> None:
    async def behaviour() -> None:
        server, told = CountingServer(), asyncio.Event()
        running = asyncio.create_task(server.main_loop())
        await asyncio.sleep(0.01)
        shutdown_watch().begin(told.set)
        server.should_exit = True
        await asyncio.wait_for(running, 3)
        await asyncio.wait_for(told.wait(), 0.2)

    in_a_loop_of_its_own(behaviour())
