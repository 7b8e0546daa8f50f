"""Nothing is bought twice: counted at the provider, with faults at each step, and credits that always add up."""

import asyncio
from decimal import Decimal

import pytest
from prometheus_client import REGISTRY

from persistence.models.budget import Budget
from persistence.models.paid_call import PaidCallState
from persistence.repositories import Repository
from tests.fixtures.sandbox import SandboxServer
from tests.integration.tools.paid_calls.buying import Buyer
from tools.errors import QuotaExceeded
from tools.paid_calls import service as ledger
from tools.paid_calls.reveals import End
from tools.providers.wiza.errors import WizaFailure, WizaLost, WizaOutOfCredits


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


async def test_prometheus_is_told_how_long_wiza_took_and_what_it_cost(
    buyer: Buyer, sandbox: SandboxServer
) -> None:
    calls = ("quiver_wiza_call_seconds_count", {"call": "individual_reveals", "outcome": "200"})
    cost = ("quiver_credits_total", {"provider": "wiza"})
    before = [REGISTRY.get_sample_value(*figure) or 0 for figure in (calls, cost)]
    await buyer.buy()
    after = [REGISTRY.get_sample_value(*figure) or 0 for figure in (calls, cost)]

    assert after[0] > before[0]
    assert after[1] - before[1] == (await sandbox.wiza())["charged"][buyer.key]


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
