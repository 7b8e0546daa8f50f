"""The package's `pollJobStatus`: a job to its end, a cancel, a token and a network that go in the middle."""

import asyncio
from pathlib import Path

import httpx
import jwt

from tests.contract.clients.person import Person
from tests.contract.package.front_end import run
from tests.durability.gate import gate_before
from tests.fixtures.product import Product
from tests.journeys.pace import held


async def test_a_job_is_followed_to_its_end(person: Person, project: Path, version: str) -> None:
    seen = await run(person, project, version, "job")
    assert seen["status"] == "completed"
    last = seen["seen"][-1]
    assert (last["progress"], last["progressText"]) == (100, "100% complete")
    assert last["completedSteps"] == last["totalSteps"]
    assert seen["file"].splitlines()[0].count(",") > 3


async def test_a_job_is_asked_for_where_no_stream_comes_through(
    person: Person, project: Path, version: str
) -> None:
    seen = await run(person, project, version, "asked")
    assert seen["status"] == "completed"
    assert seen["questions"] >= 1
    assert seen["seen"][-1]["progressText"] == "100% complete"


async def test_a_cancelled_job_is_an_error_of_its_own(person: Person, project: Path, version: str) -> None:
    async with held(person.product):
        seen = await run(person, project, version, "cancel")
    assert seen["states"][-1] == "cancelled"
    assert (seen["ended"]["name"], seen["ended"]["message"]) == ("JobCancelled", "Job was cancelled")


async def test_an_expired_token_is_renewed_and_a_cut_network_waited_for(
    person: Person, project: Path, version: str
) -> None:
    port = httpx.URL(person.product.url).port
    assert port is not None
    async with gate_before(port) as gate, held(person.product) as release:
        person.url = f"http://127.0.0.1:{gate.port}"

        async def cut() -> None:
            await gate.shut()
            await asyncio.sleep(1.5)
            await gate.open()
            await release()

        expired = await _expired(person.product, person.token)
        seen = await run(person, project, version, "renewal", at_tell=[cut], expired=expired)
    assert seen["status"] == "completed"
    assert seen["renewals"] == [True]
    assert seen["states"][-1] == "completed"


async def _expired(product: Product, token: str) -> str:
    """The same person's token, an hour old."""
    claims = jwt.decode(token, options={"verify_signature": False})
    wanted = {
        "email": claims["email"],
        "claims": {"exp": claims["iat"] - 60, "iat": claims["iat"] - 3600},
    }
    async with httpx.AsyncClient(base_url=product.sandbox_url, trust_env=False) as control:
        minted = (await control.post("/control/mint", json=wanted)).raise_for_status().json()
    return str(minted["token"])
