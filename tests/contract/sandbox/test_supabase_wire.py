"""The stand-in for Supabase Auth: GoTrue's answers, real signatures, rotation, and odd tokens on request."""

from pathlib import Path
from typing import Any

import httpx
import jwt
import pytest

from tests.fixtures.sandbox import SandboxServer, running_sandbox

GOTRUE_CLAIMS = {
    "aud", "exp", "iat", "iss", "sub", "email", "phone", "role", "app_metadata",
    "user_metadata", "session_id", "is_anonymous", "aal", "amr",
}  # fmt: skip


def auth(sandbox: SandboxServer) -> httpx.AsyncClient:
    """A client of the project's Auth API."""
    return httpx.AsyncClient(base_url=f"{sandbox.supabase_url}/auth/v1", trust_env=False)


async def published_key(sandbox: SandboxServer, token: str) -> Any:
    """The published key of a token. Raises when there is none."""
    async with auth(sandbox) as client:
        keys = jwt.PyJWKSet.from_dict((await client.get("/.well-known/jwks.json")).json())
    return keys[jwt.get_unverified_header(token)["kid"]]


async def test_a_token_has_gotrues_claims_and_verifies_by_the_published_key(sandbox: SandboxServer) -> None:
    token = await sandbox.token("mara@example.com")
    key = await published_key(sandbox, token)
    claims = jwt.decode(
        token, key, ["ES256"], audience="authenticated", issuer=f"{sandbox.supabase_url}/auth/v1"
    )
    assert claims.keys() == GOTRUE_CLAIMS
    assert (await sandbox.token("MARA@example.com ")) != token
    async with auth(sandbox) as client:
        shown = await client.get("/user", headers={"Authorization": f"Bearer {token}"})
    assert shown.json()["id"] == claims["sub"]


async def test_wrong_passwords_taken_addresses_and_spent_refresh_tokens_are_refused(
    sandbox: SandboxServer,
) -> None:
    body = {"email": "ned@example.com", "password": "long-enough"}
    async with auth(sandbox) as client:
        session = (await client.post("/signup", json=body)).json()
        assert (await client.post("/signup", json=body)).json()["error_code"] == "user_already_exists"
        wrong = await client.post("/token?grant_type=password", json={**body, "password": "not-it"})
        assert (wrong.status_code, wrong.json()["error_code"]) == (400, "invalid_credentials")
        spent = {"refresh_token": session["refresh_token"]}
        assert (await client.post("/token?grant_type=refresh_token", json=spent)).is_success
        assert (await client.post("/token?grant_type=refresh_token", json=spent)).status_code == 400


async def test_rotation_keeps_or_drops_the_old_key(sandbox: SandboxServer) -> None:
    old = await sandbox.token("ola@example.com")
    await sandbox.control("POST", "keys", {"rotate": True})
    new = await sandbox.token("ola@example.com")
    assert jwt.get_unverified_header(old)["kid"] != jwt.get_unverified_header(new)["kid"]
    assert await published_key(sandbox, old)
    await sandbox.control("POST", "keys", {"rotate": True, "keepOld": False})
    with pytest.raises(KeyError):
        await published_key(sandbox, old)


@pytest.mark.parametrize("algorithm", ["RS256", "HS256"])
async def test_other_algorithms_sign_when_chosen(sandbox: SandboxServer, algorithm: str) -> None:
    secret = "a-secret-of-at-least-thirty-two-bytes!"
    await sandbox.control("POST", "keys", {"algorithm": algorithm, "secret": secret})
    try:
        token = await sandbox.token("pia@example.com")
        key = secret if algorithm == "HS256" else await published_key(sandbox, token)
        assert jwt.decode(token, key, [algorithm], audience="authenticated")["email"] == "pia@example.com"
    finally:
        await sandbox.control("POST", "keys", {"algorithm": "ES256"})


async def test_odd_tokens_are_minted_as_asked(sandbox: SandboxServer) -> None:
    unsigned = await sandbox.mint(alg="none", claims={"role": "service_role"})
    assert unsigned.endswith(".")
    assert jwt.decode(unsigned, options={"verify_signature": False})["role"] == "service_role"
    forever = await sandbox.mint(claims={"exp": None, "iss": "https://elsewhere.example/auth/v1"})
    assert "exp" not in jwt.decode(
        forever, await published_key(sandbox, forever), ["ES256"], audience="authenticated"
    )
    confused = await sandbox.mint(
        alg="HS256", secret="public-key", rawPayload='{"exp": NaN, "sub": "a", "sub": "b"}'
    )
    assert jwt.get_unverified_header(confused)["alg"] == "HS256"


async def test_key_fetches_are_counted_and_can_fail(sandbox: SandboxServer) -> None:
    await sandbox.behave("fail", provider="supabase", kind="jwks", count=1)
    async with auth(sandbox) as client:
        statuses = [(await client.get("/.well-known/jwks.json")).status_code for _ in range(2)]
    assert statuses == [500, 200]
    assert len(await sandbox.calls("supabase", kind="jwks")) == 2


async def test_users_and_keys_outlive_a_restart(tmp_path: Path) -> None:
    tokens, keys = [], []
    for _ in range(2):
        with running_sandbox("--state", str(tmp_path), "--companies", "0") as server:
            tokens.append(await server.token("quin@example.com"))
            keys.append((await server.control("GET", "keys"))["kid"])
    subjects = {jwt.decode(token, options={"verify_signature": False})["sub"] for token in tokens}
    assert len(subjects) == len(set(keys)) == 1
