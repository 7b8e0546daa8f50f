"""Supabase's public keys can't be read for ten minutes: whoever signs with a known key is known, and the rest is told what is so.

`make test-full PART=sign_in_keys`; KEYS_AWAY_SECONDS says for how long, JWKS_SECONDS is a fifth of it so that the keys grow stale.
"""

import asyncio
import os
import time
from collections import Counter
from collections.abc import Mapping

import httpx
import pytest

from tests.durability.gate import gate_before
from tests.durability.replicas import Replica, Replicas
from tests.fixtures.product import Product
from tests.fixtures.sandbox import SandboxServer

AWAY_SECONDS = float(os.environ.get("KEYS_AWAY_SECONDS", "600"))
RETRY_SECONDS = 2
BETWEEN = 0.25
LONGEST = 6.0
"""Seconds an answer may take while the keys can't be read: the product asks for them for five, one request at a time."""

pytestmark = [pytest.mark.full, pytest.mark.timeout(AWAY_SECONDS + 200)]


async def _me(replica: Replica, token: str) -> httpx.Response:
    """Who the product says this is."""
    headers = {"Authorization": f"Bearer {token}"}
    async with httpx.AsyncClient(base_url=replica.url, trust_env=False, timeout=30) as client:
        return await client.get("/auth/me", headers=headers)


async def test_known_keys_serve_while_they_can_not_be_read_and_new_ones_once_they_can(
    product: Product,
    sandbox: SandboxServer,
    replicas: Replicas,
    replica_settings: Mapping[str, str],
) -> None:
    port = httpx.URL(sandbox.url).port
    assert port is not None
    async with gate_before(port) as gate:
        supabase = f"http://127.0.0.1:{gate.port}/supabase"
        settings = {
            "SUPABASE_URL": supabase,
            "JWKS_SECONDS": str(max(1, round(AWAY_SECONDS / 5))),
            "JWKS_RETRY_SECONDS": str(RETRY_SECONDS),
        }
        issued = {"email": "known@keys.example", "claims": {"iss": f"{supabase}/auth/v1"}}
        replica = await replicas.start(settings)
        old = await sandbox.mint(**issued)
        assert (await _me(replica, old)).status_code == httpx.codes.OK
        await gate.shut()
        await sandbox.control("POST", "keys", {"rotate": True, "keepOld": True})
        newer = await sandbox.mint(**issued)
        told, slowest = await _while_away(sandbox, replica, old, newer)
        late = replicas.fork(settings)
        answer = await _answered(late, old)
        assert (answer.status_code, answer.json()["code"]) == (503, "sign_in_unavailable")
        assert int(answer.headers["Retry-After"]) >= 1
        await gate.open()
        ended = time.monotonic()
        assert (await _accepted(replica, newer)).status_code == httpx.codes.OK
        assert (await _accepted(late, old)).status_code == httpx.codes.OK
        back = time.monotonic() - ended
    print(
        f"away for {AWAY_SECONDS:.0f} s: {dict(told)}, slowest {slowest:.1f} s; all well {back:.1f} s after"
    )
    assert set(told) == {"known 200", "new 401"}
    assert slowest < LONGEST
    assert back < RETRY_SECONDS + 5


async def _while_away(
    sandbox: SandboxServer, replica: Replica, old: str, newer: str
) -> tuple[Counter[str], float]:
    """What two people are told all the time: one signed in by a key that is known, one by a key that is new."""
    told: Counter[str] = Counter()
    slowest, until = 0.0, time.monotonic() + AWAY_SECONDS
    while time.monotonic() < until:
        for name, token in (("known", old), ("new", newer)):
            began = time.monotonic()
            answer = await _me(replica, token)
            slowest = max(slowest, time.monotonic() - began)
            told[f"{name} {answer.status_code}"] += 1
        await asyncio.sleep(BETWEEN)
    return told, slowest


async def _answered(replica: Replica, token: str) -> httpx.Response:
    """The first answer of a process that is starting."""
    deadline = time.monotonic() + 30
    while True:
        try:
            return await _me(replica, token)
        except httpx.ConnectError:
            assert time.monotonic() < deadline
            await asyncio.sleep(0.1)


async def _accepted(replica: Replica, token: str) -> httpx.Response:
    """The first answer that is no refusal, or the last one in 20 seconds."""
    deadline = time.monotonic() + 20
    while not (answer := await _me(replica, token)).is_success and time.monotonic() < deadline:  # noqa: ASYNC110 — another process has no event
        await asyncio.sleep(0.1)
    return answer
