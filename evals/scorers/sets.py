"""Discovery, the set of experiments: section by section the rules that the product itself holds it to, one implementation."""

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations

from pydantic import ValidationError

from evals.dataset.conversation import Json
from evals.scorers.score import Case, Finding, failing
from evals.scorers.wording import jaccard, shingles, unknown_numbers
from persistence.models.experiment import ExperimentType
from tools.experiments.design import ExperimentDesign, Standing
from tools.experiments.evidence import FoldedSources, Source
from tools.experiments.rules import Arm, BrokenRule, broken_rules, five_arms
from tools.experiments.schemas import ExperimentCreate
from tools.onboarding.answers import answered

TOO_ALIKE = 0.9
"""Of the words of two arms; a variable differs from the bullseye in one dimension of six, so much is alike by design."""
TEXTS = ("name", "pattern", "pain", "trigger", "outreachAngle")
CONTROLLED = frozenset(
    {
        "bullseye_is_control",
        "changes_declared",
        "variable_a_one_dimension",
        "variable_b_one_other_dimension",
        "one_measure",
        "direction_predicted",
    }
)


def schema_valid(case: Case) -> Iterator[Finding]:
    """Every experiment has the form that the API takes."""
    for _ in _sets(case):
        yield from failing(_invalid(case.output.artifacts.experiments or []))


def five_kinds(case: Case) -> Iterator[Finding]:
    """Each of the five kinds is there exactly once."""
    for arms in _sets(case):
        yield from failing(item.detail for item in five_arms(arms))


def controlled(case: Case) -> Iterator[Finding]:
    """Each arm differs from the bullseye in what it declares, and the two variables in one dimension each."""
    yield from _rules(case, lambda item: item.rule in CONTROLLED)


def set_rules(case: Case) -> Iterator[Finding]:
    """The set breaks none of the product's other rules: shares, evidence of the bullseye, the contrarian's belief."""
    yield from _rules(case, lambda item: item.rule not in CONTROLLED | {"five_arms", "arms_distinct"})


def distinct(case: Case) -> Iterator[Finding]:
    """No two experiments test the same thing, in their design or in nearly the same words."""
    for arms in _sets(case):
        same = [item.detail for item in broken_rules(arms) if item.rule == "arms_distinct"]
        said = [
            (str(item.get("name")), shingles(_words_of(item)))
            for item in case.output.artifacts.experiments or []
        ]
        alike = [
            f"“{one}” and “{other}” say nearly the same"
            for (one, first), (other, second) in combinations(said, 2)
            if jaccard(first, second) > TOO_ALIKE
        ]
        yield from failing([*same, *alike])


def quotes_stand(case: Case) -> Iterator[Finding]:
    """Every quote of the set was really said by the founder, or stands in what is stored."""
    for arms in _sets(case):
        sources = FoldedSources(sources_of(case))
        wrong = []
        for arm in arms:
            for name, dimension in arm.design.dimensions().items():
                quote, observed = dimension.quote, dimension.standing is Standing.OBSERVED
                if (observed and not quote) or (
                    quote and sources.find(quote, dimension.source or "") is None
                ):
                    wrong.append(f"{arm.type.value}.{name.value}: nobody said “{quote or ''}”")
            belief = arm.design.negated_belief
            if belief and sources.find(belief.quote, belief.source, spoken_only=True) is None:
                wrong.append(f"{arm.type.value}: nobody believes “{belief.quote}”")
        yield from failing(wrong)


def set_grounded(case: Case) -> Iterator[Finding]:
    """No number stands in an experiment's words that the founder did not tell, or that the design does not call assumed."""
    for _ in _sets(case):
        told = [source.text for source in sources_of(case)]
        for item in case.output.artifacts.experiments or []:
            dimensions = [each for each in (item.get("design") or {}).values() if isinstance(each, dict)]
            assumed = [str(each.get("value")) for each in dimensions if each.get("standing") == "assumed"]
            strange = unknown_numbers(_words_of(item), [*told, *assumed])
            yield Finding(not strange, f"“{item.get('name')}”: {', '.join(strange)} stands nowhere")


def set_as_expected(case: Case) -> Iterator[Finding]:
    """There is a set where one is expected, marked pre-evidence where there are no customers, and none where none is."""
    wanted, found = case.conversation.expect.experiments, case.output.artifacts.experiments
    if wanted is None or case.output.mode == "forced":
        yield Finding(None)
        return
    marked = bool(found) and all((item.get("design") or {}).get("preEvidence") for item in found or [])
    is_set = "none" if not found else "pre-evidence" if marked else "set"
    yield Finding(is_set == wanted, f"expected {wanted}, found {is_set}")


def sources_of(case: Case) -> list[Source]:
    """What a quote may come from: the founder's turns, onboarding, pages."""
    history = case.conversation.turns if case.output.mode == "forced" else case.output.turns
    turns = [
        Source(f"turn:{turn.i}", f"turn:{turn.i}", "turn", turn.content)
        for turn in history
        if turn.role == "user"
    ]
    setup = case.conversation.setup
    facts = [
        Source(f"onboarding:{path}", f"onboarding:{path}", "onboarding", text)
        for path, text in answered(setup.onboarding)
    ]
    pages = [Source(f"page:{page.url}", f"page:{page.url}", "page", page.text) for page in setup.pages]
    return [*turns, *facts, *pages]


def arms_of(experiments: Sequence[Json]) -> list[Arm]:
    """The arms of a set; what has no valid design is left out."""
    arms = []
    for item in experiments:
        try:
            design = ExperimentDesign.model_validate(item.get("design"))
            arms.append(Arm(ExperimentType(str(item.get("type"))), design))
        except (ValidationError, ValueError):
            continue
    return arms


def _sets(case: Case) -> Iterator[list[Arm]]:
    """The set's arms, if there is a set."""
    if case.output.artifacts.experiments:
        yield arms_of(case.output.artifacts.experiments)


def _rules(case: Case, wanted: Callable[[BrokenRule], bool]) -> Iterator[Finding]:
    for arms in _sets(case):
        yield from failing(f"{item.rule}: {item.detail}" for item in broken_rules(arms) if wanted(item))


def _invalid(experiments: Sequence[Json]) -> Iterator[str]:
    for place, item in enumerate(experiments):
        try:
            ExperimentCreate.model_validate(item)
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            yield f"experiments.{place}.{'.'.join(map(str, first['loc']))}: {first['msg']}"


def _words_of(experiment: Json) -> str:
    """What an experiment says in words."""
    return " ".join(str(experiment.get(name) or "") for name in TEXTS)
