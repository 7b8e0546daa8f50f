"""The check of configured names against the provider's list of models."""

import pytest
from structlog.testing import capture_logs

from tests.contract.models.conftest import OpenRouter
from tests.fixtures.sandbox import SandboxServer
from tools.providers.models.check import check_models
from tools.providers.models.settings import ModelSettings


async def test_each_role_is_reported_as_served_or_not(
    open_router: OpenRouter, sandbox: SandboxServer
) -> None:
    await sandbox.control("POST", "models", {"models": ["gpt-6-sol"]})

    with capture_logs() as logs:
        reports = await check_models(open_router())

    assert [(report.role, report.model, report.available) for report in reports] == [
        ("reasoning", "gpt-6-sol", True),
        ("fast", "gpt-6-luna", False),
    ]
    assert "gpt-6-luna" in (reports[1].problem or "")
    assert [entry["log_level"] for entry in logs] == ["info", "warning"]


@pytest.mark.parametrize(
    ("base_url", "reason"), [("http://127.0.0.1:9/v1", "connection"), (None, "status_500")]
)
async def test_a_provider_that_is_away_is_reported_and_raises_nothing(
    open_router: OpenRouter, sandbox: SandboxServer, base_url: str | None, reason: str
) -> None:
    await sandbox.behave("server_error")

    reports = await check_models(open_router(OPENAI_BASE_URL=base_url or sandbox.openai_url))

    assert {report.available for report in reports} == {None}
    assert all(reason in (report.problem or "") for report in reports)


def test_the_key_is_not_shown_when_settings_are_printed() -> None:
    settings = ModelSettings.model_validate({"OPENAI_API_KEY": "very-secret"})

    assert "very-secret" not in repr(settings)
