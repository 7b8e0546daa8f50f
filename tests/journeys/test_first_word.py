"""How soon the agent speaks: counted at the provider, while the first words arrive over HTTP."""

import httpx

from tests.fixtures.product import Product
from tests.journeys.founder import Answer, Founder, Json, read
from tests.journeys.pace import slowly

ORDINARY = (
    "We sell pumps to mines. Most customers come after a flooded shaft.",
    "The heads of maintenance buy, mostly in Poland.",
    "They compare us with rented pumps.",
)


async def model_calls(product: Product, since: int = 0) -> list[Json]:
    """What the language model was asked after call `since`, oldest first."""
    async with httpx.AsyncClient(base_url=product.sandbox_url, trust_env=False) as control:
        query: dict[str, str | int] = {"provider": "openai", "since": since, "limit": 5000}
        answer = await control.get("/control/calls", params=query)
    return list(answer.raise_for_status().json()["calls"])


async def test_an_ordinary_turn_asks_the_model_once_before_its_first_word(product: Product) -> None:
    async with product.client("first-word@journeys.example") as client, slowly(product, 0.05):
        founder = await Founder.begin(client, "Acme")
        await founder.describe({"company": {"companyName": "Acme", "oneSentencePitch": "Pumps for mines"}})
        path = f"/workspaces/{founder.workspace_id}/discovery/chat"
        for number, message in enumerate(ORDINARY):
            before = max((call["id"] for call in await model_calls(product)), default=0)
            body = {"id": "chat", "messages": [{"role": "user", "id": f"m-{number}", "content": message}]}
            async with client.stream("POST", path, json=body) as stream:
                assert stream.status_code == httpx.codes.OK
                lines = stream.aiter_lines()
                answer = await read(lines, Answer(200), until="text-delta")
                (call,) = await model_calls(product, since=before)
                assert answer.text
                assert (call["kind"], call["stream"]) == ("text", True)
                assert call["endedAt"] is None, "the words are shown while they are written"
                assert (await read(lines, answer)).finished
