"""Posts as they come in a request, and what can be counted in them without a model."""

import re
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, TypedDict

from prompts.characters import clean
from tools.activity.schemas import MAX_POSTS, ActivityRequest
from tools.errors import FieldError, Invalid
from tools.experiments.evidence import Source, fold

RECENT = timedelta(days=30)
ENOUGH_DATES = 3
HOURS = ((0, 8), (8, 12), (12, 17), (17, 24))
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
POST_LENGTH = 4_000
TOTAL_LENGTH = 60_000


class PostText(TypedDict):
    """A post as plain JSON. `stored` is its address or its number, `posted_at` ISO 8601 or empty."""

    id: str
    stored: str
    text: str
    posted_at: str


class Sender(TypedDict):
    """Who wants to write: a description, and the names by which a post would mention them."""

    about: str
    names: list[str]


def posts_of(request: ActivityRequest) -> list[PostText]:
    """The posts with something in them, newest order kept, bounded. Raises Invalid when there is none."""
    raw = request.raw_activity
    given = re.split(r"\n\s*\n", raw) if isinstance(raw, str) else raw
    posts: list[PostText] = []
    length = 0
    for item in given[:MAX_POSTS]:
        text, url, posted = (
            (item, None, None) if isinstance(item, str) else (item.text, item.url, item.posted_at)
        )
        said = clean(text)[0].strip()[:POST_LENGTH]
        if not said or length > TOTAL_LENGTH:
            continue
        length += len(said)
        name = f"post:{len(posts) + 1}"
        posts.append(
            {
                "id": name,
                "stored": url or name,
                "text": said,
                "posted_at": posted.isoformat() if posted else "",
            }
        )
    if not posts:
        raise Invalid("There is nothing to read.", [FieldError("/rawActivity", "Send at least one post.")])
    return posts


def sources_of(posts: Sequence[PostText]) -> list[Source]:
    """The posts as evidence is searched in."""
    return [Source(post["id"], post["stored"], "page", post["text"]) for post in posts]


def is_active(posts: Sequence[PostText], now: datetime) -> bool:
    """Whether something was posted in the last 30 days; posts without dates count as it."""
    dates = _dates(posts)
    return any(now - RECENT <= date <= now + timedelta(days=1) for date in dates) if dates else bool(posts)


def peak_time(posts: Sequence[PostText]) -> str | None:
    """The day and hours of UTC in which most posts were written; None with fewer than three dates."""
    dates = _dates(posts)
    if len(dates) < ENOUGH_DATES:
        return None
    day = _most([DAYS[date.weekday()] for date in dates])
    first, last = _most([next(span for span in HOURS if date.hour < span[1]) for date in dates])
    return f"{day}, {first} to {last} (UTC)"


def names_company(posts: Sequence[PostText], names: Sequence[str]) -> bool:
    """Whether a post names one of these, as a word of its own."""
    known = [fold(name).casefold() for name in names if len(fold(name)) > 1]
    texts = [fold(post["text"]).casefold() for post in posts]
    return any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) for name in known for text in texts)


def _dates(posts: Sequence[PostText]) -> list[datetime]:
    return [datetime.fromisoformat(post["posted_at"]).astimezone(UTC) for post in posts if post["posted_at"]]


def _most(values: Sequence[Any]) -> Any:
    """The most frequent value; of equals the first."""
    return Counter(values).most_common(1)[0][0]
