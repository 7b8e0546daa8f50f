"""A backup taken while people work can be restored: nothing that was there before it is missing, and its counters are true."""

import asyncio
import os
import subprocess
from contextlib import suppress
from pathlib import Path

import httpx
import psycopg
import pytest

from tests.embedded import POSTGRES_BIN
from tests.fixtures.product import Product
from tests.journeys.seller import Seller, people

pytestmark = [pytest.mark.full, pytest.mark.timeout(300)]
"""`make test-full PART=restore`."""

ROOT = Path(__file__).resolve().parents[3]
DRILL = ROOT / "api" / "operating" / "restore_drill.sh"


def drill(product: Product) -> subprocess.CompletedProcess[str]:
    """The script, as an operator runs it."""
    path = f"{POSTGRES_BIN}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, **product.environment, "PATH": path}
    return subprocess.run([DRILL], env=environment, capture_output=True, text=True, timeout=200, check=False)


def counters(product: Product, *options: str) -> subprocess.CompletedProcess[str]:
    """`./quiver db counters` on the product's database."""
    command = [ROOT / "quiver", "db", "counters", *options]
    environment = {**os.environ, **product.environment}
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)


async def busy(client: httpx.AsyncClient, campaign: int, name: str) -> None:
    """Add leads, and write down what became of them, without end."""
    for start in range(0, 1_000_000, 20):
        body = {"leads": people(name, range(start, start + 20))}
        answer = await client.post(f"/campaigns/{campaign}/leads/batch", json=body)
        assert answer.status_code == 201, answer.text
        for lead in answer.json()["data"][:5]:
            logged = await client.post(f"/leads/{lead['id']}/outcome", json={"outcome": "meeting_booked"})
            assert logged.status_code == 200, logged.text


async def test_a_backup_taken_under_load_is_whole_and_true(product: Product) -> None:
    async with product.client("drill@example.com") as client:
        seller = Seller(client)
        await seller.begin()
        (_, campaign), *_ = await seller.set_up_arms()
        working = [asyncio.create_task(busy(client, campaign, f"Load{number}")) for number in range(3)]
        await asyncio.sleep(3)
        done = await asyncio.to_thread(drill, product)
        for task in working:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
    assert done.returncode == 0, done.stdout + done.stderr
    assert "the copy is whole" in done.stdout


async def test_a_counter_that_lies_is_named_and_repaired_on_demand(product: Product) -> None:
    async with product.client("drill-wrong@example.com") as client:
        seller = Seller(client)
        await seller.begin()
        (_, campaign), *_ = await seller.set_up_arms()
    with psycopg.connect(product.environment["DATABASE_URL"], autocommit=True) as connection:
        connection.execute('UPDATE "Campaigns" SET "TotalLeads" = 7 WHERE "CampaignID" = %s', (campaign,))
    done = await asyncio.to_thread(drill, product)
    assert done.returncode == 1
    assert f"WRONG: campaign {campaign}" in done.stdout

    repaired = await asyncio.to_thread(counters, product, "--repair")
    assert f"repaired: campaign {campaign}" in repaired.stdout
    assert (await asyncio.to_thread(counters, product)).returncode == 0
