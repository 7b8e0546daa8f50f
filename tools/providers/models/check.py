"""Asks each provider whether it serves the configured models. For the start of a process and for `./quiver doctor`."""

from dataclasses import dataclass
from typing import get_args

import structlog

from prompts.prompt import Role
from tools.providers.models.failure import ModelFailure
from tools.providers.models.provider import ModelProvider
from tools.providers.models.router import ModelRouter

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class ModelReport:
    """One configured model. `available` is None when the provider could not be asked; `problem` then says why."""

    provider: str
    role: Role
    model: str
    available: bool | None
    problem: str | None


async def check_models(router: ModelRouter) -> list[ModelReport]:
    """A report per provider and role, each also one log line. Never raises for a provider that is away or says no."""
    reports = [report for provider in router.providers for report in await _check(provider)]
    for report in reports:
        level = log.info if report.available else log.warning
        level(
            "model_checked",
            provider=report.provider,
            role=report.role,
            model=report.model,
            available=report.available,
            problem=report.problem,
        )
    return reports


async def _check(provider: ModelProvider) -> list[ModelReport]:
    roles: tuple[Role, ...] = get_args(Role)
    wanted = {role: provider.model_for(role) for role in roles}
    try:
        served = await provider.list_models()
    except ModelFailure as failure:
        problem = _advice(failure)
        return [ModelReport(provider.name, role, model, None, problem) for role, model in wanted.items()]
    return [
        ModelReport(provider.name, role, model, model in served, None)
        if model in served
        else ModelReport(
            provider.name, role, model, False, f"{provider.name} does not list {model}; set another name"
        )
        for role, model in wanted.items()
    ]


def _advice(failure: ModelFailure) -> str:
    if failure.reason in ("status_401", "status_403"):
        return "the key was refused; check it"
    return f"the list of models could not be read ({failure.reason})"
