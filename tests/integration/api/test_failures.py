"""What goes wrong inside becomes a problem document that says no more than it should."""

import httpx
import pytest

from tests.fixtures.api import Api


@pytest.fixture
def client(toy_api: Api) -> httpx.AsyncClient:
    return toy_api.client()


@pytest.mark.parametrize(
    ("kind", "status", "code", "retry_after"),
    [
        ("unknown", 500, "internal", None),
        ("not-found", 404, "not_found", None),
        ("quota", 429, "quota_exceeded", "7"),
        ("provider", 503, "model_unavailable", "3"),
        ("timeout", 503, "unavailable", "2"),
        ("connection", 503, "unavailable", "2"),
        ("sql-unique", 409, "conflict", None),
        ("sql-long", 422, "invalid", None),
        ("sql-timeout", 503, "unavailable", "2"),
        ("sql-lost", 503, "unavailable", "2"),
        ("sql-wrong", 500, "internal", None),
    ],
)
async def test_each_failure_has_its_answer(
    client: httpx.AsyncClient, kind: str, status: int, code: str, retry_after: str | None
) -> None:
    answer = await client.post(f"/toys/raise/{kind}")
    assert (answer.status_code, answer.json()["code"]) == (status, code), answer.text
    assert answer.headers.get("Retry-After") == retry_after
    assert answer.json().get("retryAfter") == (int(retry_after) if retry_after else None)
    assert answer.headers["Content-Type"] == "application/problem+json"
    problem = answer.json()
    assert problem["status"] == status
    assert (problem["success"], problem["data"], problem["message"]) == (False, None, problem["detail"])
    for leak in ("postgres", "secret", "Traceback", "INSERT", "nowhere", "asyncpg"):
        assert leak not in answer.text


async def test_the_next_request_after_a_lost_connection_works(client: httpx.AsyncClient) -> None:
    await client.post("/toys/raise/sql-lost")
    assert (await client.get("/auth/me")).status_code == 200


async def test_an_unknown_failure_is_logged_with_its_request_and_without_credentials(
    client: httpx.AsyncClient, caplog: pytest.LogCaptureFixture
) -> None:
    answer = await client.post("/toys/raise/unknown", headers={"X-Request-ID": "trace-me-12345"})
    assert answer.headers["X-Request-ID"] == "trace-me-12345"
    assert "trace-me-12345" in caplog.text


async def test_what_people_wrote_is_not_logged_with_a_database_error(
    client: httpx.AsyncClient, caplog: pytest.LogCaptureFixture
) -> None:
    assert (await client.post("/toys/raise/sql-bound")).status_code == 500
    assert "nowhere" in caplog.text
    assert "written-by-a-person" not in caplog.text


async def test_a_failing_commit_is_no_success(client: httpx.AsyncClient) -> None:
    answer = await client.post("/toys/late-failure")
    assert (answer.status_code, answer.json()["code"]) == (409, "conflict")


async def test_a_failure_can_be_read_by_browsers_of_our_origins(client: httpx.AsyncClient) -> None:
    answer = await client.post("/toys/raise/unknown", headers={"Origin": "https://app.example.com"})
    assert answer.status_code == 500
    assert answer.headers["Access-Control-Allow-Origin"] == "https://app.example.com"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
