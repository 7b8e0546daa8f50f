"""The client against the sandbox's Wiza over HTTP: searches, reveals, lists, and every way they fail."""

from collections.abc import AsyncIterator, Awaitable, Callable
from decimal import Decimal

import pytest
from redis.asyncio import Redis

from tests.embedded import free_port
from tests.fixtures.sandbox import SandboxServer
from tools.errors import ProviderUnavailable
from tools.providers.wiza.client import MOST_COST, Identity, WizaClient
from tools.providers.wiza.errors import (
    WizaBusy,
    WizaClosed,
    WizaFailure,
    WizaLost,
    WizaNotFound,
    WizaOutOfCredits,
    WizaRefused,
)
from tools.providers.wiza.filters import parse_filters
from tools.providers.wiza.limits import WizaLimits
from tools.providers.wiza.settings import WizaSettings
from tools.providers.wiza.wire import Wire

SALES = parse_filters({"job_role": ["sales"], "company_size": ["11-50", "51-200"]})
Making = Callable[..., WizaClient]


@pytest.fixture
async def make(sandbox: SandboxServer, redis_url: str) -> AsyncIterator[Making]:
    made: list[WizaClient] = []
    redis = Redis.from_url(redis_url[:-2] + "/11")

    def client(**changed: object) -> WizaClient:
        values = {
            "WIZA_API_KEY": "key",
            "WIZA_BASE_URL": sandbox.wiza_url,
            "WIZA_TOTAL_TIMEOUT": 1,
            **changed,
        }
        settings = WizaSettings.model_validate(values)
        made.append(WizaClient(Wire(settings), WizaLimits(settings, redis), poll_interval=0.02))
        return made[-1]

    await redis.flushdb()
    await sandbox.wiza()  # makes its people, which takes longer than the client waits
    yield client
    for each in made:
        await each.close()
    await redis.aclose()


@pytest.fixture
def wiza(make: Making) -> WizaClient:
    return make()


async def someone(wiza: WizaClient) -> Identity:
    found = await wiza.search(SALES, 30, call_key="looking")
    return Identity(profile_url=found.prospects[0].linkedin_url)


async def test_a_count_is_free_and_narrower_filters_find_fewer(
    wiza: WizaClient, sandbox: SandboxServer
) -> None:
    everybody = await wiza.count(parse_filters({}))
    sales = await wiza.count(SALES)
    in_berlin = await wiza.count(
        parse_filters({**SALES.wire(), "location": [{"v": "Germany", "b": "country", "s": "i"}]})
    )

    assert everybody == 50_000
    assert everybody > sales > in_berlin > 0
    assert (await sandbox.wiza())["charges"] == {}


async def test_pages_bring_everybody_once_and_cost_half_a_credit_a_row(
    wiza: WizaClient, sandbox: SandboxServer
) -> None:
    filters = parse_filters(
        {"job_role": ["legal", "finance"], "company_size": ["10001+"], "job_title_level": ["VP"]}
    )
    total, seen, page = await wiza.count(filters), [], None
    while True:
        found = await wiza.search(filters, 7, call_key="pages", page=page)
        seen += [prospect.linkedin_url for prospect in found.prospects]
        page = found.next_page
        if page is None:
            break

    assert len(seen) == len(set(seen)) == total > 7
    assert all(url and url.startswith("https://") for url in seen)
    assert (await sandbox.wiza())["charged"] == {"pages": total / 2}


async def test_a_reveal_tells_person_company_and_what_it_really_cost(
    wiza: WizaClient, sandbox: SandboxServer
) -> None:
    who = await someone(wiza)
    reference = (await wiza.start_reveal(who, "full", call_key="one")).reference
    done = await wiza.wait_for_reveal(reference, seconds=2)
    contact = done.contact()

    assert done.done
    assert (
        contact.linkedin_url == who.profile_url.replace("https://", "https://www.") if who.profile_url else 0
    )
    assert contact.full_name
    assert contact.company.name
    assert contact.company.name != contact.full_name
    assert done.cost is not None
    assert 0 <= done.cost <= MOST_COST["full"]
    assert (await sandbox.wiza())["charged"].get("one", 0) == float(done.cost)


async def test_a_reveal_that_is_not_done_in_time_is_left_to_be_asked_for_later(
    wiza: WizaClient, sandbox: SandboxServer
) -> None:
    who = await someone(wiza)
    await sandbox.wiza(delay=0.4)
    reference = (await wiza.start_reveal(who, "partial", call_key="slow")).reference

    assert not (await wiza.wait_for_reveal(reference, seconds=0.1)).done
    assert (await wiza.wait_for_reveal(reference, seconds=2)).done
    assert (await sandbox.wiza())["starts"] == {"slow": 1}


async def test_nulls_everywhere_are_a_contact_without_fields(
    wiza: WizaClient, sandbox: SandboxServer
) -> None:
    await sandbox.behave("nulls", provider="wiza")
    found = await wiza.search(SALES, 5, call_key="nulls")
    nobody = Identity(profile_url="linkedin.com/in/nobody-here-1")
    reference = (await wiza.start_reveal(nobody, "partial", call_key="x")).reference

    assert {prospect.full_name for prospect in found.prospects} == {None}
    assert (await wiza.wait_for_reveal(reference, seconds=2)).contact().email is None


