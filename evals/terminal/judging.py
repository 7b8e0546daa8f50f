"""Which model judges, and with what settings: the same for calibrating a judge and for letting it look at runs."""

from dataclasses import dataclass

from api.settings import settings_environment
from evals.judging.judge import require_other_model
from evals.judging.standing import SANDBOX

VARIABLE = "EVALS_JUDGE_MODEL"


@dataclass(frozen=True)
class JudgeModel:
    """Its name, and the settings under which the product's router asks it."""

    name: str
    settings: dict[str, str]


def judge_model(*, sandbox: bool, under_test: str | None = None) -> JudgeModel:
    """The judge's model. `under_test` are the models that made the answers: by default the product's.

    Raises RunStopped when it is one of these.
    """
    settings = {**settings_environment()}
    product = settings.get("OPENAI_MODEL", "gpt-6-sol")
    named = settings.get(VARIABLE, "")
    if sandbox:
        return JudgeModel(SANDBOX, settings)
    require_other_model(named or product, under_test or product)
    return JudgeModel(named, {**settings, "OPENAI_MODEL": named})
