"""Call-backs that come twice, early, forged or not at all, and calls whose sender was killed: nothing is bought twice."""

import asyncio
import contextlib
import json
import random
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from decimal import Decimal
from hashlib import sha256

import httpx
import pytest
from sqlalchemy import func, select, update

from api.buying import make_resolver
from persistence.models.paid_call import PaidCall, PaidCallState
from tests.fixtures.api import Api, served
from tests.fixtures.sandbox import SandboxServer
from tests.integration.tools.paid_calls.buying import Buyer
from tools.errors import QuotaExceeded
from tools.paid_calls.resolution import Resolver
from tools.paid_calls.reveals import End, Reveals
from tools.providers.wiza.client import Identity
from tools.providers.wiza.errors import WizaFailure, WizaLost

RIGHT = {"x-auth-key": sha256(b"key").hexdigest()}
BODY = {"status": {"code": 200}, "type": "individual_reveal", "data": {"id": 987654, "email": "a@b.example"}}


@pytest.fixture
async def address(api: Api) -> AsyncIterator[str]:
    async with served(api.app) as url:
        yield url


@pytest.fixture
def called(buyer: Buyer, address: str) -> Buyer:
    """The buyer, whom Wiza calls back."""
    buyer.reveals = Reveals(buyer.database, buyer.wiza, callback_base=address)
    return buyer


async def until(holds: Callable[[], Awaitable[bool]]) -> None:
    deadline = time.monotonic() + 20
    while not await holds():
        assert time.monotonic() < deadline
        await asyncio.sleep(0.05)


async def delivered(sandbox: SandboxServer, count: int) -> list[int]:
    """The answers to this many call-backs, once they were made."""

    async def made() -> bool:
        return len((await sandbox.wiza())["webhooks"]) >= count

    await until(made)
    return [sent["status"] for sent in (await sandbox.wiza())["webhooks"]]


@pytest.mark.parametrize(
    ("mode", "answers"),
    [("duplicate_webhook", [200, 200]), ("out_of_order", [200, 200]), ("forged_webhook", [401, 200])],
)
async def test_call_backs_that_are_odd_settle_a_call_once(
    called: Buyer, sandbox: SandboxServer, mode: str, answers: list[int]
) -> None:
    await sandbox.behave(mode, provider="wiza", kind="webhook", count=1)
    await called.buy(seconds=0)
    assert await delivered(sandbox, 2) == answers

    assert len(await called.news()) == 1
    assert await called.resolve() == {"settled": 1}
    assert await called.resolve() == {}
    wiza = await sandbox.wiza()
    assert await called.credits() == (0, Decimal(str(wiza["charged"][called.key])))
    again = await called.buy()
    assert again.contact
    assert again.contact.email != "forged@attacker.example"
    assert (await sandbox.wiza())["starts"] == {called.key: 1}


async def test_a_call_back_that_never_comes_is_not_needed_when_the_id_is_known(
    called: Buyer, sandbox: SandboxServer
) -> None:
    await sandbox.behave("no_webhook", provider="wiza", kind="webhook", count=1)
    await called.buy(seconds=0)
    await asyncio.sleep(0.1)

    assert await called.news() == []
    assert await called.resolve() == {"settled": 1}


@pytest.mark.parametrize("mode", ["cut", "garbage", "server_error"])
async def test_a_call_whose_answer_was_lost_is_found_by_its_call_back(
    called: Buyer, sandbox: SandboxServer, mode: str
) -> None:
    await sandbox.behave(mode, provider="wiza", kind="reveal", count=1, after=True)
    with pytest.raises(WizaLost):
        await called.buy()
    await delivered(sandbox, 1)

    assert await called.resolve() == {"settled": 1}
    assert (await called.buy()).end is End.DONE
    wiza = await sandbox.wiza()
    assert (wiza["starts"], wiza["charges"]) == ({called.key: 1}, {called.key: 1})
    assert await called.credits() == (0, Decimal(str(wiza["charged"][called.key])))


