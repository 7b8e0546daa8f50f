"""Output: makes the set of experiments, holds it to the rules, lets the model mend it at most twice, and shows it.

A set that still breaks a rule is refused by the rules' names, and its contents are not shown: nobody should take them for
experiments. Nothing is saved and nothing is filled in by code.
"""

from dataclasses import dataclass
from typing import Any

import structlog
from langgraph.runtime import Runtime

from agents.context import TurnContext
from agents.discovery import drafting, memory, speaking
from agents.discovery.briefing import informed
from agents.discovery.calling import announce
from agents.discovery.planning import save_action
from agents.discovery.state import DiscoveryState, ProposalState, StoredState
from agents.events import ExperimentsProposed, NodeEntered, RepliesSuggested
from tools.discovery.expansion import Proposal
from tools.discovery.schemas import ExperimentSetDraft
from tools.errors import ProviderUnavailable
from tools.experiments.rules import BrokenRule

log = structlog.get_logger(__name__)

ATTEMPTS = 3
"""One draft and at most two repairs."""
MAX_REPLIES = 4


@dataclass
class Attempt:
    """The newest draft, what it became, and what is wrong with it."""

    draft: ExperimentSetDraft | None = None
    proposals: tuple[Proposal, ...] = ()
    broken: tuple[BrokenRule, ...] = ()
    pre_evidence: bool = False


async def output(state: StoredState, runtime: Runtime[TurnContext]) -> dict[str, Any]:
    """Make a set. Raises ModelFailure only when no model could be reached at all."""
    context = runtime.context
    now = await informed(state, context)
    await context.emit(NodeEntered("output", "Designing five experiments"))
    attempt, tags = await _draft(now, context)
    tags = [*now["prompt_tags"], *tags]
    experiments = [proposal.wire() for proposal in attempt.proposals]
    insight = attempt.draft.strategic_insight if attempt.draft else ""
    valid = not attempt.broken
    await context.emit(ExperimentsProposed(experiments if valid else [], valid, insight if valid else ""))
    proposal = ProposalState(
        status="refused" if attempt.broken else "proposed",
        insight=insight,
        pre_evidence=attempt.pre_evidence,
        broken=[
            {"rule": item.rule, "arm": item.arm and item.arm.value, "detail": item.detail}
            for item in attempt.broken
        ],
        turn=now["talk"]["number"],
    )
    if attempt.broken or attempt.draft is None:
        return {"proposal": proposal, "plan": {**now["plan"], "mode": "refused"}, "prompt_tags": tags}
    shown: DiscoveryState = {**now, "experiments": experiments}
    said = await _show(shown, context, attempt.draft, attempt)
    action = save_action(shown, asked_by_user=False)
    await announce(context, action)
    message = speaking.spoken_message(now, said, context.turn_id)
    return {
        "experiments": experiments,
        "proposal": proposal,
        "action": action,
        "messages": memory.add_message(now["messages"], message),
        "prompt_tags": tags,
    }


async def _draft(state: DiscoveryState, context: TurnContext) -> tuple[Attempt, list[str]]:
    """Draft, check, repair. Raises ModelFailure when the first call already finds no model."""
    attempt = Attempt()
    tags: list[str] = []
    for number in range(ATTEMPTS):
        prompt = drafting.prompt(state, attempt.draft, attempt.broken)
        tags = [prompt.tag]
        try:
            draft = await context.models.structured(
                prompt, drafting.chat(state, attempt.draft), ExperimentSetDraft, meter=context.meter
            )
        except ProviderUnavailable as error:
            log.warning("discovery.draft_failed", attempt=number + 1, code=error.error_code)
            if error.error_code not in drafting.UNUSABLE:
                raise
            attempt.broken = attempt.broken or (
                BrokenRule("readable_draft", None, "the model's draft could not be read"),
            )
            continue
        draft = drafting.in_own_words(draft, prompt)
        proposals, broken, pre_evidence = drafting.judge(state, draft, last=number == ATTEMPTS - 1)
        attempt = Attempt(draft, tuple(proposals), tuple(broken), pre_evidence)
        if not broken:
            break
        log.info("discovery.draft_refused", attempt=number + 1, rules=[item.rule for item in broken])
    return attempt, tags


async def _show(
    state: DiscoveryState, context: TurnContext, draft: ExperimentSetDraft, attempt: Attempt
) -> str:
    """Say what the set is about, what is assumed, and what can't be learned."""
    said = drafting.visible_text(state, draft, attempt.proposals)
    await speaking.say(context, said, speaking.text_id(state, "output"))
    replies = [reply for reply in draft.suggested_replies if reply][:MAX_REPLIES]
    if replies:
        await context.emit(RepliesSuggested(None, replies))
    return said
