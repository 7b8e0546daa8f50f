"""Calibration: whether a judge agrees with people beyond what a coin or a constant answer would, and with itself."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from random import Random

from evals.judging.labels import Value

FILE = Path(__file__).resolve().parents[1] / "baselines" / "calibrations.json"
LEAST_LABELS, LEAST_OF_EACH = 60, 20
KAPPA, CONSISTENCY = 0.6, 0.95
Place = tuple[str, int]


@dataclass(frozen=True)
class Calibration:
    """How a judge did against people. `corrected` is the pass rate with its known errors taken out (Rogan and Gladen)."""

    labels: int
    base_rate: float
    agreement: float
    constant: float
    kappa: float
    kappa_low: float
    kappa_high: float
    true_pass: float
    true_fail: float
    consistency: float
    corrected: float | None
    disagreements: tuple[str, ...] = ()

    def problems(self) -> list[str]:
        """Why it may not be trusted; empty when it may."""
        fails = round(self.labels * (1 - self.base_rate))
        found = []
        if self.labels < LEAST_LABELS or min(fails, self.labels - fails) < LEAST_OF_EACH:
            found.append(f"{LEAST_LABELS} labels by people with {LEAST_OF_EACH} of each kind are needed")
        if self.kappa < KAPPA:
            found.append(f"kappa {self.kappa:.2f} is below {KAPPA}")
        if self.consistency < CONSISTENCY:
            found.append(f"it agrees with itself in only {self.consistency:.0%}")
        if self.agreement <= self.constant:
            found.append(f"always saying the same would be right as often ({self.constant:.0%})")
        return found


def calibrate(people: Mapping[Place, Value], runs: Sequence[Mapping[Place, Value]]) -> Calibration:
    """Compare the first of a judge's runs with people, and its runs with each other. Raises ValueError without common turns."""
    judged = runs[0]
    places = sorted(place for place in people if judged.get(place) in {"pass", "fail"})
    if not places:
        raise ValueError("the judge and people have looked at no turn in common")
    pairs = [(people[place] == "pass", judged[place] == "pass") for place in places]
    passes = [judge for person, judge in pairs if person]
    fails = [not judge for person, judge in pairs if not person]
    base = sum(person for person, _ in pairs) / len(pairs)
    low, high = _interval(pairs)
    true_pass, true_fail = _mean(passes), _mean(fails)
    return Calibration(
        labels=len(pairs),
        base_rate=base,
        agreement=_mean([person == judge for person, judge in pairs]),
        constant=max(base, 1 - base),
        kappa=kappa(pairs),
        kappa_low=low,
        kappa_high=high,
        true_pass=true_pass,
        true_fail=true_fail,
        consistency=_mean([len({run.get(place) for run in runs}) == 1 for place in places]),
        corrected=corrected(_mean([judge for _, judge in pairs]), true_pass, true_fail),
        disagreements=tuple(
            f"{case} turn {turn}"
            for (case, turn), (person, judge) in zip(places, pairs, strict=True)
            if person != judge
        ),
    )


def kappa(pairs: Sequence[tuple[bool, bool]]) -> float:
    """Cohen's kappa: agreement beyond chance. 0 where one side always says the same."""
    count = len(pairs)
    seen = sum(one == other for one, other in pairs) / count
    one, other = sum(a for a, _ in pairs) / count, sum(b for _, b in pairs) / count
    chance = one * other + (1 - one) * (1 - other)
    return 0.0 if chance == 1 else (seen - chance) / (1 - chance)


def corrected(rate: float, true_pass: float, true_fail: float) -> float | None:
    """The pass rate that a judge with these errors would call `rate`. None where it is no better than chance."""
    informed = true_pass + true_fail - 1
    return None if informed <= 0 else max(0.0, min(1.0, (rate + true_fail - 1) / informed))


def mark(judge_hash: str, model: str, people: Mapping[Place, Value]) -> str:
    """What a calibration holds for: another wording, model or set of labels makes it stale."""
    return sha256(
        json.dumps([judge_hash, model, sorted((*place, value) for place, value in people.items())]).encode()
    ).hexdigest()[:16]


def keep(name: str, holds_for: str, found: Calibration, path: Path = FILE) -> None:
    """Store a calibration."""
    whole = _read(path) | {name: {"for": holds_for, **asdict(found)}}
    path.write_text(json.dumps(whole, indent=1) + "\n", encoding="utf-8")


def trusted(name: str, holds_for: str, path: Path = FILE) -> bool:
    """Whether a judge's scores may decide anything: calibrated for exactly this, and good enough. Else they are grey."""
    return not standing_problems(name, holds_for, path)


def standing_problems(name: str, holds_for: str, path: Path = FILE) -> list[str]:
    """Why a judge is grey; empty when it is trusted."""
    stored = _read(path).get(name)
    if not isinstance(stored, dict):
        return [f"never calibrated: ./quiver evals calibrate {name}"]
    if stored.get("for") != holds_for:
        return ["calibrated for another wording, model or set of labels"]
    plain = {field: value for field, value in stored.items() if field != "for"}
    return Calibration(**{**plain, "disagreements": tuple(plain["disagreements"])}).problems()


def _read(path: Path) -> dict[str, object]:
    found: dict[str, object] = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    return found


def _interval(pairs: Sequence[tuple[bool, bool]], draws: int = 1_000) -> tuple[float, float]:
    dice = Random(7)  # noqa: S311 — a reproducible draw, nothing secret
    found = sorted(kappa(dice.choices(pairs, k=len(pairs))) for _ in range(draws))
    return found[int(0.025 * draws)], found[int(0.975 * draws) - 1]


def _mean(values: Sequence[bool]) -> float:
    return sum(values) / len(values) if values else 0.0
