"""What every answer carries, and what is no route."""

import httpx
import pytest

from tests.fixtures.api import Api, SupabaseProject, running_api

ORIGIN = "https://app.example.com"


@pytest.fixture
def anonymous(toy_api: Api) -> httpx.AsyncClient:
    return toy_api.anonymous()


async def test_every_answer_has_security_headers_and_an_id(toy_api: Api) -> None:
    for answer in (await toy_api.client().get("/auth/me"), await toy_api.anonymous().get("/nothing")):
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Content-Security-Policy"] == "frame-ancestors 'none'"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers["Cache-Control"] == "no-store"
        assert len(answer.headers["X-Request-ID"]) == 32
        assert "Strict-Transport-Security" not in answer.headers


@pytest.mark.parametrize("given", ["short", "x" * 65, "with space 123", 'quote"12345', "né-12345678"])
async def test_an_odd_request_id_is_replaced(anonymous: httpx.AsyncClient, given: str) -> None:
    answer = await anonymous.get("/health", headers={b"X-Request-ID": given.encode("latin-1")})
    assert answer.headers["X-Request-ID"] != given


async def test_what_is_no_route_is_a_problem_document(anonymous: httpx.AsyncClient) -> None:
    answer = await anonymous.get("/nothing")
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
    assert answer.headers["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "BREW"])
async def test_a_method_nobody_offers_is_405(anonymous: httpx.AsyncClient, method: str) -> None:
    answer = await anonymous.request(method, "/auth/me")
    assert answer.status_code == 405
    assert answer.headers["Allow"] == "GET"


@pytest.mark.parametrize(
    "path", ["/auth/me/", "//auth/me", "/AUTH/me", "/auth/me%00", "/auth/%2e%2e/me", "/toys/\u0661"]
)
async def test_odd_paths_are_refused(toy_api: Api, path: str) -> None:
    assert (await toy_api.client().get(path)).status_code in {404, 422}


async def test_nul_in_a_query_is_refused(toy_api: Api) -> None:
    assert (await toy_api.client().get("/auth/me?x=%00")).status_code == 422


async def test_probes_need_no_token(anonymous: httpx.AsyncClient) -> None:
    assert (await anonymous.get("/health")).json()["data"] == {"status": "ok"}
    assert (await anonymous.head("/health")).status_code == 200
    ready = await anonymous.get("/ready")
    assert ready.json()["data"] == {"postgres": True, "redis": True, "migrations": True}


async def test_metrics_count_requests_by_route_not_by_address(toy_api: Api) -> None:
    await toy_api.client().get("/toys/123456789")
    figures = (await toy_api.anonymous().get("/metrics")).text
    assert 'quiver_http_requests_total{method="GET",route="/toys/{experiment_id}",status="404"}' in figures
    assert "123456789" not in figures


async def test_readiness_names_what_is_missing(
    api_environment: dict[str, str], supabase_project: SupabaseProject
) -> None:
    broken = api_environment | {"REDIS_URL": "redis://127.0.0.1:1/0"}
    async with running_api(broken, supabase_project) as api:
        answer = await api.anonymous().get("/ready")
        assert (answer.status_code, answer.json()["missing"]) == (503, ["redis"])


async def test_without_postgres_requests_are_503_and_the_process_lives(
    api_environment: dict[str, str], supabase_project: SupabaseProject
) -> None:
    broken = api_environment | {"DATABASE_URL": "postgresql://postgres@127.0.0.1:1/quiver"}
    async with running_api(broken, supabase_project) as api:
        answer = await api.client().get("/auth/me")
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "2")
        assert (await api.anonymous().get("/health")).status_code == 200
        missing = (await api.anonymous().get("/ready")).json()["missing"]
        assert missing == ["postgres", "migrations"]


