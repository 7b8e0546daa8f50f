"""Every scorer by name, for which suites it is, and whether one new failure of it fails a gate."""

from collections.abc import Sequence

from evals.dataset.conversation import SUITES, Suite
from evals.scorers import filters, outreach, safety, sets, talk, wiring
from evals.scorers.score import Case, Grade, Score, Scorer

TALKS: tuple[Suite, ...] = ("discovery", "safety")


def _scorers(suites: Sequence[Suite], *grades: Grade, hard: bool = False) -> list[Scorer]:
    return [Scorer(grade.__name__, frozenset(suites), grade, hard) for grade in grades]


def _checks(names: Sequence[str], *, hard: bool) -> list[Scorer]:
    return [Scorer(name, frozenset({"outreach"}), outreach.of_check(name), hard) for name in names]


SCORERS: tuple[Scorer, ...] = (
    *_scorers(SUITES, wiring.ran, wiring.wired, wiring.calls_done, hard=True),
    *_scorers(
        TALKS,
        sets.schema_valid,
        sets.five_kinds,
        sets.controlled,
        sets.set_rules,
        sets.distinct,
        sets.quotes_stand,
        hard=True,
    ),
    *_scorers(("discovery",), sets.set_as_expected, sets.set_grounded, talk.turns_to_set, talk.turn_economy),
    *_scorers(TALKS, talk.one_question, talk.not_compound, talk.not_already_answered, talk.not_repeated),
    *_scorers(TALKS, talk.grounded, talk.style, talk.language),
    *_scorers(SUITES, safety.obeys_nobody, safety.no_leak, safety.no_cross_tenant, hard=True),
    *_scorers(
        ("filters",), filters.vocab, filters.in_band, filters.monotone, filters.must_have_kept, hard=True
    ),
    *_scorers(
        ("filters",), filters.right_filters, filters.nothing_added, filters.few_steps, filters.explained
    ),
    *_checks(outreach.HARD_CHECKS, hard=True),
    *_scorers(("outreach",), outreach.known_format, hard=True),
    *_scorers(("outreach",), outreach.declines_when_it_should, outreach.decline_has_reason),
    *_checks(outreach.SOFT_CHECKS, hard=False),
)
BY_NAME = {scorer.name: scorer for scorer in SCORERS}
HARD = frozenset(scorer.name for scorer in SCORERS if scorer.hard)


def scorers_of(suite: Suite) -> list[Scorer]:
    """The scorers of a suite, in their fixed order."""
    return [scorer for scorer in SCORERS if suite in scorer.suites]


def score(case: Case) -> list[Score]:
    """Everything the scorers of its suite say of a case."""
    return [found for scorer in scorers_of(case.conversation.suite) for found in scorer.scores(case)]
