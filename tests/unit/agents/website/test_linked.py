"""Linked pages are read level by level, within the limits."""

from langgraph.runtime import Runtime

from agents.website.linked import goes_deeper, linked
from agents.website.state import WebsiteState
from tests.factories.pages import SITE, a_page
from tests.fixtures.graphs import GraphBench
from tests.fixtures.websites import HostileSites, http


def page(title: str, *links: str) -> bytes:
    anchors = "".join(f'<a href="{link}">{link}</a>' for link in links)
    return http(f"<title>{title}</title><p>The page {title} says this of tugs.</p>{anchors}")


def a_state(*links: str, depth: int = 2) -> WebsiteState:
    first = a_page("/", "The first page.", *links)
    return {"url": SITE, "depth": depth, "pages": [first], "levels": [1], "tried": []}


async def test_a_level_is_read_and_the_next_goes_on_from_it(
    graph_bench: GraphBench, hostile_sites: HostileSites
) -> None:
    hostile_sites.answers |= {
        "tidewerk.example/about": page("About", "/", "/team", "https://other.example/x"),
        "tidewerk.example/team": page("Team", "/about"),
    }
    state, runtime = a_state("/about", "/gone"), Runtime(context=graph_bench.context)
    state = {**state, **await linked(state, runtime)}  # type: ignore[typeddict-item]
    assert [page["title"] for page in state["pages"]] == ["Tidewerk", "About"]
    assert (state["levels"], goes_deeper(state)) == ([1, 2], True)
    state = {**state, **await linked(state, runtime)}  # type: ignore[typeddict-item]
    assert [page["title"] for page in state["pages"]] == ["Tidewerk", "About", "Team"]
    assert not goes_deeper(state)
    assert sorted(place for place in hostile_sites.seen if "robots" not in place) == [
        "tidewerk.example/about",
        "tidewerk.example/gone",
        "tidewerk.example/team",
    ], "nothing twice, nothing elsewhere"


async def test_no_more_pages_than_the_setting_allows(
    graph_bench: GraphBench, hostile_sites: HostileSites
) -> None:
    paths = [f"/{number}" for number in range(20)]
    hostile_sites.answers |= {f"tidewerk.example{path}": page(f"Number {path}") for path in paths}
    update = await linked(a_state(*paths), Runtime(context=graph_bench.context))
    assert len(update["pages"]) == graph_bench.context.pages.settings.max_pages


def test_a_depth_of_none_and_a_level_without_links_end_it() -> None:
    assert not goes_deeper(a_state("/about", depth=0))
    assert not goes_deeper(a_state(depth=2))