async def test_browsers_of_our_origins_may_ask_and_read_headers(anonymous: httpx.AsyncClient) -> None:
    preflight = await anonymous.options(
        "/auth/me",
        headers={
            "Origin": ORIGIN,
            "Access-Control-Request-Method": "PUT",
            "Access-Control-Request-Headers": "authorization, if-match, idempotency-key",
        },
    )
    assert preflight.status_code == 200
    assert preflight.headers["Access-Control-Allow-Origin"] == ORIGIN
    answer = await anonymous.get("/auth/me", headers={"Origin": ORIGIN})
    shown = {name.strip() for name in answer.headers["Access-Control-Expose-Headers"].split(",")}
    assert {"Retry-After", "ETag", "X-Request-ID", "x-vercel-ai-ui-message-stream"} <= shown


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "https://app.example.com.evil.example", "http://app.example.com", "null", "https://xapp.example.com"]
)  # fmt: skip
async def test_other_origins_may_not(anonymous: httpx.AsyncClient, origin: str) -> None:
    answer = await anonymous.get("/health", headers={"Origin": origin})
    assert "Access-Control-Allow-Origin" not in answer.headers


@pytest.mark.parametrize(
    "host", ["evil.example", "", "localhost.evil.example", "127.0.0.1.evil.example:8000", "a b"]
)
async def test_other_hosts_are_refused(anonymous: httpx.AsyncClient, host: str) -> None:
    answer = await anonymous.get("/health", headers={"Host": host})
    assert (answer.status_code, answer.json()["code"]) == (400, "unknown_host")


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:8000", "127.0.0.1:1234"])
async def test_our_hosts_are_served(anonymous: httpx.AsyncClient, host: str) -> None:
    assert (await anonymous.get("/health", headers={"Host": host})).status_code == 200


async def test_production_hides_the_documents_and_asks_for_https(
    api_environment: dict[str, str], supabase_project: SupabaseProject
) -> None:
    production = api_environment | {
        "ENV": "production",
        "SUPABASE_URL": "https://project.supabase.co",
        "ALLOWED_HOSTS": "testserver",
        "SUPPRESSION_KEY": "a-key-that-only-this-test-knows-and-needs",
    }
    async with running_api(production, supabase_project) as api:
        for path in ("/docs", "/openapi.json", "/redoc"):
            assert (await api.anonymous().get(path)).status_code == 404
        health = await api.anonymous().get("/health")
        assert health.headers["Strict-Transport-Security"].startswith("max-age=31536000")


async def test_development_shows_the_documents(toy_api: Api) -> None:
    assert (await toy_api.anonymous().get("/docs")).status_code == 200
    assert (await toy_api.anonymous().get("/openapi.json")).json()["info"]["title"] == "Quiver"


async def test_a_ticket_opens_one_path_for_one_user(toy_api: Api) -> None:
    client, anonymous = toy_api.client(), toy_api.anonymous()
    user_id = (await client.get("/auth/me")).json()["data"]["userId"]
    issued = await client.post("/auth/stream-tickets", json={"path": "/toys/stream/one"})
    assert issued.status_code == 201
    ticket = issued.json()["data"]
    assert ticket["expiresIn"] == 900
    for _ in range(2):
        answer = await anonymous.get("/toys/stream/one", params={"ticket": ticket["ticket"]})
        assert (answer.status_code, answer.json()["data"]) == (200, user_id)
    for path in ("/toys/stream/two", "/auth/me", "/toys/stream/one/"):
        assert (await anonymous.get(path, params={"ticket": ticket["ticket"]})).status_code in {401, 404}
    for wrong in ("", "x", "x" * 5000, ticket["ticket"][:-1]):
        assert (await anonymous.get("/toys/stream/one", params={"ticket": wrong})).status_code == 401


@pytest.mark.parametrize("path", ["", "jobs", "//evil.example/x", "/a?b", "/a b", "/ä", "/" + "x" * 500])
async def test_a_ticket_needs_a_plain_path(toy_api: Api, path: str) -> None:
    answer = await toy_api.client().post("/auth/stream-tickets", json={"path": path})
    assert answer.status_code == (201 if path.startswith("//") else 422)


async def test_a_ticket_is_never_logged(toy_api: Api, caplog: pytest.LogCaptureFixture) -> None:
    issued = await toy_api.client().post("/auth/stream-tickets", json={"path": "/toys/stream/one"})
    ticket = issued.json()["data"]["ticket"]
    await toy_api.anonymous().get("/toys/stream/one", params={"ticket": ticket})
    assert ticket not in caplog.text
