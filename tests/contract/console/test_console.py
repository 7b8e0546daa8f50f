"""The console, used in headless Chromium as people use it."""

import re
from pathlib import Path
from uuid import uuid4

import httpx
import pytest

from tests.contract.clients.person import Json, squeezed
from tests.contract.console.browser import clean, pictures, play
from tests.contract.console.conftest import Account
from tests.durability.gate import gate_before
from tests.fixtures.product import PASSWORD, Product
from tests.journeys.pace import held
from tests.journeys.seller import ONBOARDING

pytestmark = pytest.mark.timeout(640)

NEVER_SAVED = "/onboarding"
"""Chromium notes each 404: the onboarding that nobody has saved yet is one."""
GONE = ("ERR_CONNECTION", "ERR_EMPTY_RESPONSE", "ERR_INCOMPLETE_CHUNKED", "ERR_NETWORK")


async def test_from_sign_in_to_a_drafted_message_and_a_logged_outcome(product: Product, shots: Path) -> None:
    new: Json = {"email": f"{uuid4().hex}@console.example", "password": PASSWORD}
    seen = await play("journey", url=product.url, shots=str(shots), seconds=600, **new)
    clean(seen, expected=[NEVER_SAVED])
    # Whoever reads at the end of the talk is still there when a set and a question have come.
    assert seen["below"] <= 1
    assert seen["experiments"] == 5
    assert seen["replies"] >= 2
    assert "plant managers of tile makers" in seen["known"]
    assert any("Designing five experiments" in label for label in seen["nodes"])
    assert "Teresa" in seen["draft"]
    assert {re.sub(r"-(wide|narrow)\.png$", "", name) for name in pictures(shots)} >= {
        "campaign-light",
        "discovery-approval-light",
        "lead-draft-light",
        "usage-light",
    }


async def test_a_reload_in_mid_answer_shows_all_of_it_once(product: Product, account: Account) -> None:
    async with held(product) as release:
        seen = await play("reload", url=product.url, at_tell=[release], **account.sign_in)
    clean(seen)
    assert seen["questions"] == ["We sell to plant managers."]
    assert len(seen["shown"]) == 1
    assert [squeezed(text) for text in seen["shown"]] == [squeezed(text) for text in seen["again"]]


async def test_two_tabs_show_one_answer_and_sign_out_together(product: Product, account: Account) -> None:
    async with held(product) as release:
        seen = await play("tabs", url=product.url, at_tell=[release], **account.sign_in)
    clean(seen)
    assert seen["one"] == seen["two"]
    assert len(seen["one"]) == 1


async def test_a_stop_keeps_what_was_said(product: Product, account: Account, shots: Path) -> None:
    async with held(product):
        seen = await play("stop", url=product.url, shots=str(shots), **account.sign_in)
    clean(seen)
    assert [squeezed(text) for text in seen["shown"]] == [squeezed(text) for text in seen["again"]]


async def test_a_no_saves_nothing(product: Product, account: Account) -> None:
    async with product.client(account.email) as client:
        # Who has said nothing of the company is asked about it first.
        path = f"/workspaces/{account.workspace_id}/onboarding"
        (await client.put(path, json={"data": ONBOARDING})).raise_for_status()
    seen = await play("denied", url=product.url, **account.sign_in)
    clean(seen)
    # After a reload in between, what is asked about still stands there.
    assert seen["cards"] == 5
    assert "Not spoken of yet" in seen["known"]


async def test_a_server_that_comes_back_is_noticed_and_the_answer_goes_on(
    product: Product, account: Account, shots: Path
) -> None:
    port = httpx.URL(product.url).port
    assert port is not None
    async with gate_before(port) as gate, held(product) as release:

        async def cut() -> None:
            await gate.shut()
            await gate.open()
            await release()

        url = f"http://127.0.0.1:{gate.port}"
        acts = [gate.shut, gate.open, cut]
        seen = await play("down", url=url, at_tell=acts, shots=str(shots), **account.sign_in)
    clean(seen, expected=GONE)
    async with product.client(account.email) as client:
        history = await client.get(f"/workspaces/{account.workspace_id}/discovery/history")
    record = [item["content"] for item in history.json()["data"]["messages"] if item["role"] == "assistant"]
    assert [squeezed(text) for text in seen["shown"]] == [squeezed(text) for text in record]


async def test_a_job_is_cancelled_from_its_bar(product: Product, account: Account, shots: Path) -> None:
    async with held(product), product.client(account.email) as client:
        path = f"/workspaces/{account.workspace_id}/discovery/chat"
        headers = {"Prefer": "respond-async"}
        (await client.post(path, json={"message": "We sell to plant managers."}, headers=headers))
        orders: Json = {"workspaceId": account.workspace_id, "shots": str(shots), **account.sign_in}
        seen = await play("job", url=product.url, **orders)
    clean(seen)


async def test_the_keyboard_is_enough(product: Product, account: Account) -> None:
    seen = await play("keyboard", url=product.url, **account.sign_in)
    clean(seen)
    assert seen["first"] == "Skip to the page"
