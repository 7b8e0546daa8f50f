"""What a page says, without the bytes it was made of."""

from langgraph.runtime import Runtime

from agents.website.extract import extract
from tests.fixtures.graphs import GraphBench
from tools.providers.website.fetcher import Fetched
from tools.providers.website.target import parse_target
from tools.websites.pages import stored_answer

PAGE = b"""<title>Tidewerk</title><p>Tidewerk plans crews for harbour tugs in eleven ports.</p>
<a href="/blog">Blog</a><a href="/about">About us</a><a href="https://elsewhere.example/about">Partner</a>"""


async def test_text_and_links_of_the_same_host_stay_and_the_bytes_go(graph_bench: GraphBench) -> None:
    fetched = Fetched(parse_target("https://tidewerk.example/"), 200, "text/html", "utf-8", PAGE)
    state = {"url": "https://tidewerk.example/", "fetched": stored_answer(fetched)}
    update = await extract(state, Runtime(context=graph_bench.context))  # type: ignore[arg-type]
    (page,) = update["pages"]
    assert page["title"] == "Tidewerk"
    assert "eleven ports" in page["text"]
    assert [words for _, words in page["links"]] == ["About us", "Blog"], "the telling ones first"
    assert (update["fetched"], update["levels"]) == (None, [1])
