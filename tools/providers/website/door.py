"""Where a target may be reached: its addresses, every one of them checked, or the sandbox's when the setting says so."""

from dataclasses import dataclass

import structlog

from tools.providers.website.addresses import is_public
from tools.providers.website.errors import WebsiteRefused
from tools.providers.website.resolver import Resolver
from tools.providers.website.settings import WebsiteSettings
from tools.providers.website.target import PORTS, Target, has_local_name, is_literal

log = structlog.get_logger(__name__)

NOT_PUBLIC = "Only public websites can be read."


@dataclass(frozen=True)
class Door:
    """One checked place to connect to."""

    scheme: str
    address: str
    port: int


class DoorKeeper:
    """Turns a target into the address to connect to; nothing resolves the name a second time."""

    def __init__(self, settings: WebsiteSettings, resolver: Resolver) -> None:
        self._exceptions = settings.exceptions()
        self._resolver = resolver

    async def door(self, target: Target) -> Door:
        """The place to connect to.

        Raises WebsiteRefused unless every address of the name is public, WebsiteUnreachable when the name has none.
        """
        self.check_name(target)
        if target.host in self._exceptions:
            address, port = self._exceptions[target.host]
            return Door("http", address, port)
        addresses = [target.host] if is_literal(target.host) else await self._resolver.addresses(target.host)
        if not addresses or not all(map(_is_public, addresses)):
            log.warning("website.address_refused", host=target.host)
            raise WebsiteRefused(NOT_PUBLIC)
        return Door(target.scheme, addresses[0], PORTS[target.scheme])

    def check_name(self, target: Target) -> None:
        """Raise WebsiteRefused when the name alone, without asking for its address, is no public website's."""
        host = target.host
        if host in self._exceptions:
            return
        if has_local_name(host) or (is_literal(host) and not _is_public(host)):
            log.warning("website.name_refused", host=host)
            raise WebsiteRefused(NOT_PUBLIC)


def _is_public(address: str) -> bool:
    """As `is_public`; what is no address at all is not public."""
    try:
        return is_public(address)
    except ValueError:
        return False
