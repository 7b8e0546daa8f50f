"""The npm package `ai`, unmodified: what can't be done reaches the user as an error with its words, and what was said is kept."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import psycopg
from psycopg.sql import SQL, Literal

from tests.contract.clients.conftest import StrictApi
from tests.contract.clients.front_end import FrontEnd, Tab, send, settle
from tests.contract.clients.person import BUYERS, Json, squeezed
from tests.fixtures.product import Product
from tests.journeys.pace import slowly


@asynccontextmanager
async def failing(product: Product, **rule: Any) -> AsyncIterator[None]:
    """Both providers of models fail like this."""
    async with httpx.AsyncClient(base_url=product.sandbox_url, trust_env=False) as control:
        for provider in ("openai", "gemini"):
            rule_of = {"provider": provider, **rule}
            (await control.post("/control/behaviour", json=rule_of)).raise_for_status()
        try:
            yield
        finally:
            (await control.delete("/control/behaviour")).raise_for_status()


async def test_a_talk_that_is_not_ones_own_is_not_found(front_end: FrontEnd) -> None:
    front_end.workspace_id = 2**40
    refused(front_end, (await front_end.run(send(BUYERS))).tab, 404)


async def test_a_second_message_in_mid_answer_is_refused_with_the_running_turn(front_end: FrontEnd) -> None:
    async with slowly(front_end.product, 0.05):
        seen = await front_end.run(
            send(BUYERS, meanwhile=True),
            {"do": "see", "characters": 10},
            send("And gas prices hurt them.", tab="second"),
            settle(),
        )
    problem = refused(front_end, seen.tabs["second"], 409)
    assert problem["turnId"] == seen.tab.messages[1]["metadata"]["turnId"]
    assert seen.tab.status == "ready"


async def test_too_many_messages_a_minute_are_refused_with_when_to_come_back(
    product: Product, version: str, strict_api: StrictApi
) -> None:
    front_end = await FrontEnd.made_with(version, product, strict_api.url)
    await front_end.run(send(BUYERS), send("Gas prices hurt them."))
    seen = await front_end.run({"do": "open"}, send("Mostly in Spain."))
    problem = refused(front_end, seen.tab, 429)
    assert problem["code"] == "too_many_turns"
    assert 0 < problem["retryAfter"] <= 60


async def test_without_redis_a_message_is_refused_and_can_be_sent_again(
    product: Product, version: str, strict_api: StrictApi
) -> None:
    front_end = await FrontEnd.made_with(version, product, strict_api.url)
    await strict_api.redis.shut()
    try:
        seen = await front_end.run(send(BUYERS, id="the-message"))
    finally:
        await strict_api.redis.open()
    refused(front_end, seen.tab, 503)
    assert await front_end.history() == []
    again = (await front_end.run(send(BUYERS, id="the-message"))).tab
    assert again.status == "ready"
    assert [message["id"] for message in await front_end.history()] == [
        message["id"] for message in again.messages
    ]


@asynccontextmanager
async def corrupted(product: Product, workspace_id: int) -> AsyncIterator[None]:
    """Postgres finds its own data damaged whenever a turn of this workspace begins."""
    url = product.environment["DATABASE_URL"]
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as database:
        await database.execute(DAMAGE)
        trigger = SQL(BEGIN_OF_A_TURN).format(workspace=Literal(workspace_id))
        await database.execute(trigger)
        try:
            yield
        finally:
            await database.execute('DROP TRIGGER damaged ON "AgentRuns"')


DAMAGE = """
    CREATE OR REPLACE FUNCTION damaged() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'a page of secret-table is damaged' USING ERRCODE = 'data_corrupted'; END $$
"""
BEGIN_OF_A_TURN = """
    CREATE TRIGGER damaged BEFORE INSERT ON "AgentRuns"
    FOR EACH ROW WHEN (NEW."ProjectID" = {workspace}) EXECUTE FUNCTION damaged()
"""


async def test_a_failure_nobody_foresaw_is_an_error_without_its_inside_and_the_message_can_be_sent_again(
    front_end: FrontEnd,
) -> None:
    async with corrupted(front_end.product, front_end.workspace_id):
        seen = await front_end.run(send(BUYERS, id="the-message"))
    problem = refused(front_end, seen.tab, 500)
    assert "secret-table" not in json.dumps(problem)
    assert await front_end.history() == []
    assert (await front_end.run(send(BUYERS, id="the-message"))).tab.status == "ready"


async def test_models_that_fail_before_the_first_word_are_an_error_in_the_stream(
    front_end: FrontEnd,
) -> None:
    async with failing(front_end.product, mode="server_error"):
        tab = (await front_end.run(send(BUYERS))).tab
    broke_off(tab)
    assert tab.texts[1:] in ([], [""])


async def test_a_model_that_fails_in_mid_answer_is_an_error_and_its_words_stay(front_end: FrontEnd) -> None:
    async with failing(front_end.product, mode="error_event", error="server_error", after=8, kind="text"):
        tab = (await front_end.run(send(BUYERS))).tab
    broke_off(tab)
    assert tab.texts[1]
    kept = (await front_end.history())[-1]
    assert kept["incomplete"] is True
    assert squeezed(kept["content"]) == squeezed(tab.texts[1])


async def test_after_a_failure_the_message_is_answered_anew(front_end: FrontEnd) -> None:
    async with failing(front_end.product, mode="error_event", error="server_error", after=8, kind="text"):
        await front_end.run(send(BUYERS))
    tab = (await front_end.run({"do": "open"}, {"do": "regenerate"})).tab
    assert (tab.status, tab.roles) == ("ready", ["user", "assistant"])
    assert [message["id"] for message in await front_end.history()] == [
        message["id"] for message in tab.messages
    ]


def refused(front_end: FrontEnd, tab: Tab, status: int) -> Json:
    """The server's problem, as the user's front end got it: an error with the whole text of the answer."""
    assert tab.status == "error"
    (error,) = tab.errors
    if front_end.version == "7":
        assert (error["name"], error["statusCode"]) == ("AI_APICallError", status)
    problem: Json = json.loads(error["message"])
    assert error["message"] == tab.error
    assert problem["status"] == status
    assert problem["detail"]
    return problem


def broke_off(tab: Tab) -> None:
    """The stream ended with an error that says what is the matter, in words and as data."""
    assert tab.status == "error"
    (error,) = tab.errors
    (told,) = [part["data"] for part in tab.told if part["type"] == "data-error"]
    assert error["message"] == tab.error == told["message"]
    assert told["retryable"] is True
    assert tab.finishes[-1]["isError"] is True
