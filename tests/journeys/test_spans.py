"""A request can be followed through the system: its turn, nodes and models' calls, its job in another process."""

import httpx
import pytest

from tests.durability.replicas import Replica, Zygote
from tests.embedded import free_port
from tests.fixtures.collector import Collector, collecting
from tests.fixtures.product import Product
from tests.journeys.followed import followed, worker
from tests.journeys.founder import Founder

SECRET_WORDS = "Pumps-nobody-may-read-of for mines"
WANTED = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
"""A caller's own span (https://www.w3.org/TR/trace-context/#examples-of-http-traceparent-headers)."""


async def founder_at(product: Product, replica: Replica, client: httpx.AsyncClient) -> Founder:
    client.base_url = httpx.URL(replica.url)
    founder = await Founder.begin(client, "Acme")
    await founder.describe({"company": {"companyName": "Acme", "oneSentencePitch": "Pumps"}})
    return founder


async def test_a_message_is_followed_from_the_callers_span_to_the_models_call(
    product: Product, zygote: Zygote
) -> None:
    with collecting() as collector:
        async with (
            followed(product, zygote, collector.url) as replica,
            product.client("spans-talk@example.com") as client,
        ):
            founder = await founder_at(product, replica, client)
            client.headers["traceparent"] = WANTED
            answer = await founder.say(SECRET_WORDS)
            assert answer.finished
            await collector.until(lambda spans: any(span.name == "turn" for span in spans))
            figures = (await client.get("/metrics")).text
        _figures_are_there(figures)
        await collector.until(lambda _: any(len(collector.above(turn)) for turn in collector.named("turn")))
        _turn_is_whole(collector)
    assert b"nobody-may-read" not in collector.raw
    assert b"eyJ" not in collector.raw, "a token"
    assert {headers.get("x-key") for headers in collector.headers} == {"abc"}


def _figures_are_there(figures: str) -> None:
    """What a dashboard needs of one turn: that it ended, its first word, its calls, their tokens."""
    lines = [line for line in figures.splitlines() if not line.startswith("#")]
    told = {line.rpartition(" ")[0]: float(line.rpartition(" ")[2]) for line in lines}
    assert told['quiver_turns_total{code="",status="done"}'] == 1
    assert told["quiver_turn_first_token_seconds_count"] == 1
    assert told["quiver_turns_running"] == 0
    calls = [value for name, value in told.items() if name.startswith("quiver_model_calls_total")]
    tokens = [value for name, value in told.items() if name.startswith("quiver_model_tokens_total")]
    assert sum(calls) >= 1
    assert sum(tokens) > 100


def _turn_is_whole(collector: Collector) -> None:
    post = "POST /workspaces/{workspace_id}/discovery/chat"
    (turn,) = collector.named("turn")
    assert collector.above(turn) == [post]
    assert turn.trace in WANTED
    calls = collector.named("model call")
    assert calls
    for call in calls:
        node, *rest = collector.above(call)
        assert node.startswith("node ")
        assert rest == ["turn", post]
        assert call.attributes["quiver.outcome"] == "done"
        assert call.attributes["quiver.input_tokens"] > 0
    assert turn.attributes["quiver.first_token_ms"] > 0
    (request,) = collector.named(post)
    assert request.attributes["quiver.status"] == 200
    assert set(request.attributes) == {"quiver.method", "quiver.route", "quiver.status"}


def above_items(collector: Collector) -> list[list[str]]:
    return [collector.above(item) for item in collector.named("job item")]


async def test_a_job_is_followed_into_the_worker(product: Product, zygote: Zygote) -> None:
    with collecting() as collector, worker(product, zygote, collector.url):
        async with (
            followed(product, zygote, collector.url) as replica,
            product.client("spans-job@example.com") as client,
        ):
            founder = await founder_at(product, replica, client)
            path = f"/workspaces/{founder.workspace_id}/exports"
            started = await client.post(path, json={"what": "leads", "format": "csv"})
            assert started.status_code == 202, started.text
            # What is inside ends, and is sent, before what it is in.
            await collector.until(lambda _: any(len(found) == 2 for found in above_items(collector)), 40)
        item = next(item for item in collector.named("job item") if len(collector.above(item)) == 2)
        task, request = collector.above(item)
    assert task.startswith("task ")
    assert request == "POST /workspaces/{workspace_id}/exports"
    assert item.attributes["quiver.job_id"] == started.json()["data"]["jobId"]


@pytest.mark.full
async def test_a_collector_that_is_away_changes_no_answer_and_holds_up_no_end(
    product: Product, zygote: Zygote
) -> None:
    async with (
        followed(product, zygote, f"http://127.0.0.1:{free_port()}") as replica,
        product.client("spans-away@example.com") as client,
    ):
        founder = await founder_at(product, replica, client)
        assert (await client.get(f"/workspaces/{founder.workspace_id}")).status_code == 200
