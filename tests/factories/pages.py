"""Pages as readings hold them."""

from typing import Any

from persistence.types import utc_now
from tools.websites.pages import PageText

SITE = "https://tidewerk.example"


def a_page(path: str = "/", text: str = "Tidewerk plans crews for harbour tugs.", *links: str, **fields: Any) -> PageText:  # fmt: skip
    """A page of the site with links to these paths."""
    plain: dict[str, Any] = {
        "asked": SITE + path,
        "url": SITE + path,
        "title": "Tidewerk",
        "description": None,
        "favicon": None,
        "text": text,
        "links": [[SITE + link, link] for link in links],
        "fetched_at": utc_now().isoformat(),
    }
    return PageText(**{**plain, **fields})  # type: ignore[typeddict-item]
