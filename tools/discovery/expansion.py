"""Turns a model's draft into five full experiments: each quote checked, each change applied to the control, all measured.

The draft says what differs; the rest is copied from the bullseye, so a second hidden difference can't slip in. Nothing is
invented: what the draft does not say stays unsaid, and the rules then refuse the set.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from persistence.models.experiment import ExperimentType
from tools.discovery.answers import short
from tools.discovery.schemas import (
    ArmText,
    Change,
    Contrarian,
    DimensionDraft,
    ExperimentSetDraft,
    LongShot,
    WhoChange,
)
from tools.experiments.design import Dimension, DimensionName, Direction, Evidence, ExperimentDesign, Standing
from tools.experiments.evidence import Source, checked_standing, find_source, spoken
from tools.experiments.rules import Arm
from tools.experiments.sampling import SamplePlan
from tools.experiments.sentences import SentenceName, sentence
from tools.text.cleaning import one_line

ARM_SHARE = 0.225
LONG_SHOT_SHARE = 0.1


@dataclass(frozen=True)
class Proposal:
    """One proposed experiment: the columns that people read, and its design."""

    type: ExperimentType
    name: str
    pattern: str
    industries: tuple[str, ...]
    pain: str
    design: ExperimentDesign

    @property
    def arm(self) -> Arm:
        """As the rules see it."""
        return Arm(self.type, self.design)

    def wire(self) -> dict[str, Any]:
        """As plain camelCase JSON: an Experiment of the wire that has no id yet."""
        return {
            "name": self.name,
            "type": self.type.value,
            "pattern": self.pattern,
            "industries": list(self.industries),
            "pain": self.pain,
            "trigger": self.design.trigger.value,
            "outreachAngle": self.design.angle.value,
            "design": self.design.model_dump(mode="json", by_alias=True),
        }


@dataclass(frozen=True)
class Basis:
    """What a draft is checked and measured by. `observed` False: no customers, so nothing counts as observed."""

    sources: Sequence[Source]
    plan: SamplePlan
    language: str
    observed: bool
    pre_evidence: bool


def expand(draft: ExperimentSetDraft, basis: Basis) -> list[Proposal]:
    """The five experiments of a draft, in the order of their types. Raises nothing: rules judge the result."""
    builder = _Builder(draft, basis)
    return [
        builder.bullseye(),
        builder.changed(ExperimentType.VARIABLE_A, draft.variable_a, [draft.variable_a.change]),
        builder.changed(ExperimentType.VARIABLE_B, draft.variable_b, [draft.variable_b.change]),
        builder.changed(ExperimentType.CONTRARIAN, draft.contrarian, [draft.contrarian.change]),
        builder.changed(ExperimentType.LONG_SHOT, draft.long_shot, draft.long_shot.changes),
    ]


def assumptions(proposals: Sequence[Proposal]) -> list[str]:
    """The values of a set that rest on nothing, each once: to be said plainly before anything is saved."""
    values = [
        dimension.value
        for proposal in proposals
        for name, dimension in proposal.design.dimensions().items()
        if dimension.standing == Standing.ASSUMED and name != DimensionName.CHANNEL
    ]
    return list(dict.fromkeys(values))


class _Builder:
    """Expands one draft."""

    def __init__(self, draft: ExperimentSetDraft, basis: Basis) -> None:
        self._draft = draft
        self._basis = basis
        drafted = draft.bullseye.dimensions
        self._control = {name: self._dimension(getattr(drafted, name.value)) for name in DimensionName}

    def bullseye(self) -> Proposal:
        """The control itself."""
        bullseye = self._draft.bullseye
        return Proposal(
            type=ExperimentType.BULLSEYE,
            name=one_line(bullseye.name, limit=120),
            pattern=bullseye.pattern,
            industries=_named(bullseye.industries),
            pain=bullseye.pain,
            design=self._design(ExperimentType.BULLSEYE, {}, Direction.BASELINE),
        )

    def changed(self, arm: ExperimentType, text: ArmText, changes: Sequence[Change | WhoChange]) -> Proposal:
        """An arm that is the control with `changes`; the first change of a dimension counts."""
        values = {DimensionName(change.dimension): self._dimension(change) for change in reversed(changes)}
        who = DimensionName.FIRMOGRAPHIC in values
        return Proposal(
            type=arm,
            name=one_line(text.name, limit=120),
            pattern=text.pattern,
            industries=_named(text.industries if who else self._draft.bullseye.industries),
            pain=text.pain if isinstance(text, LongShot) and text.pain else self._draft.bullseye.pain,
            design=self._design(arm, values, Direction(text.predicted_direction)),
        )

    def _design(
        self, arm: ExperimentType, values: dict[DimensionName, Dimension], direction: Direction
    ) -> ExperimentDesign:
        share = LONG_SHOT_SHARE if arm == ExperimentType.LONG_SHOT else ARM_SHARE
        sample = self._sample(arm)
        return ExperimentDesign(
            **{name.value: values.get(name, control) for name, control in self._control.items()},
            changed_dimensions=tuple(name for name in DimensionName if name in values),
            predicted_direction=direction,
            outcome_measured=self._basis.plan.outcome,
            window_days=self._basis.plan.window_days,
            minimum_sample=sample,
            stopping_rule=self._stopping_rule(arm, sample),
            pre_evidence=self._basis.pre_evidence,
            lead_share=share,
            budget_share=share / 2 if self._basis.pre_evidence else share,
            **self._denial(arm),
        )

    def _denial(self, arm: ExperimentType) -> dict[str, Any]:
        """What only the contrarian has: the belief it denies, found in the user's own words, and how it could lose."""
        if arm != ExperimentType.CONTRARIAN:
            return {}
        contrarian: Contrarian = self._draft.contrarian
        source = find_source(
            contrarian.belief_quote, contrarian.belief_source_id, spoken(self._basis.sources)
        )
        belief = Evidence(quote=contrarian.belief_quote.strip(), source=source.stored) if source else None
        return {"negated_belief": belief, "proves_user_right": contrarian.proves_user_right or None}

    def _dimension(self, draft: DimensionDraft | Change) -> Dimension:
        source = find_source(draft.quote, draft.source_id, self._basis.sources)
        standing = checked_standing(Standing(draft.standing), source)
        if standing == Standing.OBSERVED and not self._basis.observed:
            standing = Standing.INFERRED
        found = source is not None and standing != Standing.ASSUMED
        return Dimension(
            value=draft.value or "–",
            standing=standing,
            quote=draft.quote.strip() if found else None,
            source=source.stored if found and source else None,
        )

    def _sample(self, arm: ExperimentType) -> int:
        plan = self._basis.plan
        if arm == ExperimentType.LONG_SHOT:
            return plan.long_shot_sample
        return plan.first_aim_sample if self._basis.pre_evidence else plan.needed_per_arm

    def _stopping_rule(self, arm: ExperimentType, sample: int) -> str:
        name: SentenceName = "stopping_rule_long_shot" if arm == ExperimentType.LONG_SHOT else "stopping_rule"
        if self._basis.pre_evidence and arm != ExperimentType.LONG_SHOT:
            name = "first_aim"
        words = sentence(name, self._basis.language, sample=sample, days=self._basis.plan.window_days)
        return short(words, 1000)


def _named(industries: Sequence[str]) -> tuple[str, ...]:
    """At most five industries that say something."""
    return tuple(name for name in industries if name.strip())[:5]
