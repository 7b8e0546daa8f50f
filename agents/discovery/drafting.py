"""The work of `output` between model calls: its brief, the judgement of a draft, and the text that people read."""

import json
import re
from collections.abc import Sequence

from agents.discovery import memory, planning, views
from agents.discovery.state import DiscoveryState
from agents.discovery.words.shown import Shown, copied
from prompts import RenderedPrompt, render
from prompts.characters import clean
from tools.discovery.expansion import Basis, Proposal, assumptions, expand
from tools.discovery.facts import list_size, words_never_used
from tools.discovery.language import detect_language
from tools.discovery.schemas import ExperimentSetDraft
from tools.discovery.topics import MUST_BE_OBSERVED
from tools.experiments.design import OutcomeMeasured
from tools.experiments.evidence import fold
from tools.experiments.rules import BrokenRule, broken_rules
from tools.experiments.sampling import SamplePlan, plan_sample
from tools.experiments.sentences import sentence
from tools.providers.models.provider import ChatMessage

UNUSABLE = frozenset({"model_garbled", "model_truncated", "model_refused"})
"""Codes of answers that came and can't be used; others mean that no model answers, and the turn ends."""
MESSAGE_LENGTH = 2_000
PREVIOUS_LENGTH = 16_000


def prompt(
    state: DiscoveryState, draft: ExperimentSetDraft | None, broken: Sequence[BrokenRule]
) -> RenderedPrompt:
    """The brief for a draft, or for its repair."""
    plan = measurement(state, OutcomeMeasured.REPLY)
    style = state.get("style")
    return render(
        "discovery/output",
        views.company_inputs(state),
        views.experiments_inputs(state),
        **views.known_inputs(state),
        talk=views.talk_sources(state),
        revises=draft is None and planning.has_proposal(state),
        wish=memory.user_turns(state["messages"])[-1]["content"],
        style=json.dumps(style["guide"], ensure_ascii=False) if style else "",
        pre_evidence=expects_pre_evidence(state),
        measurement={
            "outcome": plan.outcome.value,
            "base": plan.base_rate * 100,
            "target": plan.target_rate * 100,
            "needed": plan.needed_per_arm,
            "leads": plan.planned_leads,
            "per_arm": plan.planned_per_arm,
            "detectable": plan.detectable_rate * 100,
        },
        broken=[{"rule": item.rule, "detail": _detail(item)} for item in broken],
        language=views.language(state),
    )


def judge(
    state: DiscoveryState, draft: ExperimentSetDraft, *, last: bool
) -> tuple[list[Proposal], list[BrokenRule], bool]:
    """The draft as experiments, what is wrong with them, and whether they are marked pre-evidence.

    The last draft of a set that the user insists on is marked pre-evidence when only the observation is missing.
    """
    marked = expects_pre_evidence(state)
    proposals = expand(draft, _basis(state, draft, pre_evidence=marked))
    broken = _broken(state, proposals)
    only_evidence = {item.rule for item in broken} == {"bullseye_observed"}
    if only_evidence and last and not state["plan"]["strict"]:
        proposals = expand(draft, _basis(state, draft, pre_evidence=True))
        return proposals, _broken(state, proposals), True
    return proposals, broken, marked


def in_own_words(draft: ExperimentSetDraft, prompt: RenderedPrompt) -> ExperimentSetDraft:
    """The draft without texts for people that were copied from what the model was shown."""
    shown = Shown([prompt.text])
    texts = {name: getattr(draft, name) for name in ("strategic_insight", "message")}
    kept = {name: "" if copied(text, shown) else text for name, text in texts.items()}
    replies = [reply for reply in draft.suggested_replies if not copied(reply, shown)]
    return draft.model_copy(update={**kept, "suggested_replies": replies})


def expects_pre_evidence(state: DiscoveryState) -> bool:
    """Whether the set is made without evidence: no customers, or the user wants it before enough is known."""
    if state["known"]["customers"] == "no_customers":
        return True
    return not state["plan"]["strict"] and bool(MUST_BE_OBSERVED & set(planning.missing(state)))


