"""Which tokens are taken, and that no other is: always 401 with the same body, never a 500."""

import base64
import hashlib
import hmac
import json
import logging
import time
from typing import Any
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from tests.fixtures.api import SECRET, Api, SupabaseProject

NOW = int(time.time())


def _unsigned(header: dict[str, Any], claims: dict[str, Any]) -> str:
    parts = (
        base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=") for part in (header, claims)
    )
    return ".".join(parts) + "."


def _public_pem(project: SupabaseProject) -> bytes:
    form = serialization.PublicFormat.SubjectPublicKeyInfo
    return project.es256.public_key().public_bytes(serialization.Encoding.PEM, form)


def _with_key_confusion(project: SupabaseProject) -> str:
    """HS256, signed with the text of the public key: PyJWT refuses to make it, so it is made by hand."""
    signed = _unsigned({"alg": "HS256", "typ": "JWT", "kid": "es-1"}, project.claims())[:-1]
    mac = hmac.new(_public_pem(project), signed.encode(), hashlib.sha256).digest()
    return f"{signed}.{base64.urlsafe_b64encode(mac).decode().rstrip('=')}"


GOOD: dict[str, dict[str, Any]] = {
    "ES256 by the published key": {},
    "RS256 by the published key": {"algorithm": "RS256", "kid": "rs-1"},
    "HS256 by the secret": {"algorithm": "HS256", "kid": None},
    "HS256 with the key id of the secret": {"algorithm": "HS256", "kid": "legacy"},
    "a phone user without e-mail": {"email": "", "user_metadata": {}},
    "no user metadata": {"user_metadata": None},
    "is_anonymous absent": {"is_anonymous": None},
    "several audiences": {"aud": ["authenticated", "other"]},
}

BAD: dict[str, dict[str, Any]] = {
    "expired": {"iat": NOW - 7200, "exp": NOW - 3600},
    "no expiry": {"exp": None},
    "no issue time": {"iat": None},
    "no subject": {"sub": None},
    "no audience": {"aud": None},
    "no issuer": {"iss": None},
    "no role": {"role": None},
    "no session": {"session_id": None},
    "empty session": {"session_id": ""},
    "wrong audience": {"aud": "anon"},
    "wrong issuer": {"iss": "https://other.supabase.co/auth/v1"},
    "issuer with a slash": {"iss": "https://other.supabase.co/auth/v1/"},
    "anonymous user": {"is_anonymous": True},
    "anonymous as text": {"is_anonymous": "true"},
    "anon key": {"role": "anon"},
    "service role": {"role": "service_role"},
    "subject no uuid": {"sub": "me"},
    "subject with NUL": {"sub": str(uuid4()) + "\x00"},
    "subject in braces": {"sub": "{" + str(uuid4()) + "}"},
    "subject empty": {"sub": ""},
    "lives a year": {"exp": NOW + 365 * 86400},
    "expires in the far future": {"exp": 1e30},
    "expiry as text": {"exp": str(NOW + 60)},
    "issued in the future": {"iat": NOW + 3000, "exp": NOW + 3600},
    "not yet valid": {"nbf": NOW + 3000},
    "key id unknown": {"kid": "es-9"},
    "no key id": {"kid": None},
    "key id of the other algorithm": {"kid": "rs-1"},
    "HS256 under a public key's id": {"algorithm": "HS256", "kid": "es-1"},
    "HS256 by another secret": {"algorithm": "HS256", "kid": None, "key": "x" * 40},
    "signed by a stranger's key": {"key": ec.generate_private_key(ec.SECP256R1())},
    "HS512 by the secret": {"algorithm": "HS512", "kid": None, "key": SECRET * 2},
}


@pytest.mark.parametrize("case", GOOD)
async def test_a_good_token_names_the_caller(api: Api, case: str) -> None:
    subject = str(uuid4())
    answer = await api.client(**GOOD[case], sub=subject).get("/auth/me")
    assert answer.status_code == 200, answer.text
    assert answer.json()["data"]["supabaseUserId"] == subject


@pytest.mark.parametrize("case", BAD)
async def test_a_bad_token_is_refused(api: Api, case: str) -> None:
    answer = await api.client(**BAD[case]).get("/auth/me")
    assert answer.status_code == 401, answer.text
    assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert answer.json() == {
        "type": "urn:quiver:problem:unauthenticated",
        "title": "Unauthorized",
        "status": 401,
        "code": "unauthenticated",
        "detail": "A valid access token is needed.",
        "errors": [],
        "success": False,
        "message": "A valid access token is needed.",
        "data": None,
    }


@pytest.mark.parametrize(
    "header",
    [
        "",
        "Bearer",
        "Bearer ",
        "Bearer  two  spaces",
        "Basic dXNlcjpwYXNz",
        "Bearer a.b.c",
        "Bearer a.b",
        "Bearer ....",
        "Bearer " + "x" * 20_000,
        "Bearer eyJhbGciOiJIUzI1NiJ9." + "A" * 100,
        "Bearer \xff\xfe",
        "Bearer " + base64.urlsafe_b64encode(b"[" * 5000).decode() + ".e30.x",
    ],
)
async def test_what_is_no_token_is_refused(api: Api, header: str) -> None:
    client = api.anonymous()
    answer = await client.get("/auth/me", headers={b"Authorization": header.encode("latin-1")})
    assert answer.status_code == 401


async def test_two_authorization_headers_are_refused(api: Api) -> None:
    good = f"Bearer {api.supabase.token()}"
    headers = [("Authorization", good), ("Authorization", good)]
    assert (await api.anonymous().get("/auth/me", headers=headers)).status_code == 401


async def test_an_unsigned_token_is_refused(api: Api) -> None:
    for algorithm in ("none", "None", "NONE", "", None, 5, ["ES256"], {}):
        token = _unsigned({"alg": algorithm, "typ": "JWT", "kid": "es-1"}, api.supabase.claims())
        assert (await api.client(token).get("/auth/me")).status_code == 401


async def test_odd_headers_are_refused(api: Api) -> None:
    for header in (
        {"alg": "ES256", "kid": 5},
        {"alg": "ES256", "kid": "x" * 5000},
        {"alg": "ES256", "kid": ["es-1"]},
    ):
        token = _unsigned(header, api.supabase.claims()) + "AAAA"
        assert (await api.client(token).get("/auth/me")).status_code == 401


async def test_the_public_key_is_not_taken_for_a_secret(api: Api) -> None:
    assert (await api.client(_with_key_confusion(api.supabase)).get("/auth/me")).status_code == 401


async def test_a_changed_token_is_refused(api: Api) -> None:
    header, claims, signature = api.supabase.token().split(".")
    forged = json.loads(base64.urlsafe_b64decode(claims + "=="))
    forged["sub"] = str(uuid4())
    changed = base64.urlsafe_b64encode(json.dumps(forged).encode()).decode().rstrip("=")
    assert (await api.client(f"{header}.{changed}.{signature}").get("/auth/me")).status_code == 401


async def test_a_token_in_the_query_is_not_looked_at(api: Api) -> None:
    answer = await api.anonymous().get("/auth/me", params={"access_token": api.supabase.token()})
    assert answer.status_code == 401


async def test_the_reason_is_logged_and_the_token_is_not(api: Api, caplog: pytest.LogCaptureFixture) -> None:
    token = api.supabase.token(role="service_role")
    with caplog.at_level(logging.INFO):
        await api.client(token).get("/auth/me")
    assert "'reason': 'role'" in caplog.text
    assert not any(part in caplog.text for part in token.split("."))
