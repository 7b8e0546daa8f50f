"""One GET at a time, guarded: the checked address, our own redirects, a body with limits, nothing remembered."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from ssl import SSLContext

import httpx

from tools.providers.website.body import decode, read_limited
from tools.providers.website.door import Door, DoorKeeper
from tools.providers.website.errors import WebsiteRefused, WebsiteUnreachable
from tools.providers.website.settings import WebsiteSettings
from tools.providers.website.target import Target, parse_target

MAX_REDIRECTS = 3
REDIRECTS = {301, 302, 303, 307, 308}

Check = Callable[[Target], Awaitable[None]]
CheckAnswer = Callable[[httpx.Response], None]


@dataclass(frozen=True)
class Fetched:
    """An answer: where it came from after redirects, its status, its type and charset as declared, its plain body."""

    target: Target
    status: int
    content_type: str
    charset: str | None
    body: bytes


class Fetcher:
    """Speaks HTTP with websites. Uses a bare transport: no cookies, no proxies of the environment, no kept connections.

    Connections are not kept because they are pooled by address: a second name on the same address would skip the
    check of its certificate.
    """

    def __init__(
        self, settings: WebsiteSettings, doors: DoorKeeper, *, tls: SSLContext | None = None
    ) -> None:
        """`tls` replaces the usual certificate authorities."""
        self._settings = settings
        self._doors = doors
        self._transport = httpx.AsyncHTTPTransport(
            verify=tls or True,
            trust_env=False,
            limits=httpx.Limits(max_connections=settings.concurrency * 2, max_keepalive_connections=0),
        )

    async def get(
        self, target: Target, *, before: Check, check: CheckAnswer, limit: int, cut: bool = False
    ) -> Fetched:
        """Follow at most three redirects to an answer. `before` is asked about each hop, `check` sees the headers.

        Raises WebsiteRefused, WebsiteUnreadable or WebsiteUnreachable.
        """
        for _ in range(MAX_REDIRECTS + 1):
            await before(target)
            answer = await self._hop(target, check, limit, cut)
            if isinstance(answer, Fetched):
                return answer
            target = answer
        raise WebsiteUnreachable("The website redirects too often.")

    async def _hop(self, target: Target, check: CheckAnswer, limit: int, cut: bool) -> Fetched | Target:
        door = await self._doors.door(target)
        response = await self._send(target, door)
        try:
            location = response.headers.get("location")
            if response.status_code in REDIRECTS and location:
                return parse_target(location, base=target)
            check(response)
            raw = await read_limited(response.aiter_raw(), limit, cut=cut)
        except httpx.HTTPError as error:
            raise WebsiteUnreachable("The website broke off its answer.") from error
        finally:
            await response.aclose()
        body = decode(raw, response.headers.get("content-encoding", ""), self._settings.max_text_bytes)
        content_type, charset = _declared_type(response)
        return Fetched(target, response.status_code, content_type, charset, body)

    async def _send(self, target: Target, door: Door) -> httpx.Response:
        seconds = self._settings.deadline
        request = httpx.Request(
            "GET",
            target.url.copy_with(scheme=door.scheme, host=door.address, port=door.port),
            headers={
                "Host": target.host,
                "User-Agent": self._settings.user_agent,
                "Accept": "text/html, application/xhtml+xml, text/plain;q=0.9",
                "Accept-Encoding": "identity",
                "Connection": "close",
            },
            extensions={
                "sni_hostname": target.host,
                "timeout": dict.fromkeys(("connect", "read", "write", "pool"), seconds),
            },
        )
        try:
            return await self._transport.handle_async_request(request)
        except httpx.UnsupportedProtocol as error:
            raise WebsiteRefused("Only http and https addresses can be read.") from error
        except httpx.HTTPError as error:
            raise WebsiteUnreachable("The website does not answer.") from error

    async def close(self) -> None:
        """Close what is open."""
        await self._transport.aclose()


def _declared_type(response: httpx.Response) -> tuple[str, str | None]:
    """Media type in lower case and charset, from `Content-Type`."""
    media_type = response.headers.get("content-type", "").split(";")[0].strip().lower()
    return media_type, response.charset_encoding
