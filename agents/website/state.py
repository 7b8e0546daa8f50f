"""What the reading of a site holds: plain JSON, bounded by the limits of the website reader."""

from typing import Annotated, TypedDict

from tools.websites.pages import PageText, StoredAnswer


def together(before: dict[str, str | None], after: dict[str, str | None]) -> dict[str, str | None]:
    """What pages that were cleaned side by side came to."""
    return {**before, **after}


class WebsiteState(TypedDict, total=False):
    """The state of one run."""

    url: str
    """The first page's address."""
    depth: int
    """How many links far to go from it."""
    keep_in: int | None
    """The workspace that keeps the pages; None: none does."""
    fetched: StoredAnswer | None
    """The first page's bytes, until they are read."""
    pages: list[PageText]
    """What the pages say, as extracted, the first page first."""
    levels: list[int]
    """How many pages there were after each level."""
    tried: list[str]
    """Addresses that were asked for."""
    snapshots: list[int]
    """The ids of the pages as they are stored, in their order."""
    cleaned: Annotated[dict[str, str | None], together]
    """By the page's number: its text without clutter; None: it stays as it was extracted."""


class OnePage(TypedDict):
    """What the clean-up of one page is given."""

    number: int
    page: PageText
