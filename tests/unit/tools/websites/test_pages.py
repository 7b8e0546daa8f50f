"""Pages as plain JSON, and which of their links are followed."""

from persistence.types import utc_now
from tests.factories.pages import SITE, a_page
from tools.providers.website.reader import Page, PageLink
from tools.websites.pages import MOST_LINKS, next_addresses, page_of, page_text


def test_a_page_survives_being_kept() -> None:
    links = (PageLink(f"{SITE}/about", "About us"),)
    page = Page(SITE, f"{SITE}/", "Tidewerk", "Crews", f"{SITE}/i.png", "Words.", links, utc_now())
    assert page_of(page_text(page)) == page
    assert page_of(page_text(page), "Fewer.").text == "Fewer."


def test_links_stay_on_the_host_and_are_bounded() -> None:
    links = tuple(PageLink(f"{SITE}/blog/{number}", "") for number in range(100))
    away = PageLink("https://elsewhere.example/pricing", "Prices")
    page = Page(SITE, SITE, None, None, None, "", (*links, away, PageLink(f"{SITE}/pricing", "")), utc_now())
    kept = page_text(page)["links"]
    assert (kept[0][0], len(kept)) == (f"{SITE}/pricing", MOST_LINKS)
    assert all(address.startswith(SITE) for address, _ in kept)


def test_an_address_is_asked_once_however_it_is_written() -> None:
    level = [a_page("/", "", "/about", "/about/", "/team"), a_page("/x", "", "/team", "/")]
    assert next_addresses(level, [SITE, f"{SITE}/x"], 10) == [f"{SITE}/about", f"{SITE}/team"]
    assert next_addresses(level, [f"{SITE}/about/"], 1) == [f"{SITE}/team"]
    assert next_addresses(level, [], 0) == next_addresses(level, [], -3) == []
