"""Which model judges, and with what settings: the same for calibrating a judge and for letting it look at runs."""

from dataclasses import dataclass

import typer

from api.settings import read_section, settings_environment
from evals.judging.judge import require_other_model
from evals.judging.standing import SANDBOX
from evals.replay.errors import RunStopped
from evals.replay.forecast import forecast_of_calls
from tools.providers.models.settings import ModelSettings

VARIABLE = "EVALS_JUDGE_MODEL"


@dataclass(frozen=True)
class JudgeModel:
    """Its name, and the settings under which the product's router asks it."""

    name: str
    settings: dict[str, str]


def judge_model(*, sandbox: bool, under_test: str | None = None) -> JudgeModel:
    """The judge's model. `under_test` are the models that made the answers: by default the product's.

    Raises RunStopped when it is one of these, and when none is named: a judge is never chosen by leaving something out, or the
    product's own model would judge whatever another one, or the sandbox, has answered.
    """
    settings = {**settings_environment()}
    named = settings.get(VARIABLE, "").strip()
    if sandbox:
        return JudgeModel(SANDBOX, settings)
    if not named:
        raise RunStopped(
            f"{VARIABLE} is not set: name a model other than the one under test, or let the sandbox judge (--sandbox)."
        )
    require_other_model(named, under_test or settings.get("OPENAI_MODEL", "gpt-6-sol"))
    return JudgeModel(named, {**settings, "OPENAI_MODEL": named})


def agree(items: int, calls: int, chosen: JudgeModel, budget: float | None, *, yes: bool) -> None:
    """Say what so many calls of the judge cost, and ask unless it is a yes already. Ends the command with 2 at a no.

    Raises RunStopped when there is no key to pay with.
    """
    if not chosen.settings.get("OPENAI_API_KEY"):
        raise RunStopped("OPENAI_API_KEY is not set: set it, or let the sandbox judge (--sandbox).")
    models = read_section(ModelSettings, chosen.settings)
    typer.echo(forecast_of_calls(items, calls, models).text(budget))
    if not yes and not typer.confirm("Go on?", default=True):
        raise typer.Exit(2)
