"""The console's files: what is served where, and under which policy."""

from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from api.auth.settings import AuthSettings
from api.pages.files import console_routes
from api.pages.settings import ConsoleSettings

AUTH = AuthSettings.model_validate({"SUPABASE_URL": "https://project.supabase.co"})


def _client(bundle: Path, **settings: str) -> TestClient:
    console = ConsoleSettings.model_validate(settings)
    return TestClient(Starlette(routes=console_routes(console, AUTH, bundle)))


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    """A built bundle."""
    (tmp_path / "assets").mkdir()
    (tmp_path / "index.html").write_text("<title>Quiver</title>")
    (tmp_path / "assets" / "index-1.js").write_text("1;")
    return tmp_path


def test_every_page_of_the_application_is_its_one_document(bundle: Path) -> None:
    client = _client(bundle)
    for path in ("/console", "/console/", "/console/7/leads/3"):
        answer = client.get(path)
        assert (answer.status_code, answer.text) == (200, "<title>Quiver</title>")
        assert answer.headers["cache-control"] == "no-cache"


def test_assets_are_kept_for_ever_and_missing_ones_are_missing(bundle: Path) -> None:
    client = _client(bundle)
    assert "immutable" in client.get("/console/assets/index-1.js").headers["cache-control"]
    assert client.get("/console/assets/index-2.js").status_code == 404
    assert client.get("/console/../settings.py").status_code == 404


def test_pages_load_only_what_is_ours_and_call_only_us_and_supabase(bundle: Path) -> None:
    rules = _client(bundle).get("/console/").headers["content-security-policy"].split("; ")
    assert {"default-src 'none'", "script-src 'self'", "frame-ancestors 'none'"} <= set(rules)
    assert "connect-src 'self' https://project.supabase.co" in rules


def test_before_it_is_built_it_says_so(tmp_path: Path) -> None:
    answer = _client(tmp_path / "dist").get("/console/")
    assert (answer.status_code, "make console" in answer.text) == (404, True)


def test_the_sign_in_page_learns_where_to_sign_in(bundle: Path) -> None:
    client = _client(bundle, SUPABASE_PUBLISHABLE_KEY="sb_publishable_1")
    assert client.get("/console/config.json").json() == {
        "supabaseUrl": "https://project.supabase.co",
        "supabaseKey": "sb_publishable_1",
        "sample": None,
    }


def test_half_a_sample_account_is_refused() -> None:
    with pytest.raises(ValueError, match="belong together"):
        ConsoleSettings.model_validate({"CONSOLE_SAMPLE_EMAIL": "a@b.example"})
