"""Keys rotate, and Supabase is away now and then."""

from collections.abc import AsyncIterator

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from api.auth.keys import KeySet, parse_keys
from api.auth.settings import AuthSettings
from api.auth.tokens import TokenVerifier
from tests.embedded import free_port
from tests.fixtures.api import SupabaseProject
from tools.errors import ProviderUnavailable, Unauthenticated


class Clock:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


class Bench:
    """A verifier with a clock of its own."""

    def __init__(self, project: SupabaseProject, client: httpx.AsyncClient, url: str | None = None) -> None:
        self.clock = Clock()
        settings = AuthSettings.model_validate({"SUPABASE_URL": url or project.url})
        self.keys = KeySet(settings, client, self.clock)
        self.verifier = TokenVerifier(settings, self.keys)

    async def takes(self, token: str) -> bool:
        """Whether the verifier accepts this token."""
        try:
            await self.verifier.verify(token)
        except Unauthenticated:
            return False
        return True


@pytest.fixture
async def bench(supabase_project: SupabaseProject) -> AsyncIterator[Bench]:
    """A verifier on the tests' Supabase project, whose keys are put back afterwards."""
    published = supabase_project.published
    async with httpx.AsyncClient(trust_env=False) as client:
        yield Bench(supabase_project, client)
    supabase_project.published = published


async def test_the_keys_are_read_once_for_many_tokens(
    bench: Bench, supabase_project: SupabaseProject
) -> None:
    before = supabase_project.readings
    for _ in range(20):
        assert await bench.takes(supabase_project.token())
    assert supabase_project.readings == before + 1


async def test_a_new_key_is_taken_after_rotation(bench: Bench, supabase_project: SupabaseProject) -> None:
    assert await bench.takes(supabase_project.token())
    new = ec.generate_private_key(ec.SECP256R1())
    supabase_project.published = {"keys": [supabase_project.jwk("es-1"), supabase_project.jwk("es-2", new)]}
    bench.clock.now += 31
    assert await bench.takes(supabase_project.token(kid="es-2", key=new))
    assert await bench.takes(supabase_project.token())


async def test_unknown_key_ids_cause_one_reading_in_thirty_seconds(
    bench: Bench, supabase_project: SupabaseProject
) -> None:
    await bench.takes(supabase_project.token())
    bench.clock.now += 31
    before = supabase_project.readings
    for number in range(50):
        assert not await bench.takes(supabase_project.token(kid=f"es-x{number}"))
    assert supabase_project.readings == before + 1


async def test_a_withdrawn_key_stops_counting_even_for_tokens_seen_before(
    bench: Bench, supabase_project: SupabaseProject
) -> None:
    token = supabase_project.token()
    assert await bench.takes(token)
    supabase_project.published = {"keys": [supabase_project.jwk("rs-1")]}
    bench.clock.now += 599
    assert await bench.takes(token)
    bench.clock.now += 2
    assert not await bench.takes(token)


async def test_old_keys_stay_while_supabase_is_away(bench: Bench, supabase_project: SupabaseProject) -> None:
    token = supabase_project.token()
    assert await bench.takes(token)
    for wrong in ({}, {"keys": 5}, [], {"keys": [], "padding": "x" * 70_000}):
        supabase_project.published = wrong
        bench.clock.now += 1000
        assert await bench.takes(supabase_project.token())


async def test_without_any_key_nobody_is_recognised_and_nobody_is_accused(
    supabase_project: SupabaseProject,
) -> None:
    async with httpx.AsyncClient(trust_env=False) as client:
        bench = Bench(supabase_project, client, f"http://127.0.0.1:{free_port()}")
        with pytest.raises(ProviderUnavailable):
            await bench.verifier.verify(supabase_project.token())


def test_only_keys_that_verify_signatures_are_taken(supabase_project: SupabaseProject) -> None:
    good = supabase_project.jwk("es-1")
    bad = [
        good | {"alg": "HS256"},
        good | {"use": "enc"},
        good | {"kty": "oct", "k": "c2VjcmV0"},
        good | {"crv": "P-384"},
        good | {"x": "AAAA"},
        good | {"kid": 5},
        {name: value for name, value in good.items() if name != "kid"},
        good | {"d": "private"},
        "es-1",
    ]
    assert parse_keys({"keys": bad}) == {}
    assert list(parse_keys({"keys": [*bad, good]})) == ["es-1"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"SUPABASE_URL": "ftp://x"},
        {"SUPABASE_URL": "project.supabase.co"},
        {"SUPABASE_URL": "https://x?y"},
        {"SUPABASE_URL": "https://x", "SUPABASE_JWT_SECRET": "short"},
        {"SUPABASE_URL": "https://x", "PROVISIONING_LIMIT": "often"},
        {},
    ],
)
def test_unsafe_settings_stop_the_start(wrong: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=r".+"):
        AuthSettings.model_validate(wrong)


async def test_hs256_is_refused_without_a_secret(bench: Bench, supabase_project: SupabaseProject) -> None:
    assert not await bench.takes(supabase_project.token(algorithm="HS256", kid=None))
