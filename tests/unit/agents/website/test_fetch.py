"""What was fetched is kept as plain JSON, byte for byte."""

import json

import pytest
from langgraph.runtime import Runtime

from agents.website.fetch import fetch
from tests.fixtures.graphs import GraphBench
from tests.fixtures.websites import HostileSites, http
from tools.errors import Invalid
from tools.websites.pages import fetched_answer

BODY = "<title>Überseekontor</title><p>Wir planen Schlepper.</p>".encode("latin-1")


async def test_an_answer_is_kept_until_it_is_read(
    graph_bench: GraphBench, hostile_sites: HostileSites
) -> None:
    hostile_sites.answers["tidewerk.example/"] = http(BODY, content_type="text/html; charset=iso-8859-1")
    update = await fetch({"url": "https://tidewerk.example/"}, Runtime(context=graph_bench.context))
    fetched = fetched_answer(json.loads(json.dumps(update["fetched"])))
    assert (fetched.body, fetched.charset) == (BODY, "iso-8859-1")
    assert (str(fetched.target), fetched.status) == ("https://tidewerk.example/", 200)


async def test_a_private_address_is_refused(graph_bench: GraphBench) -> None:
    with pytest.raises(Invalid):
        await fetch({"url": "http://127.0.0.1/"}, Runtime(context=graph_bench.context))
