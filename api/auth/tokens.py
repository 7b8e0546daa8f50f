"""Supabase access tokens: which are accepted, and whom they name. Everything not explicitly allowed is refused."""

import hashlib
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NoReturn
from uuid import UUID

import jwt
import structlog

from api.auth.keys import KeySet, SigningKey
from api.auth.settings import AuthSettings
from tools.errors import Unauthenticated
from tools.text.cleaning import one_line
from tools.users.service import Identity

log = structlog.get_logger(__name__)

AUDIENCE = "authenticated"
LEEWAY = 10
MAX_TOKEN_CHARACTERS = 8_192
CACHED_TOKENS = 10_000
REQUIRED_CLAIMS = ["exp", "iat", "sub", "aud", "iss", "role"]


@dataclass(frozen=True)
class Verified:
    """A token that passed: whom it names, until when, and the public key that proved it (None: the secret)."""

    identity: Identity
    expires_at: float
    key: SigningKey | None


class TokenVerifier:
    """Checks tokens once and remembers the good ones until they expire or their key is withdrawn."""

    def __init__(self, settings: AuthSettings, keys: KeySet, clock: Callable[[], float] = time.time) -> None:
        self._settings = settings
        self._keys = keys
        self._clock = clock
        self._verified: OrderedDict[bytes, Verified] = OrderedDict()

    async def verify(self, token: str) -> Identity:
        """Whom a token names. Raises Unauthenticated; why goes to the log, the token never does."""
        if not token or len(token) > MAX_TOKEN_CHARACTERS or not token.isascii():
            _refuse("malformed")
        digest = hashlib.sha256(token.encode()).digest()
        verified = await self._remembered(digest)
        if verified is None:
            verified = await self._check(token)
            self._verified[digest] = verified
            if len(self._verified) > CACHED_TOKENS:
                self._verified.popitem(last=False)
        return verified.identity

    async def _remembered(self, digest: bytes) -> Verified | None:
        """A token seen before, unless it has expired or its key was withdrawn meanwhile."""
        verified = self._verified.get(digest)
        if verified is None:
            return None
        current = verified.key is None or await self._keys.get(verified.key.key_id) == verified.key
        if not current or verified.expires_at + LEEWAY <= self._clock():
            self._verified.pop(digest, None)
            return None
        self._verified.move_to_end(digest)
        return verified

    async def _check(self, token: str) -> Verified:
        try:
            header = jwt.get_unverified_header(token)
            key = await self._key_for(header)
            claims = self._decode(token, key)
        except (jwt.PyJWTError, ValueError, TypeError, OverflowError, RecursionError) as error:
            _refuse(type(error).__name__)
        self._require_person(claims)
        return Verified(_identity(claims), float(claims["exp"]), key)

    async def _key_for(self, header: Mapping[str, Any]) -> SigningKey | None:
        """The public key that a token must be signed with; None means the shared secret."""
        algorithm, key_id = header.get("alg"), header.get("kid")
        if algorithm == "HS256":
            if self._settings.jwt_secret is None or self._keys.knows(key_id):
                _refuse("hs256_not_allowed")
            return None
        if algorithm not in {"ES256", "RS256"} or not isinstance(key_id, str) or len(key_id) > 200:
            _refuse("algorithm_or_key_id")
        key = await self._keys.get(key_id)
        if key is None or key.algorithm != algorithm:
            _refuse("unknown_key")
        return key

    def _decode(self, token: str, key: SigningKey | None) -> dict[str, Any]:
        """The claims, with signature, times, audience and issuer checked. Raises jwt.PyJWTError."""
        if key is None:
            assert self._settings.jwt_secret is not None
            secret: Any = self._settings.jwt_secret.get_secret_value()
        else:
            secret = key.key
        return jwt.decode(
            token,
            secret,
            algorithms=["HS256" if key is None else key.algorithm],
            audience=AUDIENCE,
            issuer=self._settings.issuer,
            leeway=LEEWAY,
            options={"require": REQUIRED_CLAIMS, "enforce_minimum_key_length": True},
        )

    def _require_person(self, claims: Mapping[str, Any]) -> None:
        """What the library does not check: that this is a signed-in person, for a sensible time."""
        if claims["role"] != AUDIENCE or claims.get("is_anonymous", False) is not False:
            _refuse("role")
        if not _canonical_uuid(claims["sub"]) or not _text(claims.get("session_id")):
            _refuse("subject_or_session")
        expires, issued = claims["exp"], claims["iat"]
        if type(expires) not in {int, float} or type(issued) not in {int, float}:
            _refuse("times")
        if not 0 < expires - issued <= self._settings.token_max_seconds:
            _refuse("lifetime")


def _identity(claims: Mapping[str, Any]) -> Identity:
    """Whom the claims name. E-mail and name are the user's own words: never used to recognise anybody."""
    metadata = claims.get("user_metadata")
    metadata = metadata if isinstance(metadata, Mapping) else {}
    email = claims.get("email")
    email = one_line(email, limit=321) if isinstance(email, str) else ""
    names = [str(metadata[field]) for field in ("full_name", "name") if _text(metadata.get(field))]
    name = next((line for raw in [*names, email.partition("@")[0]] if (line := one_line(raw, limit=200))), "")
    return Identity(
        UUID(claims["sub"]), email if "@" in email and len(email) <= 320 else None, name or "User"
    )


def _canonical_uuid(value: object) -> bool:
    try:
        return isinstance(value, str) and str(UUID(value)) == value.lower()
    except ValueError:
        return False


def _text(value: object) -> bool:
    return isinstance(value, str) and bool(one_line(value, limit=len(value)))


def _refuse(reason: str) -> NoReturn:
    """Refuse a token: the reason is for the log alone."""
    log.info("token.refused", reason=reason)
    raise Unauthenticated("A valid access token is needed.")
