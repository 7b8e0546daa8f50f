"""Nothing is bought twice: counted at the provider, with faults at each step, and credits that always add up."""

import asyncio
from collections.abc import AsyncIterator
from decimal import Decimal

import pytest
from redis.asyncio import Redis
from sqlalchemy import func, select

from persistence.models.budget import Budget, UsageRecord
from persistence.models.paid_call import PaidCall, PaidCallState
from persistence.models.workspace import Workspace
from persistence.repositories import Repository
from persistence.session import Database
from tests.factories.rows import insert
from tests.factories.workspaces import make_workspace
from tests.fixtures.sandbox import SandboxServer
from tools.errors import QuotaExceeded
from tools.paid_calls import service as ledger
from tools.paid_calls.reveals import End, Revealed, Reveals, reveal_key
from tools.providers.wiza.client import Identity, WizaClient
from tools.providers.wiza.errors import WizaFailure, WizaLost, WizaOutOfCredits
from tools.providers.wiza.filters import parse_filters
from tools.providers.wiza.limits import WizaLimits
from tools.providers.wiza.settings import WizaSettings
from tools.providers.wiza.wire import Wire
from tools.usage.service import Spender


@pytest.fixture
async def wiza(sandbox: SandboxServer, redis_url: str) -> AsyncIterator[WizaClient]:
    values = {"WIZA_API_KEY": "key", "WIZA_BASE_URL": sandbox.wiza_url, "WIZA_TOTAL_TIMEOUT": 1}
    settings = WizaSettings.model_validate(values)
    redis = Redis.from_url(redis_url[:-2] + "/11")
    await redis.flushdb()
    await sandbox.wiza()  # makes its people, which takes longer than the client waits
    client = WizaClient(Wire(settings), WizaLimits(settings, redis), poll_interval=0.02)
    yield client
    await client.close()
    await redis.aclose()


class Buyer:
    """A workspace that reveals one person of the sandbox."""

    def __init__(self, database: Database, wiza: WizaClient, workspace: Workspace, who: Identity) -> None:
        self.database, self.workspace, self.who = database, workspace, who
        self.reveals = Reveals(database, wiza)
        self.spender = Spender(workspace.id)
        self.key = reveal_key(workspace.client_id, who, "full")

    async def buy(self, seconds: float = 2) -> Revealed:
        return await self.reveals.reveal(
            self.workspace.client_id, self.who, "full", self.spender, seconds=seconds
        )

    async def credits(self) -> tuple[Decimal, Decimal]:
        """Held back, and spent."""
        async with self.database.unit_of_work() as uow:
            held = select(Budget.credits_reserved).where(Budget.workspace_id == self.workspace.id)
            spent = select(func.coalesce(func.sum(UsageRecord.credits), 0)).where(
                UsageRecord.workspace_id == self.workspace.id
            )
            return (await uow.session.execute(held)).scalar_one(), (
                await uow.session.execute(spent)
            ).scalar_one()

    async def state(self) -> PaidCallState | None:
        async with self.database.unit_of_work() as uow:
            call = await Repository(uow.session, PaidCall).get(PaidCall.call_key == self.key)
            return call.state if call else None


@pytest.fixture
async def buyer(database: Database, wiza: WizaClient, sandbox: SandboxServer) -> Buyer:
    found = await wiza.search(parse_filters({"job_role": ["legal"]}), 1, call_key="looking")
    await sandbox.reset()
    async with database.unit_of_work() as uow:
        workspace = await make_workspace(uow)
        await insert(uow, Budget, {"workspace_id": workspace.id, "credits_per_month": Decimal(100)}, {})
    return Buyer(database, wiza, workspace, Identity(profile_url=found.prospects[0].linkedin_url))


