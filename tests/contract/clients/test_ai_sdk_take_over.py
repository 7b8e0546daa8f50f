"""The npm package `ai`, unmodified, while the process that writes its answer is killed and another one takes over."""

from functools import partial

from tests.contract.clients.front_end import FrontEnd, Tab, see, settle
from tests.contract.clients.person import BUYERS, Json, long_answers, squeezed
from tests.durability.replicas import Replica, Replicas
from tests.fixtures.product import Product
from tests.journeys.founder import Answer, read

WORDS = 60
PACE = 0.04
TELL: Json = {"do": "tell"}
RESUME: Json = {"do": "resume"}


async def test_the_answer_of_a_killed_process_is_whole_in_the_end_and_stands_once(
    product: Product, version: str, replicas: Replicas
) -> None:
    dying, survivor = await replicas.start(), await replicas.start()
    front_end = await FrontEnd.made_with(version, product, survivor.url)
    # Version 7 is told to take back what it shows; 6 can't, so its user is told to come back.
    again = [] if version == "7" else [RESUME]

    async def kill() -> None:
        dying.kill()

    async with long_answers(product, WORDS, PACE):
        come: list[Json] = [TELL, {"do": "open"}, {**RESUME, "meanwhile": True}, see(40)]
        acts = (partial(begin, front_end, dying), kill)
        seen = await front_end.run(*come, TELL, settle(), *again, at_tell=acts)
    if version == "7":
        assert "reset-step" in seen.requests[0]["types"]
        assert seen.tab.errors == []
    else:
        (told,) = [part["data"] for part in seen.tab.told if part["type"] == "data-error"]
        assert (told["code"], told["retryable"]) == ("attempt_lost", True)
        assert [error["message"] for error in seen.tab.errors] == [told["message"]]
    await is_whole(front_end, seen.tab)
    survivor.kill()


async def begin(front_end: FrontEnd, replica: Replica) -> None:
    """Start a turn at this process, and leave it."""
    async with front_end.client() as client:
        url = f"{replica.url}{front_end.path}/chat"
        async with client.stream("POST", url, json=front_end.body(BUYERS)) as answer:
            await read(answer.aiter_lines(), Answer(answer.status_code), until="text-delta")


async def is_whole(front_end: FrontEnd, tab: Tab) -> None:
    """The user sees one question and one whole answer, which is the record's."""
    assert (tab.status, tab.error) == ("ready", None)
    assert tab.roles == ["user", "assistant"]
    question, answer = await front_end.history()
    assert [message["id"] for message in tab.messages] == [question["id"], answer["id"]]
    assert answer["incomplete"] is False
    assert squeezed(tab.texts[1]) == squeezed(answer["content"])
    assert len(answer["content"].split()) >= WORDS