async def test_a_reveal_without_credits_is_accepted_and_ends_as_a_billing_issue(
    wiza: WizaClient, sandbox: SandboxServer
) -> None:
    who = await someone(wiza)
    await sandbox.behave("billing_issue", provider="wiza", kind="reveal")
    reference = (await wiza.start_reveal(who, "full", call_key="poor")).reference
    ended = await wiza.wait_for_reveal(reference, seconds=2)

    with pytest.raises(WizaOutOfCredits):
        ended.contact()
    assert ended.cost == 0
    assert "poor" not in (await sandbox.wiza())["charges"]


async def test_lists_of_filters_and_of_known_people_bring_contacts(wiza: WizaClient) -> None:
    who = await someone(wiza)
    searched = await wiza.start_list("a", "partial", call_key="a", of=SALES, most=20)
    known = await wiza.start_list("b", "none", call_key="b", of=[who], most=10)

    assert (await wiza.contacts(searched)) == ()
    while not (first := await wiza.list_status(searched)).done or not (await wiza.list_status(known)).done:
        pass
    assert len(await wiza.contacts(searched)) == 20
    assert {each.email_status for each in await wiza.contacts(searched, "valid")} == {"valid"}
    assert [each.email for each in await wiza.contacts(known)] == [None]
    assert first.cost is not None


async def test_a_company_is_found_by_its_domain_and_a_miss_is_free(
    wiza: WizaClient, sandbox: SandboxServer
) -> None:
    found = await wiza.search(SALES, 30, call_key="looking")
    domain = next(each.company_domain for each in found.prospects if each.company_domain)

    assert (await wiza.company(call_key="hit", domain=domain)).domain == domain
    with pytest.raises(WizaNotFound):
        await wiza.company(call_key="miss", domain="nobody.example")
    charged = (await sandbox.wiza())["charged"]
    assert charged["hit"] == 2
    assert "miss" not in charged


async def test_the_balance_checks_the_key(wiza: WizaClient, sandbox: SandboxServer) -> None:
    assert await wiza.balance() == Decimal(1_000_000)
    await sandbox.behave("unauthorized", provider="wiza")
    with pytest.raises(WizaClosed, match="does not accept the key"):
        await wiza.balance()


async def start(wiza: WizaClient) -> object:
    return (await wiza.start_reveal(Identity(email="a@b.example"), "full", call_key="k")).reference


async def start_list(wiza: WizaClient) -> object:
    return await wiza.start_list("a", "none", call_key="k", of=SALES, most=5)


@pytest.mark.parametrize(
    ("mode", "call", "expected"),
    [
        ("queue_full", start, WizaBusy),
        ("rate_limited", start, WizaBusy),
        ("bad_request", start, WizaRefused),
        ("unauthorized", start, WizaClosed),
        ("paused", start_list, WizaClosed),
        ("overloaded", start, WizaLost),
        ("server_error", start, WizaLost),
        ("cut", start, WizaLost),
        ("garbage", start, WizaLost),
        ("hang", start, WizaLost),
    ],
)
@pytest.mark.parametrize("flat", [False, True])
async def test_a_paid_start_is_sent_once_and_its_failure_says_whether_it_may_have_cost(
    wiza: WizaClient,
    sandbox: SandboxServer,
    mode: str,
    call: Callable[[WizaClient], Awaitable[object]],
    expected: type[WizaFailure],
    flat: bool,
) -> None:
    await sandbox.behave(mode, provider="wiza", flat=flat)
    before = len(await sandbox.calls("wiza"))
    with pytest.raises(expected) as failed:
        await call(wiza)

    assert failed.value.charged_nothing is (expected is not WizaLost)
    assert len(await sandbox.calls("wiza")) == before + 1
    assert str(failed.value)


async def test_a_free_question_is_repeated_once_when_its_answer_was_lost(
    wiza: WizaClient, sandbox: SandboxServer
) -> None:
    await sandbox.behave("cut", provider="wiza", count=1)

    assert await wiza.count(SALES) > 0
    assert len(await sandbox.calls("wiza")) == 2


async def test_nothing_was_begun_where_nobody_answers_or_no_key_is_set(make: Making) -> None:
    unreachable = make(WIZA_BASE_URL=f"http://127.0.0.1:{free_port()}")
    with pytest.raises(WizaClosed, match="can't be reached"):
        await start(unreachable)
    with pytest.raises(ProviderUnavailable, match="WIZA_API_KEY"):
        await make(WIZA_API_KEY=None).balance()


async def test_all_processes_keep_one_limit_together(make: Making, sandbox: SandboxServer) -> None:
    first, second = make(WIZA_SEARCHES_PER_MINUTE=3), make(WIZA_SEARCHES_PER_MINUTE=3)
    await first.count(SALES)
    await second.count(SALES)
    await first.count(SALES)

    with pytest.raises(WizaBusy) as refused:
        await second.count(SALES)
    assert 1 <= refused.value.retry_after <= 60
    assert len(await sandbox.calls("wiza")) == 3


async def test_without_redis_a_process_keeps_to_its_share(sandbox: SandboxServer) -> None:
    values = {"WIZA_API_KEY": "k", "WIZA_BASE_URL": sandbox.wiza_url}
    settings = WizaSettings.model_validate(values | {"WIZA_SEARCHES_PER_MINUTE": 8, "WIZA_WORKERS": 4})
    redis = Redis(port=free_port(), socket_connect_timeout=0.2)
    wiza = WizaClient(Wire(settings), WizaLimits(settings, redis), poll_interval=1)
    await wiza.count(SALES)
    await wiza.count(SALES)

    with pytest.raises(WizaBusy):
        await wiza.count(SALES)
    await wiza.close()
    await redis.aclose()
