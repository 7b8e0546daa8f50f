"""What a site's robots.txt allows us, after RFC 9309: no file allows all, a failing server allows nothing."""

from collections import OrderedDict
from time import monotonic

import httpx
from protego import Protego

from tools.providers.website.errors import WebsiteRefused, WebsiteUnreachable, WebsiteUnreadable
from tools.providers.website.fetcher import Fetcher
from tools.providers.website.target import Target, parse_target

MAX_ROBOTS = 500 * 1024
REMEMBERED = 256
REMEMBERED_SECONDS = 600.0

ALLOW_ALL = Protego.parse("")
ALLOW_NONE = Protego.parse("User-agent: *\nDisallow: /")


class Robots:
    """Rules by origin, fetched under the same guard as pages and remembered for ten minutes."""

    def __init__(self, fetcher: Fetcher, user_agent: str) -> None:
        self._fetcher = fetcher
        self._user_agent = user_agent
        self._remembered: OrderedDict[str, tuple[float, Protego]] = OrderedDict()

    async def check(self, target: Target) -> None:
        """Raise WebsiteRefused when the site asks us not to read this page."""
        rules = self._known(target.origin)
        if rules is None:
            rules = await self._fetch(target)
            self._remember(target.origin, rules)
        if not rules.can_fetch(str(target), self._user_agent):
            raise WebsiteRefused(
                "The website's robots.txt asks us not to read this page.", code="website_robots_refused"
            )

    def _known(self, origin: str) -> Protego | None:
        at, rules = self._remembered.get(origin, (0.0, None))
        return rules if rules is not None and monotonic() - at < REMEMBERED_SECONDS else None

    def _remember(self, origin: str, rules: Protego) -> None:
        self._remembered[origin] = (monotonic(), rules)
        self._remembered.move_to_end(origin)
        while len(self._remembered) > REMEMBERED:
            self._remembered.popitem(last=False)

    async def _fetch(self, target: Target) -> Protego:
        robots_url = parse_target("/robots.txt", base=target)
        try:
            answer = await self._fetcher.get(
                robots_url, before=_anything, check=_any_answer, limit=MAX_ROBOTS, cut=True
            )
        except WebsiteUnreadable:
            return ALLOW_ALL
        if answer.status >= 500:
            raise WebsiteUnreachable(f"The website answered {answer.status}.")
        if answer.status != 200 or not answer.content_type.startswith("text/"):
            return ALLOW_ALL
        return parse_rules(answer.body.decode("utf-8", errors="replace"))


def parse_rules(text: str) -> Protego:
    """Rules from a robots.txt; one that breaks the parser allows nothing."""
    try:
        return Protego.parse(text.replace("\x00", ""))
    except Exception:  # noqa: BLE001 — a foreign parser on a hostile file: whatever it raises, we keep out
        return ALLOW_NONE


async def _anything(_target: Target) -> None:
    """robots.txt itself may always be read."""


def _any_answer(_response: httpx.Response) -> None:
    """Every answer to robots.txt means something."""
