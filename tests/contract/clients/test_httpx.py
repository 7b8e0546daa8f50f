"""Python's httpx: a stream that is cut off again and again, and goes on behind the last event that came."""

import httpx
import pytest

from tests.contract.clients.frames import DONE, Frames, joined, receive
from tests.contract.clients.person import BUYERS, Person, long_answers, squeezed
from tests.fixtures.product import Product

WORDS = 60
PACE = 0.02
EVENTS = 6
"""Events between two cuts."""


@pytest.mark.parametrize("form", ["ai-sdk", "plain"])
async def test_an_answer_cut_off_again_and_again_is_whole_without_gap_or_repeat(
    product: Product, form: str
) -> None:
    founder = await Person.begin(product)
    parts: list[Frames] = []
    async with long_answers(product, WORDS, PACE), founder.client() as client:
        url = f"{founder.path}/chat?format={form}"
        async with client.stream("POST", url, json=founder.body(BUYERS)) as answer:
            parts.append(await receive(answer.aiter_lines(), events=EVENTS))
        while (part := await come_back(client, founder, form, parts[-1].ids[-1])) is not None:
            parts.append(part)
    assert len(parts) > 1, "it was not cut"
    whole = joined(parts)
    assert len(set(whole.ids)) == len(whole.ids) == len(whole.data)
    assert whole.data[-1] == DONE
    assert whole.kinds[-1] == {"ai-sdk": "finish", "plain": "done"}[form]
    assert whole.kinds.count("start") == (1 if form == "ai-sdk" else 0)
    record = (await founder.history())[-1]
    assert squeezed(whole.text) == squeezed(record["content"])


async def come_back(client: httpx.AsyncClient, founder: Person, form: str, last: str) -> Frames | None:
    """A few of the events that follow this one; None when there are no more, ever."""
    url = f"{founder.path}/chat/{founder.chat_id}/stream?format={form}"
    async with client.stream("GET", url, headers={"Last-Event-ID": last}) as answer:
        if answer.status_code == httpx.codes.NO_CONTENT:
            return None
        answer.raise_for_status()
        return await receive(answer.aiter_lines(), events=EVENTS)
