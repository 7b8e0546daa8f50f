"""Sessions and tokens with GoTrue's claims, and odd ones for tests."""

import json
import secrets
import time
import uuid
from typing import Any

from tests.sandbox.state import Sandbox
from tests.sandbox.supabase.users import new_user, public

LIFETIME = 3600
"""Seconds a token of a session lives, as Supabase's default."""


def claims(sandbox: Sandbox, user: dict[str, Any], session_id: str | None = None) -> dict[str, Any]:
    """The claims of a user's token as GoTrue writes them."""
    now = int(time.time())
    anonymous = bool(user["is_anonymous"])
    return {
        "aal": "aal1",
        "amr": [{"method": "anonymous" if anonymous else "password", "timestamp": now}],
        "app_metadata": user["app_metadata"],
        "aud": "authenticated",
        "email": user["email"],
        "exp": now + LIFETIME,
        "iat": now,
        "is_anonymous": anonymous,
        "iss": sandbox.issuer,
        "phone": user["phone"],
        "role": "authenticated",
        "session_id": session_id or str(uuid.uuid4()),
        "sub": user["id"],
        "user_metadata": user["user_metadata"],
    }


def sign(sandbox: Sandbox, payload: dict[str, Any]) -> str:
    """A token signed by the key in use."""
    key = sandbox.keys.current()
    header = {"alg": sandbox.keys.algorithm, "typ": "JWT"}
    if key:
        header["kid"] = key.kid
    return sandbox.keys.sign(
        json.dumps(header), json.dumps(payload), sandbox.keys.algorithm, None, key.kid if key else None
    )


def session(sandbox: Sandbox, user: dict[str, Any], session_id: str | None = None) -> dict[str, Any]:
    """What a sign-in answers: access and refresh token, and the user."""
    payload = claims(sandbox, user, session_id)
    refresh = secrets.token_urlsafe(9)
    sandbox.users.refresh_tokens[refresh] = {"user": user["id"], "session": payload["session_id"]}
    sandbox.users.save()
    return {
        "access_token": sign(sandbox, payload),
        "token_type": "bearer",
        "expires_in": LIFETIME,
        "expires_at": payload["exp"],
        "refresh_token": refresh,
        "user": public(user),
    }


def mint(sandbox: Sandbox, wanted: dict[str, Any]) -> str:
    """Any token a test may want.

    `claims` are laid over the usual ones of `email` (a claim of null is left out; `keepNulls` keeps it),
    `headers` over the usual headers, `alg` names the algorithm, `kid` the key or a name in the header,
    `secret` the HS256 secret ("public-key" takes the published key's PEM),
    `rawPayload` and `rawHeader` are used as they are.
    """
    email = str(wanted.get("email") or "someone@example.com")
    user = next(
        (user for user in sandbox.users.users.values() if user["email"] == email.lower()),
        new_user(email=email),
    )
    payload = claims(sandbox, user) | dict(wanted.get("claims") or {})
    if not wanted.get("keepNulls"):
        payload = {name: value for name, value in payload.items() if value is not None}
    algorithm = str(wanted.get("alg") or sandbox.keys.algorithm)
    kid = wanted.get("kid")
    current = sandbox.keys.current()
    if kid is None and current and algorithm == current.algorithm:
        kid = current.kid
    header = (
        {"alg": algorithm, "typ": "JWT"} | ({"kid": kid} if kid else {}) | dict(wanted.get("headers") or {})
    )
    secret = wanted.get("secret")
    if secret == "public-key" and current:
        secret = current.public_pem().decode()
    raw_header = wanted.get("rawHeader") or json.dumps(header)
    raw_payload = wanted.get("rawPayload") or json.dumps(payload)
    return sandbox.keys.sign(raw_header, raw_payload, algorithm, secret, kid)
