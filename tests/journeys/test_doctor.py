"""`./quiver doctor` on a well product says so, and names what is wrong with a sick one."""

import asyncio
import os
import subprocess
from pathlib import Path

import psycopg
import pytest

from tests.embedded import free_port
from tests.fixtures.product import Product

pytestmark = pytest.mark.full
"""`make test-full PART=doctor`: each run imports all models' packages, for seconds."""

QUIVER = Path(__file__).resolve().parents[2] / "quiver"


async def doctor(product: Product, **changed: str) -> subprocess.CompletedProcess[str]:
    """What it says in the product's environment with some variables changed."""
    environment = {**os.environ, **product.environment, **changed}

    def run() -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [QUIVER, "doctor"], env=environment, capture_output=True, text=True, timeout=60, check=False
        )

    return await asyncio.to_thread(run)


def wrong(said: subprocess.CompletedProcess[str]) -> set[str]:
    """What it found wrong."""
    return {line.split()[1] for line in said.stdout.splitlines() if line.startswith("WRONG")}


async def test_a_well_product_is_well(product: Product) -> None:
    said = await doctor(product)
    assert (said.returncode, wrong(said)) == (0, set()), said.stdout + said.stderr
    assert {line.split()[1] for line in said.stdout.splitlines()} >= {
        "settings", "database", "schema", "redis", "workers", "sign-in", "model", "wiza"
    }  # fmt: skip


async def test_each_thing_that_is_away_is_named_with_advice(product: Product) -> None:
    nowhere = f"http://127.0.0.1:{free_port()}"
    away, unset = await asyncio.gather(
        doctor(
            product,
            SUPABASE_URL=nowhere,
            WIZA_BASE_URL=nowhere,
            REDIS_URL=f"redis://127.0.0.1:{free_port()}/0",
        ),
        doctor(product, DATABASE_URL="", RATE_LIMIT_USER="often"),
    )
    assert (away.returncode, wrong(away)) == (1, {"redis", "sign-in", "wiza"})
    assert all("→" in line for line in away.stdout.splitlines() if line.startswith("WRONG"))
    assert unset.returncode == 1
    assert "DATABASE_URL" in unset.stdout
    assert "RATE_LIMIT_USER" in unset.stdout


WAITING = """
    WITH client AS (INSERT INTO "Clients" ("Name", "Slug") VALUES ('A', 'a') RETURNING "ClientID"),
    workspace AS (INSERT INTO "Projects" ("ClientID", "Name") SELECT "ClientID", 'A' FROM client RETURNING "ProjectID"),
    job AS (INSERT INTO "Jobs" ("JobID", "ProjectID", "Type")
        SELECT gen_random_uuid(), "ProjectID", 'data_export' FROM workspace RETURNING "JobID")
    INSERT INTO "JobItems" ("JobID", "Position", "RunAfter") SELECT "JobID", 0, now() - interval '1 hour' FROM job
"""


async def test_work_that_nobody_does_is_noticed(product: Product) -> None:
    url = product.environment["DATABASE_URL"]
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE DATABASE unattended")
    unattended = url.rpartition("/")[0] + "/unattended"
    environment = {**os.environ, **product.environment, "DATABASE_URL": unattended}
    await asyncio.to_thread(
        subprocess.run, [QUIVER, "db", "upgrade"], env=environment, check=True, timeout=60
    )
    with psycopg.connect(unattended, autocommit=True) as connection:
        connection.execute(WAITING)
    said = await doctor(product, DATABASE_URL=unattended)
    assert wrong(said) == {"workers"}
    assert "1 of data_export" in said.stdout