def visible_text(state: DiscoveryState, draft: ExperimentSetDraft, proposals: Sequence[Proposal]) -> str:
    """What people read beside the cards: the message, what is assumed, what can't be learned, when it is over."""
    language = state["talk"]["language"] or state["brief"]["language"]
    message = clean(draft.message)[0].strip()[:MESSAGE_LENGTH] or draft.strategic_insight
    assumed = [f"- {value}" for value in assumptions(proposals)]
    parts = [message, limits_text(state, draft, language), proposals[0].design.stopping_rule]
    if assumed:
        parts.insert(1, "\n".join([sentence("assumed", language), "", *assumed]))
    return "\n\n".join(part for part in parts if part)


def limits_text(state: DiscoveryState, draft: ExperimentSetDraft, language: str) -> str:
    """What can't be learned with the leads at hand: the model's sentence when its figures are ours, else our own."""
    plan = measurement(state, OutcomeMeasured(draft.outcome_measured))
    figures = {
        "leads": plan.planned_leads,
        "per_arm": plan.planned_per_arm,
        "base": f"{plan.base_rate * 100:g}",
        "target": f"{plan.target_rate * 100:.3g}",
        "needed": plan.needed_per_arm,
    }
    named = {re.sub(r"\D", "", number) for number in re.findall(r"\d[\d.,' ]*\d|\d", draft.limits)}
    known = {re.sub(r"\D", "", str(value)) for value in figures.values()} | {"5", "30", "50", "95"}
    known |= {re.sub(r"\D", "", f"{plan.detectable_rate * 100:.1f}"), str(round(plan.detectable_rate * 100))}
    known |= {str(round(plan.needed_per_arm, -2))}
    told = {str(plan.planned_leads), str(plan.needed_per_arm), str(round(plan.needed_per_arm, -2))} & named
    readable = detect_language(draft.limits) in (None, language[:2])
    return draft.limits if told and named <= known and readable else sentence("limits", language, **figures)


def measurement(state: DiscoveryState, outcome: OutcomeMeasured) -> SamplePlan:
    """The plan of measurement for the leads that the user has."""
    return plan_sample(outcome, leads=list_size(state["brief"]["facts"]))


def _basis(state: DiscoveryState, draft: ExperimentSetDraft, *, pre_evidence: bool) -> Basis:
    return Basis(
        sources=memory.sources_of(state),
        plan=measurement(state, OutcomeMeasured(draft.outcome_measured)),
        language=state["talk"]["language"] or state["brief"]["language"],
        observed=state["known"]["customers"] != "no_customers",
        pre_evidence=pre_evidence,
    )


def _broken(state: DiscoveryState, proposals: Sequence[Proposal]) -> list[BrokenRule]:
    """The rules of experiments, and that the words people read are there and are not ones the founder refuses."""
    return [*broken_rules([proposal.arm for proposal in proposals]), *_words(state, proposals)]


def _words(state: DiscoveryState, proposals: Sequence[Proposal]) -> list[BrokenRule]:
    style = state.get("style")
    listed = [
        *words_never_used(state["brief"]["facts"]),
        *(style["guide"]["words_never_used"] if style else []),
    ]
    refused = list(dict.fromkeys(fold(word).casefold() for word in listed))
    found: list[BrokenRule] = []
    for item in proposals:
        if not (item.name.strip() and item.pattern.strip()):
            found.append(
                BrokenRule("experiments_named", item.type, "it needs a name and its hypothesis in a sentence")
            )
        angle = fold(item.design.angle.value).casefold()
        if used := [word for word in refused if re.search(rf"(?<!\w){re.escape(word)}(?!\w)", angle)]:
            found.append(BrokenRule("words_never_used", item.type, f"its angle uses {', '.join(used)}"))
    return found


def _detail(item: BrokenRule) -> str:
    return f"{item.arm.value}: {item.detail}" if item.arm else item.detail


def chat(state: DiscoveryState, draft: ExperimentSetDraft | None) -> list[ChatMessage]:
    """The model's own draft to repair (or the set that was proposed before), then the user's newest message."""
    own = ""
    if draft is not None:
        own = draft.model_dump_json(exclude={"message", "limits", "suggested_replies"})
    elif planning.has_proposal(state):
        own = json.dumps(state["experiments"], ensure_ascii=False)
    asked = memory.newest_words(state["messages"])
    return [ChatMessage(role="assistant", content=own[:PREVIOUS_LENGTH]), *asked] if own else asked