@pytest.mark.parametrize("calls_back", [pytest.param(True, marks=pytest.mark.full), False])
async def test_a_process_killed_before_it_learned_the_id_is_resolved_and_nothing_bought_twice(
    called: Buyer, sandbox: SandboxServer, address: str, database_url: str, redis_url: str, calls_back: bool
) -> None:
    await sandbox.behave("hang", provider="wiza", kind="reveal", count=1)
    told = {
        "wiza": {"WIZA_API_KEY": "key", "WIZA_BASE_URL": sandbox.wiza_url, "WIZA_TOTAL_TIMEOUT": 60},
        "database": database_url,
        "redis": redis_url,
        "callbacks": address if calls_back else None,
        "person": called.who.profile_url,
        "workspace": called.workspace.id,
        "client": called.workspace.client_id,
    }
    command = [sys.executable, "-m", "tests.integration.tools.paid_calls.interrupted", json.dumps(told)]
    process = subprocess.Popen(command)  # noqa: ASYNC220 — starts in a moment

    async def begun() -> bool:
        assert process.poll() is None, "it ended before it could be killed"
        return bool((await sandbox.wiza())["starts"])

    await until(begun)
    process.send_signal(signal.SIGKILL)
    process.wait()
    if calls_back:
        await delivered(sandbox, 1)

    assert await called.state() is PaidCallState.INTENT
    assert await called.resolve() == ({"settled": 1} if calls_back else {"uncertain": 1})
    assert (await called.buy()).end is (End.DONE if calls_back else End.UNCERTAIN)
    wiza = await sandbox.wiza()
    assert (wiza["starts"], wiza["charges"]) == ({called.key: 1}, {called.key: 1})
    held, spent = await called.credits()
    assert (held, spent) == ((0, Decimal(str(wiza["charged"][called.key]))) if calls_back else (8, 0))


async def test_a_slow_wiza_makes_a_round_shorter_not_longer(called: Buyer, sandbox: SandboxServer) -> None:
    """Else its process is killed in every round."""
    await sandbox.behave("no_webhook", provider="wiza", kind="webhook", count=12)
    await sandbox.wiza(delay=60)
    for number in range(12):
        who = Identity(full_name=f"Person {number}", company="Acme")
        client = called.workspace.client_id
        await called.reveals.reveal(client, who, "none", called.spender, seconds=0)
    await sandbox.behave("slow", provider="wiza", kind="reveal_status", count=30, delay=0.4)
    resolver = Resolver(called.database, called.wiza, age=timedelta(0))
    began = time.monotonic()
    first = sum((await resolver.resolve(seconds=0.1)).values())
    took = time.monotonic() - began
    assert 0 < first < 12
    assert took < 12 * 0.4
    second = sum((await resolver.resolve(seconds=60)).values())
    assert second >= 12 - first, "the others are looked at next"
    await sandbox.reset()
    await _forget_calls(called)


async def _forget_calls(called: Buyer) -> None:
    """Nothing was charged for them: else the rounds of other tests would look at them too."""
    mine = PaidCall.workspace_id == called.workspace.id
    async with called.database.unit_of_work() as uow:
        await uow.session.execute(update(PaidCall).where(mine).values(state=PaidCallState.REJECTED))


async def test_what_an_earlier_attempt_began_is_not_taken_for_this_one(
    called: Buyer, sandbox: SandboxServer
) -> None:
    await sandbox.behave("billing_issue", provider="wiza", kind="reveal", count=1)
    with pytest.raises(WizaFailure):
        await called.buy()
    await delivered(sandbox, 1)
    await sandbox.behave("cut", provider="wiza", kind="reveal", count=1, after=True)
    await sandbox.behave("no_webhook", provider="wiza", kind="webhook", count=1)
    with pytest.raises(WizaLost):
        await called.buy()

    assert await called.resolve() == {}
    assert await called.state() is PaidCallState.UNKNOWN


async def test_a_call_that_changed_a_moment_ago_is_left_to_its_sender(
    called: Buyer, sandbox: SandboxServer, api: Api
) -> None:
    await called.buy(seconds=0)
    await delivered(sandbox, 1)
    resolver = make_resolver(api.settings, called.database, called.wiza)

    assert await resolver.resolve() == {}
    assert await called.state() is PaidCallState.INTENT


