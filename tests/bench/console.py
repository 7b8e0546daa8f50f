"""The console: scrolling 100,000 leads beside scrolling 100, and the JavaScript that the chat needs."""

import json
import shutil
from typing import Any

import httpx
import psycopg

from tests.bench import rest_data
from tests.bench.stage import Stage
from tests.contract.clients.browser import NAMES
from tests.contract.clients.script import script
from tests.dev import sample
from tests.dev.console import BUNDLE

FEW = 100
GOAL_RATIO = 1.5
GOAL_BYTES = 250_000
SECONDS = 400


async def run(stage: Stage) -> None:
    """Both in one browser, the few first."""
    assert BUNDLE.exists(), "`make console` builds it."
    database = stage.settings["DATABASE_URL"]
    few = _few(stage, database)
    rest_data.fill(database, stage.workspace_id)
    browser = next((found for name in NAMES if (found := shutil.which(name))), None)
    assert browser, "There is no Chromium."
    orders = {
        "executable": browser,
        "url": stage.api_url,
        "email": sample.EMAIL,
        "password": sample.PASSWORD,
        "workspaceId": stage.workspace_id,
        "few": few,
        "rows": rest_data.LEADS + FEW,
    }
    async with script("6", "scroll.mjs", seconds=SECONDS) as running:
        await running.say(json.dumps(orders))
        _print(json.loads(await running.hear()))


def _few(stage: Stage, database: str) -> int:
    """A campaign of few leads."""
    headers = {"Authorization": f"Bearer {stage.token}"}
    with httpx.Client(base_url=stage.api_url, headers=headers, trust_env=False, timeout=20) as client:
        path = f"/workspaces/{stage.workspace_id}/campaigns"
        campaign = int(client.post(path, json={"name": "Few"}).raise_for_status().json()["data"]["id"])
    with psycopg.connect(database, autocommit=True) as connection:
        values = {"workspace": stage.workspace_id, "leads": FEW, "campaigns": [campaign]}
        connection.execute(rest_data.LEADS_IN, values)
        # The many have the same addresses, and a workspace holds an address once.
        connection.execute('UPDATE "Leads" SET "EmailKey" = NULL WHERE "CampaignID" = %s', [campaign])
    return campaign


def _print(seen: dict[str, Any]) -> None:
    print("ms from frame to frame while the table scrolls, 1,200 frames each")
    for name, label in (("few", f"{FEW:,} rows"), ("many", f"{rest_data.LEADS + FEW:,} rows")):
        figures = seen[name]
        print(f"  {label:14} p50 {figures['p50']:6.1f}  p95 {figures['p95']:6.1f}  p99 {figures['p99']:6.1f}")
    ratio = seen["many"]["p95"] / seen["few"]["p95"]
    print(f"  p95 beside p95: {ratio:.2f}, goal <= {GOAL_RATIO}")
    size = seen["firstLoad"]
    print(f"JavaScript until the chat can be used, gzipped: {size:,} bytes, goal < {GOAL_BYTES:,}")
