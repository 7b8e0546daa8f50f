"""What the console shows of measured results, of mistakes and of who uses it without a mouse."""

from pathlib import Path

import pytest

from tests.contract.clients.person import Json
from tests.contract.console.browser import clean, play
from tests.contract.console.conftest import Account
from tests.contract.console.measured import ARMS, measure
from tests.fixtures.product import Product

pytestmark = pytest.mark.timeout(640)


def _share(value: float) -> str:
    return f"{round(value * 100, 1):g}%"


async def test_measured_rates_are_shown_with_where_they_may_lie(
    product: Product, account: Account, shots: Path
) -> None:
    """And what an arm rests on opens by keyboard and by a tap, as it does under a mouse."""
    async with product.client(account.email) as client:
        compared = await measure(product, client, account.workspace_id)
    orders: Json = {"workspaceId": account.workspace_id, **account.sign_in, "shots": str(shots)}
    seen = await play("measured", url=product.url, seconds=600, **orders)
    clean(seen)
    assert len(seen["rates"]) == len(compared["experiments"]) == len(ARMS)
    for shown, experiment in zip(seen["rates"], compared["experiments"], strict=True):
        rate = experiment["rate"]
        figures = [_share(rate["value"]), _share(rate["low"]), _share(rate["high"]), f"{experiment['n']:,}"]
        assert all(figure in shown["said"] for figure in figures), (shown, figures)
        assert all(figure in shown["shown"] for figure in figures), (shown, figures)
    assert "does better than" in seen["verdicts"]
    assert "Head of finance" in seen["byKeyboard"]
    assert "Head of finance" in seen["byTouch"]
    # Of the table's rows only those on the screen and a few beside it exist, and a click is no new page.
    table = seen["table"]
    assert table["head"]["exist"] < 40 < table["all"]
    assert table["end"]["exist"] < 40
    assert table["reloaded"] is False
    # Of three pages that were read, who comes back after a change reads one anew, not all.
    assert table["again"] == 1


async def test_mistakes_are_answered_by_what_is_wrong(
    product: Product, account: Account, shots: Path
) -> None:
    orders: Json = {"workspaceId": account.workspace_id, **account.sign_in, "shots": str(shots)}
    seen = await play("mistakes", url=product.url, seconds=600, **orders)
    clean(seen, expected=["/token", "/leads/999999999", "/campaigns/999999999"])
    assert "Invalid login credentials" in seen["refused"]
    assert "no such lead" in seen["missing"]["leads"]
    assert "no such campaign" in seen["missing"]["campaigns"]
    assert seen["address"] == f"/console/w/{account.workspace_id}/discovery"


async def test_a_workspace_is_made_and_left_again(product: Product, account: Account, shots: Path) -> None:
    seen = await play("workspaces", url=product.url, seconds=600, shots=str(shots), **account.sign_in)
    clean(seen, expected=["/onboarding"])
    assert (seen["made"], seen["back"]) == ("Tiles of Porto", "My workspace")