@pytest.mark.parametrize("shown", [{}, {"x-auth-key": "0" * 64}, {"x-auth-key": "é"}, {"x-auth-key": "key"}])
async def test_who_is_not_wiza_is_refused_with_a_problem(address: str, shown: dict[str, str]) -> None:
    headers = {name: value.encode() for name, value in shown.items()}
    async with httpx.AsyncClient(base_url=address, trust_env=False) as client:
        answer = await client.post("/webhooks/wiza", json=BODY, headers=headers)
    assert answer.status_code == 401
    assert answer.headers["content-type"] == "application/problem+json"


async def test_ids_nobody_knows_are_kept_and_told_twice_once(address: str) -> None:
    async with httpx.AsyncClient(base_url=address, trust_env=False, headers=RIGHT) as client:
        answers = [await client.post("/webhooks/wiza", json=BODY) for _ in range(2)]
    assert [answer.json()["data"]["known"] for answer in answers] == [False, True]


async def test_a_body_that_is_too_large_or_names_nothing_is_refused(address: str) -> None:
    async with httpx.AsyncClient(base_url=address, trust_env=False, headers=RIGHT) as client:
        large = await client.post("/webhooks/wiza", json={"data": {"id": 1, "x": "x" * 2**20}})
        empty = await client.post("/webhooks/wiza", json={"data": {}})
    assert (large.status_code, empty.status_code) == (413, 422)
    assert empty.json()["errors"][0]["pointer"] == "/data/id"


FAULTS = (
    (
        "reveal",
        ("cut", "garbage", "server_error", "queue_full", "bad_request", "billing_issue", "unauthorized"),
    ),
    ("reveal_status", ("cut", "garbage", "server_error", "rate_limited", "nulls")),
    ("webhook", ("no_webhook", "duplicate_webhook", "out_of_order", "forged_webhook")),
)


async def faults(sandbox: SandboxServer, chance: random.Random) -> None:
    """Each kind of request misbehaves once, or does not."""
    for kind, modes in FAULTS:
        if chance.random() < 0.6:
            mode = chance.choice(modes)
            # Only an answer that is lost hides work that was begun: a refusal of Wiza is believed.
            after = mode in {"cut", "garbage", "server_error"} and chance.random() < 0.5
            await sandbox.behave(mode, provider="wiza", kind=kind, count=1, after=after)


async def ledger_holds(buyer: Buyer) -> None:
    """The budget holds back what open calls may cost, and spent is what the ended ones did."""
    async with buyer.database.unit_of_work() as uow:
        sums = select(func.sum(PaidCall.reserved), func.coalesce(func.sum(PaidCall.cost), 0)).where(
            PaidCall.workspace_id == buyer.workspace.id
        )
        held, spent = (await uow.session.execute(sums)).one()
    assert await buyer.credits() == (held or 0, spent)


SEEDS = [*range(6), *(pytest.param(seed, marks=pytest.mark.full) for seed in range(6, 20))]
"""`make test-full PART=callbacks` runs all; the first find what breaks at once."""


@pytest.mark.parametrize("seed", SEEDS)
async def test_whatever_fails_what_was_reserved_is_settled_or_released(
    called: Buyer, sandbox: SandboxServer, seed: int
) -> None:
    chance = random.Random(seed)
    for _ in range(6):
        await faults(sandbox, chance)
        # Which failure is other tests' subject: here only the sums count.
        with contextlib.suppress(WizaFailure, QuotaExceeded):
            await (called.resolve() if chance.random() < 0.4 else called.buy(chance.choice((0, 0.3))))
        await ledger_holds(called)
    await sandbox.behave_well()
    await asyncio.sleep(0.15)
    await called.resolve()

    await ledger_holds(called)
    wiza, state = await sandbox.wiza(), await called.state()
    held, spent = await called.credits()
    assert all(count == 1 for count in wiza["charges"].values())
    assert (held == 0) is (state in {PaidCallState.SUCCEEDED, PaidCallState.REJECTED})
    if state is PaidCallState.SUCCEEDED:
        assert spent == Decimal(str(wiza["charged"].get(called.key, 0)))
