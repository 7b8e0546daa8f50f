"""Wiza's call-backs: sent when work is done; duplicate, early, forged or missing when told so."""

import asyncio
import copy
import hashlib
import time
from collections.abc import Callable

import httpx

from tests.sandbox.behaviour import Rule
from tests.sandbox.wiza.account import Account, Work
from tests.sandbox.wiza.records import Json

TRIES = 3


async def call_back(
    account: Account, work: Work, tell: Callable[[Work], Json], chosen: dict[str, Rule]
) -> None:
    """POST to the call-back address of this work what GET answers."""
    if "no_webhook" in chosen:
        return
    early = tell(work)
    await asyncio.sleep(max(0.0, work.ready_at - time.time()))
    done = tell(work)
    if work.fail_error or done["data"].get("status") == "failed":
        done["status"]["code"] = 400
    key = hashlib.sha256(work.key.encode()).hexdigest()
    sent = [(done, key)]
    if "duplicate_webhook" in chosen:
        sent.append((done, key))
    if "out_of_order" in chosen:
        sent.append((early, key))
    if "forged_webhook" in chosen:
        forged = copy.deepcopy(done)
        forged["data"]["email"] = "forged@attacker.example"
        sent.insert(0, (forged, "0" * 64))
    async with httpx.AsyncClient(trust_env=False, timeout=5) as client:
        for body, shown in sent:
            await _deliver(client, account, str(work.callback), body, shown)


async def _deliver(client: httpx.AsyncClient, account: Account, url: str, body: Json, key: str) -> None:
    """Up to three tries; 403 and 404 stop them."""
    for _ in range(TRIES):
        try:
            answer = await client.post(url, json=body, headers={"x-auth-key": key})
            status = answer.status_code
        except httpx.TransportError:
            status = 0
        account.webhooks.append({"url": url, "id": body["data"]["id"], "status": status})
        if 200 <= status < 300 or status in {401, 403, 404}:
            return
        await asyncio.sleep(0.05)