async def test_a_person_asked_for_by_many_at_once_is_bought_once(
    buyer: Buyer, sandbox: SandboxServer
) -> None:
    await asyncio.gather(*(buyer.buy() for _ in range(8)))
    again = await buyer.buy()

    assert again.end is End.DONE
    assert again.contact
    assert again.contact.email
    wiza = await sandbox.wiza()
    assert (wiza["starts"], wiza["charges"]) == ({buyer.key: 1}, {buyer.key: 1})
    assert await buyer.credits() == (0, Decimal(str(wiza["charged"][buyer.key])))


@pytest.mark.parametrize("mode", ["cut", "hang", "garbage", "server_error"])
async def test_an_answer_that_was_lost_is_never_sent_again(
    buyer: Buyer, sandbox: SandboxServer, mode: str
) -> None:
    await sandbox.behave(mode, provider="wiza", kind="reveal", count=1, after=True)
    with pytest.raises(WizaLost):
        await buyer.buy()

    assert (await buyer.buy()).end is End.UNCERTAIN
    assert (await sandbox.wiza())["starts"] == {buyer.key: 1}
    assert await buyer.credits() == (8, 0)


@pytest.mark.parametrize("mode", ["queue_full", "bad_request", "unauthorized", "billing_issue"])
async def test_what_charged_nothing_gives_its_credits_back_and_may_be_sent_again(
    buyer: Buyer, sandbox: SandboxServer, mode: str
) -> None:
    await sandbox.behave(mode, provider="wiza", kind="reveal", count=1)
    with pytest.raises(WizaFailure):
        await buyer.buy()

    assert await buyer.state() is PaidCallState.REJECTED
    assert await buyer.credits() == (0, 0)
    assert (await buyer.buy()).end is End.DONE
    assert (await sandbox.wiza())["charges"] == {buyer.key: 1}


@pytest.mark.parametrize("mode", ["cut", "server_error", "garbage"])
async def test_who_loses_sight_of_a_reveal_asks_for_it_and_does_not_start_another(
    buyer: Buyer, sandbox: SandboxServer, mode: str
) -> None:
    await sandbox.behave(mode, provider="wiza", kind="reveal_status", count=2)
    with pytest.raises(WizaLost):
        await buyer.buy()

    assert (await buyer.buy()).end is End.DONE
    assert (await sandbox.wiza())["starts"] == {buyer.key: 1}


async def test_a_slow_reveal_is_left_under_way_and_taken_up_by_the_next(
    buyer: Buyer, sandbox: SandboxServer
) -> None:
    await sandbox.wiza(delay=0.3)

    assert (await buyer.buy(seconds=0)).end is End.UNDER_WAY
    assert await buyer.credits() == (8, 0)
    assert (await buyer.buy()).end is End.DONE
    assert (await sandbox.wiza())["starts"] == {buyer.key: 1}


async def test_without_budget_or_beyond_it_nothing_is_sent_or_written(
    buyer: Buyer, sandbox: SandboxServer
) -> None:
    for limit in (None, Decimal(7)):
        async with buyer.database.unit_of_work() as uow:
            mine = Budget.workspace_id == buyer.workspace.id
            await Repository(uow.session, Budget).update({"credits_per_month": limit}, mine)
        with pytest.raises(QuotaExceeded):
            await buyer.buy()

    assert await buyer.state() is None
    assert await sandbox.calls("wiza") == []


async def test_a_call_of_unknown_end_is_sent_again_only_when_a_person_says_so(
    buyer: Buyer, sandbox: SandboxServer
) -> None:
    await sandbox.behave("cut", provider="wiza", kind="reveal", count=1)
    with pytest.raises(WizaLost):
        await buyer.buy()
    async with buyer.database.unit_of_work() as uow:
        assert await ledger.send_again_at_own_risk(uow, buyer.key)

    assert (await buyer.buy()).end is End.DONE
    assert (await buyer.credits())[0] == 0


async def test_an_account_without_credits_says_so(buyer: Buyer, sandbox: SandboxServer) -> None:
    await sandbox.wiza(credits=0)

    with pytest.raises(WizaOutOfCredits):
        await buyer.buy()
    assert await buyer.credits() == (0, 0)
