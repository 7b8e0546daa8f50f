"""A unit of work: all or nothing, and what waits for the commit."""

import asyncio

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError, IntegrityError
from structlog.testing import capture_logs

from persistence import pool_checks
from persistence.models.user import Client
from persistence.models.workspace import Workspace
from persistence.repositories import Repository
from persistence.session import Database
from persistence.settings import DatabaseSettings
from tests.factories.users import make_client
from tests.factories.workspaces import make_workspace


class RefusalError(Exception):
    """Raised by a test inside a transaction."""


async def stored(database: Database, slug: str) -> bool:
    """Whether another transaction sees a Client."""
    async with database.unit_of_work() as uow:
        return await Repository(uow.session, Client).count(Client.slug == slug) == 1


async def test_a_block_that_ends_well_is_committed(database: Database) -> None:
    async with database.unit_of_work() as uow:
        client = await make_client(uow)
        assert not await stored(database, client.slug)
    assert await stored(database, client.slug)
    assert client.name, "attributes stay readable after the commit"


async def test_a_block_that_raises_is_rolled_back(database: Database) -> None:
    with pytest.raises(RefusalError):
        async with database.unit_of_work() as uow:
            client = await make_client(uow)
            raise RefusalError
    assert not await stored(database, client.slug)


async def test_what_waits_for_the_commit_sees_the_committed_data(database: Database) -> None:
    seen: list[bool] = []
    async with database.unit_of_work() as uow:
        client = await make_client(uow)

        async def look() -> None:
            seen.append(await stored(database, client.slug))

        uow.after_commit(look)
        assert seen == []
    assert seen == [True]


async def test_what_waits_for_the_commit_never_runs_after_a_rollback(database: Database) -> None:
    ran: list[str] = []

    async def note() -> None:
        ran.append("ran")

    with pytest.raises(RefusalError):
        async with database.unit_of_work() as uow:
            uow.after_commit(note)
            raise RefusalError
    assert ran == []


async def test_it_does_not_run_either_when_the_commit_itself_fails(database: Database) -> None:
    ran: list[str] = []

    async def note() -> None:
        ran.append("ran")

    async with database.unit_of_work() as uow:
        client = await make_client(uow)
    with pytest.raises(IntegrityError):
        async with database.unit_of_work() as uow:
            uow.after_commit(note)
            uow.session.add(Client(name="Twice", slug=client.slug))
    assert ran == []


async def test_a_failing_callback_is_logged_and_the_next_one_runs(database: Database) -> None:
    ran: list[str] = []

    async def fail() -> None:
        raise RefusalError

    async def note() -> None:
        ran.append("ran")

    with capture_logs() as logs:
        async with database.unit_of_work() as uow:
            client = await make_client(uow)
            uow.after_commit(fail)
            uow.after_commit(note)
    assert ran == ["ran"]
    assert [entry["event"] for entry in logs] == ["after_commit.failed"]
    assert await stored(database, client.slug)


async def test_fifty_changes_at_once_are_all_counted(database: Database) -> None:
    async with database.unit_of_work() as uow:
        workspace = await make_workspace(uow)

    async def rename(number: int) -> None:
        async with database.unit_of_work() as uow:
            await Repository(uow.session, Workspace).update(
                {"name": f"Name {number}"}, Workspace.id == workspace.id
            )

    await asyncio.gather(*(rename(number) for number in range(50)))
    async with database.unit_of_work() as uow:
        version = await uow.session.scalar(select(Workspace.version).where(Workspace.id == workspace.id))
    assert version == 51


async def test_a_row_that_is_locked_is_waited_for(database: Database) -> None:
    async with database.unit_of_work() as uow:
        workspace = await make_workspace(uow)

    async def append(letter: str) -> None:
        async with database.unit_of_work() as uow:
            found = await Repository(uow.session, Workspace).get(
                Workspace.id == workspace.id, for_update=True
            )
            assert found is not None
            await asyncio.sleep(0.02)
            found.worldview = (found.worldview or "") + letter

    await asyncio.gather(*(append(letter) for letter in "abcde"))
    async with database.unit_of_work() as uow:
        worldview = await uow.session.scalar(select(Workspace.worldview).where(Workspace.id == workspace.id))
    assert sorted(worldview or "") == list("abcde")


async def test_cancelled_work_gives_its_connection_back(database: Database) -> None:
    async def wait() -> None:
        async with database.unit_of_work() as uow:
            await uow.session.execute(text("SELECT pg_sleep(30)"))

    tasks = [asyncio.create_task(wait()) for _ in range(30)]
    await asyncio.sleep(0.3)
    for task in tasks:
        task.cancel()
    endings = await asyncio.gather(*tasks, return_exceptions=True)
    assert all(isinstance(ending, asyncio.CancelledError) for ending in endings)
    await asyncio.wait_for(database.ping(), 5)


async def test_a_statement_that_takes_too_long_is_ended(database_url: str) -> None:
    settings = {"DATABASE_URL": database_url, "DATABASE_STATEMENT_TIMEOUT": 0.2}
    impatient = Database(DatabaseSettings.model_validate(settings), pooled=False)
    with pytest.raises(DBAPIError, match="statement timeout"):
        async with impatient.unit_of_work() as uow:
            await uow.session.execute(text("SELECT pg_sleep(5)"))


@pytest.mark.parametrize("idle_seconds", [0.0, 60.0])
async def test_a_connection_that_was_closed_while_idle_is_replaced(
    database: Database,
    database_settings: DatabaseSettings,
    monkeypatch: pytest.MonkeyPatch,
    idle_seconds: float,
) -> None:
    monkeypatch.setattr(pool_checks, "IDLE_SECONDS", idle_seconds)
    own = Database(database_settings.model_copy(update={"pool_size": 1}))
    backend, end = text("SELECT pg_backend_pid()"), text("SELECT pg_terminate_backend(:pid)")
    async with own.unit_of_work() as uow:
        pid = (await uow.session.execute(backend)).scalar_one()
    async with own.unit_of_work() as uow:
        assert (await uow.session.execute(backend)).scalar_one() == pid
    async with database.unit_of_work() as uow:
        await uow.session.execute(end, {"pid": pid})
    await asyncio.sleep(0.1)
    async with own.unit_of_work() as uow:
        assert (await uow.session.execute(backend)).scalar_one() != pid
    await own.close()
