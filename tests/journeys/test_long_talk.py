"""A talk of 200 turns over HTTP, looked at from the provider's side and in the database: it costs no more than it began."""

from statistics import mean

import httpx
import pytest

from tests.bench import long_talk
from tests.fixtures.product import Product
from tests.journeys.founder import Founder, Json
from tests.journeys.pace import slowly

TURNS = 200
EARLY = 20
FACT = "Our very first customer was Ziegelwerk Obertraun, a brick maker with 77 people in Upper Austria."
BYTES_A_TURN = 10 * 1024


async def calls_since(product: Product, since: int) -> list[Json]:
    """What the language model was asked after call `since`, with the requests' bodies, oldest first."""
    async with httpx.AsyncClient(base_url=product.sandbox_url, timeout=60, trust_env=False) as control:
        query: dict[str, str | int] = {"provider": "openai", "since": since, "limit": 100, "bodies": "true"}
        answer = await control.get("/control/calls", params=query)
    return list(answer.raise_for_status().json()["calls"])


def tokens(calls: list[Json]) -> int:
    return sum(int(call["inputTokens"]) for call in calls)


async def newest_call(product: Product) -> int:
    async with httpx.AsyncClient(base_url=product.sandbox_url, trust_env=False) as control:
        query: dict[str, str | int] = {"provider": "openai", "limit": 5000}
        calls = (await control.get("/control/calls", params=query)).json()["calls"]
    return max((int(call["id"]) for call in calls), default=0)


@pytest.mark.full
@pytest.mark.timeout(600)
async def test_turn_200_knows_what_turn_3_said_and_costs_what_turn_20_did(product: Product) -> None:
    database_url = product.environment["DATABASE_URL"]
    async with product.client("long-talk@journeys.example") as client, slowly(product, 0):
        founder = await Founder.begin(client, "Brickwise")
        url = f"/workspaces/{founder.workspace_id}/discovery/chat"
        session: dict[str, int] = {}
        asked: dict[int, list[Json]] = {}
        stored: dict[int, int] = {}
        newest = await newest_call(product)
        for number in range(1, TURNS + 1):
            said = long_talk.words(number) + (f" {FACT}" if number == 3 else "")
            answer = await client.post(
                url, json={"message": said, **session}, headers={"Accept": "application/json"}
            )
            assert answer.status_code == httpx.codes.OK, answer.text
            session = {"sessionId": answer.json()["data"]["sessionId"]}
            asked[number] = await calls_since(product, newest)
            newest = max(int(call["id"]) for call in asked[number])
            if number in (EARLY, TURNS):
                stored[number] = long_talk.stored_bytes(database_url)
        history = (await client.get(f"{url.removesuffix('chat')}sessions/{session['sessionId']}")).json()
    first, *_ = asked[TURNS]
    assert (first["kind"], first["stream"]) == ("text", True), "nothing is summed up before the first word"
    assert "Ziegelwerk Obertraun" in str(first["body"])
    early = mean(tokens(asked[number]) for number in range(EARLY - 4, EARLY + 1))
    late = mean(tokens(asked[number]) for number in range(TURNS - 4, TURNS + 1))
    assert late <= 1.3 * early
    assert (stored[TURNS] - stored[EARLY]) / (TURNS - EARLY) <= BYTES_A_TURN
    spoken = [message["content"] for message in history["data"]["messages"] if message["role"] == "user"]
    assert len(spoken) == TURNS
    assert spoken[2].endswith(FACT)
