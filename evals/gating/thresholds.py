"""Thresholds: what a gate decides by, from `thresholds.toml`."""

import tomllib
from pathlib import Path

from pydantic import Field, ValidationError

from evals.dataset.conversation import Record
from evals.judging.standing import JUDGES
from evals.runs.file import RunInvalid
from evals.scorers.registry import BY_NAME

FILE = Path(__file__).resolve().parents[1] / "thresholds.toml"


class Limit(Record):
    """One metric's limits, as shares."""

    margin: float = Field(ge=0, lt=1)
    floor: float | None = Field(None, ge=0, le=1)


class Overall(Record):
    """Limits of a run as a whole. Growth is a share of what it was before."""

    alpha: float = Field(0.05, gt=0, lt=1)
    error_rate: float = Field(0.02, ge=0)
    coverage: float = Field(0.98, ge=0, le=1)
    cost_growth: float = Field(0.25, ge=0)
    latency_growth: float = Field(0.25, ge=0)
    latency_ignored_ms: int = Field(0, ge=0, description="A p95 below this never fails a gate.")


class Thresholds(Record):
    """All of them."""

    overall: Overall = Overall()
    metrics: dict[str, Limit]


def read_thresholds(path: Path = FILE) -> Thresholds:
    """The thresholds. Raises RunInvalid when the file has a mistake or names a scorer that there is not."""
    try:
        found = Thresholds.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, tomllib.TOMLDecodeError, ValidationError) as error:
        raise RunInvalid(f"{path.name}: {error}") from error
    unknown = sorted(found.metrics.keys() - BY_NAME.keys() - JUDGES.keys())
    if unknown:
        raise RunInvalid(f"{path.name} names scorers that there are not: {', '.join(unknown)}")
    return found
