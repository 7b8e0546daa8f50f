"""Only requests for our own host names: others come from rebinding tricks or misdirected proxies."""

from collections.abc import Awaitable, Sequence

from starlette.types import ASGIApp, Receive, Scope, Send

from api.errors import problem


class TrustedHost:
    """Refuses other Host headers with 400. Not a coroutine itself, which would be kept as long as each stream."""

    def __init__(self, app: ASGIApp, *, allowed: Sequence[str]) -> None:
        """`allowed`: exact names, `*.example.com` for subdomains, `*` for any."""
        self._app = app
        self._names = frozenset(name for name in allowed if not name.startswith("*."))
        self._suffixes = tuple(name[1:] for name in allowed if name.startswith("*."))

    def __call__(self, scope: Scope, receive: Receive, send: Send) -> Awaitable[None]:
        """Pass on requests for us."""
        if scope["type"] == "http" and not self._trusts(_hosts(scope)):
            refusal = problem(400, "unknown_host", "This is not a host name of this service.")
            return refusal(scope, receive, send)
        return self._app(scope, receive, send)

    def _trusts(self, hosts: list[str]) -> bool:
        if "*" in self._names:
            return True
        if len(hosts) != 1:
            return False
        name = (
            hosts[0].lower().rpartition("]")[0] + "]"
            if hosts[0].startswith("[")
            else hosts[0].lower().split(":")[0]
        )
        return name in self._names or (bool(self._suffixes) and name.endswith(self._suffixes))


def _hosts(scope: Scope) -> list[str]:
    return [value.decode("latin-1") for name, value in scope["headers"] if name == b"host"]
