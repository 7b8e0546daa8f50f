"""The project's public keys (JWKS), held in memory: read anew every few minutes, kept when Supabase is away."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import httpx
import jwt
import structlog

from api.auth.settings import AuthSettings
from tools.errors import ProviderUnavailable

log = structlog.get_logger(__name__)

ALGORITHM_OF_KEY = {("EC", "P-256"): "ES256", ("RSA", None): "RS256"}
"""The one algorithm each kind of key may be used with; other kinds are ignored."""

MAX_DOCUMENT_BYTES = 64 * 1024
MAX_KEYS = 50
FIRST_RETRY_SECONDS = 2.0
"""Pause between attempts while there are no keys at all."""


@dataclass(frozen=True)
class SigningKey:
    """A public key and the only algorithm it may verify."""

    key_id: str
    algorithm: str
    key: jwt.PyJWK


class KeySet:
    """Public keys by id. One reading at a time; an unknown id causes at most one reading per `jwks_retry_seconds`."""

    def __init__(
        self,
        settings: AuthSettings,
        client: httpx.AsyncClient,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._settings = settings
        self._client = client
        self._clock = clock
        self._keys: dict[str, SigningKey] = {}
        self._read_at: float | None = None
        self._tried_at: float | None = None
        self._reading = asyncio.Lock()

    async def get(self, key_id: str) -> SigningKey | None:
        """The key with this id, or None when the project has none.

        Raises ProviderUnavailable when no key could ever be read: then nobody can be recognised.
        """
        if self._stale() or key_id not in self._keys:
            await self._refresh(key_id)
        if not self._keys and self._read_at is None:
            raise ProviderUnavailable(
                "Sign-in is not available now.", provider="supabase", code="sign_in_unavailable"
            )
        return self._keys.get(key_id)

    def knows(self, key_id: object) -> bool:
        """Whether a public key has this id, as far as is known now."""
        return key_id in self._keys

    def _stale(self) -> bool:
        return self._read_at is None or self._clock() - self._read_at > self._settings.jwks_seconds

    def _may_try(self) -> bool:
        if self._tried_at is None:
            return True
        pause = FIRST_RETRY_SECONDS if self._read_at is None else self._settings.jwks_retry_seconds
        return self._clock() - self._tried_at > pause

    async def _refresh(self, key_id: str) -> None:
        """Read the keys, unless another request just did. On failure the old ones stay."""
        async with self._reading:
            if not self._may_try() or (key_id in self._keys and not self._stale()):
                return
            self._tried_at = self._clock()
            try:
                self._keys = parse_keys(await self._read())
                self._read_at = self._clock()
            except (httpx.HTTPError, ValueError) as error:
                log.warning("jwks.unreadable", error=type(error).__name__, keys_kept=len(self._keys))

    async def _read(self) -> Any:
        """The document at the project's address. Raises httpx.HTTPError or ValueError."""
        response = await self._client.get(self._settings.jwks_url, follow_redirects=False, timeout=5.0)
        if response.status_code != 200:
            raise ValueError(f"status {response.status_code}")
        if len(response.content) > MAX_DOCUMENT_BYTES:
            raise ValueError("too large")
        return response.json()


def parse_keys(document: Any) -> dict[str, SigningKey]:
    """The usable keys of a JWKS document by id. Raises ValueError when it is no such document."""
    listed = document.get("keys") if isinstance(document, dict) else None
    if not isinstance(listed, list):
        raise ValueError("no key set")  # noqa: TRY004 — the type of what was sent, not of an argument
    keys = (_signing_key(item) for item in listed[:MAX_KEYS])
    return {key.key_id: key for key in keys if key}


def _signing_key(item: Any) -> SigningKey | None:
    """One key, or None when it is not one for verifying ES256 or RS256 signatures."""
    if not isinstance(item, dict) or not isinstance(item.get("kid"), str) or item.get("use", "sig") != "sig":
        return None
    algorithm = ALGORITHM_OF_KEY.get((str(item.get("kty")), item.get("crv")))
    if algorithm is None or item.get("alg", algorithm) != algorithm or "d" in item:
        return None
    try:
        return SigningKey(item["kid"], algorithm, jwt.PyJWK(item, algorithm))
    except (jwt.PyJWTError, ValueError, TypeError):
        log.warning("jwks.key_unusable")
        return None
