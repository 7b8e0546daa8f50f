"""The orchestrator's rules: which steps a turn takes, decided by what is known and what was asked, and why.

Pure functions over the state: no model, no database. What they decide is kept in the run's record.
"""

from dataclasses import dataclass

from agents.discovery.state import Action, DiscoveryState, Json, Mode, Plan, Step, StoredState
from agents.discovery.style_source import style_due
from tools.discovery.actions import ActionTool
from tools.discovery.intents import Asked
from tools.discovery.schemas import NextStep
from tools.discovery.topics import MUST_BE_OBSERVED, missing_topics, open_topics
from tools.experiments.evidence import fold

BARREN_TURNS = 4
"""Turns in a row without anything new, after which asking on would only tire the founder."""


@dataclass(frozen=True)
class Wish:
    """What the user wants of experiments: the rules' reading, or the model's when they couldn't tell."""

    kind: str
    because: str
    by_model: bool = False
    names: tuple[str, ...] = ()


def wish_from(asked: Asked, step: NextStep | None) -> Wish:
    """One reading from two: the rules', unless they left it to the model."""
    if asked.ask != "unclear":
        return Wish(asked.ask, asked.because)
    if step is None:
        return Wish("talk", "the rules couldn't tell, and the model gave no usable answer", by_model=True)
    return Wish(step.step, step.reason, by_model=True, names=tuple(step.experiments))


def has_proposal(state: DiscoveryState) -> bool:
    """Whether a set lies on the table that was not saved."""
    proposal = state.get("proposal")
    return (
        bool(state.get("experiments"))
        and proposal is not None
        and proposal["status"] in ("proposed", "declined")
    )


def plan_turn(state: DiscoveryState, wish: Wish) -> tuple[Plan, Action | None]:
    """The turn's plan, and the action when the user asked for one. Never raises: a wish that can't be met is talked about."""
    action = _asked_action(state, wish)
    if action is not None:
        return _plan(state, wish, ["execution"], f"{action['tool']}: {wish.because}"), action
    if wish.kind in ("demand", "propose"):
        if nothing_known(state):
            return _plan(state, wish, _talk(state), "nothing is known of the company", mode="company"), None
        return _plan(state, wish, _propose(state), wish.because), None
    return _unasked(state, wish), None


def _unasked(state: DiscoveryState, wish: Wish) -> Plan:
    """What we do of ourselves: settle what doesn't fit together, make the set when it is time, else ask on."""
    if open_contradiction(state) is not None:
        return _plan(state, wish, _talk(state), "two statements don't fit together", mode="settle")
    if state["talk"]["barren"] >= BARREN_TURNS and nothing_known(state):
        return _plan(
            state, wish, _talk(state), "questions bring nothing, and nothing is known", mode="company"
        )
    reason = _ripe(state)
    if reason is None:
        return _plan(state, wish, _talk(state), wish.because)
    if state["talk"]["offered"] or state["talk"]["barren"]:
        return _plan(state, wish, _propose(state), reason)
    return _plan(state, wish, _talk(state), f"{reason}; the founder may add something", mode="offer")


def _asked_action(state: DiscoveryState, wish: Wish) -> Action | None:
    """What the user wants done with a set that is there already; None when nothing of the kind was asked."""
    if wish.kind == "save" and has_proposal(state):
        return save_action(state, asked_by_user=not wish.by_model)
    return delete_action(state, wish.names) if wish.kind == "delete" else None


def nothing_known(state: DiscoveryState) -> bool:
    """Whether neither onboarding, website nor talk has said anything of the company."""
    brief = state["brief"]
    return not (brief["facts"] or brief["pages"] or any(state["known"]["notes"].values()))


def save_action(state: DiscoveryState, *, asked_by_user: bool) -> Action:
    """Save the proposed set; where this talk saved one before that nothing was done with, put it in that one's place."""
    replaced = [
        experiment
        for experiment in state["brief"]["experiments"]
        if experiment["id"] in state.get("saved_ids", [])
        and experiment["status"] == "pending"
        and not experiment["results"]["leads"]
    ]
    tool: ActionTool = "replace_experiments" if replaced else "save_experiments"
    return Action(
        tool=tool,
        tool_call_id=f"{state['turn']['message_id']}-{tool}",
        experiment_ids=[experiment["id"] for experiment in replaced],
        names=[str(item["name"]) for item in state["experiments"]],
        asked_by_user=asked_by_user and not replaced,
    )


def delete_action(state: DiscoveryState, names: tuple[str, ...]) -> Action | None:
    """Delete the saved experiments of these names; None when none is meant for certain."""
    wanted = {fold(name).casefold() for name in names}
    targets = [item for item in state["brief"]["experiments"] if fold(item["name"]).casefold() in wanted]
    if not targets:
        return None
    return Action(
        tool="delete_experiments",
        tool_call_id=f"{state['turn']['message_id']}-delete_experiments",
        experiment_ids=[item["id"] for item in targets],
        names=[item["name"] for item in targets],
        asked_by_user=False,
    )


def open_contradiction(state: DiscoveryState) -> Json | None:
    """The oldest contradiction that nobody was asked about."""
    return next((item for item in state["known"]["contradictions"] if not item["asked"]), None)


def missing(state: DiscoveryState) -> list[str]:
    """The topics that are not known yet, best to ask first."""
    known = state["known"]
    return list(missing_topics(known["notes"], known["beliefs"], known["customers"]))


def next_step(state: StoredState, after: Step) -> Step | None:
    """The step that follows in this turn's plan."""
    steps = state["plan"]["steps"]
    rest = steps[steps.index(after) + 1 :] if after in steps else []
    return rest[0] if rest else None


def _ripe(state: DiscoveryState) -> str | None:
    """Why it is time for the first set without being asked for it; None while questions still help."""
    if state.get("proposal") or state["brief"]["experiments"] or nothing_known(state):
        return None
    if not open_topics(missing(state), state["talk"]["asked"]):
        return "all topics are known or were asked for"
    if state["talk"]["barren"] >= BARREN_TURNS:
        return "more questions bring nothing new"
    return None


def with_strictness(state: DiscoveryState) -> DiscoveryState:
    """The state of somebody who asks for the set outside the talk: held as strictly as a wish for one in it."""
    strict = _strict(state, Wish("propose", "asked for outside the talk"), missing(state))
    return {**state, "plan": {**state["plan"], "strict": strict}}


def _strict(state: DiscoveryState, wish: Wish, lacking: list[str]) -> bool:
    """Whether a set must rest on what was observed; not when it is wanted before, or there are no customers."""
    needed = MUST_BE_OBSERVED.intersection(lacking)
    return wish.kind != "demand" and not needed and state["known"]["customers"] != "no_customers"


def _talk(state: DiscoveryState) -> list[Step]:
    return ["followup", "strategy", "style"] if style_due(state) else ["followup", "strategy"]


def _propose(state: DiscoveryState) -> list[Step]:
    return (
        ["strategy", "style", "output", "execution"]
        if style_due(state)
        else ["strategy", "output", "execution"]
    )


def _plan(state: DiscoveryState, wish: Wish, steps: list[Step], why: str, mode: Mode | None = None) -> Plan:
    lacking = missing(state)
    still_open = open_topics(lacking, state["talk"]["asked"])
    talking: Mode = "discuss" if state["brief"]["experiments"] or has_proposal(state) else "ask"
    speaks: Mode = mode or talking
    return Plan(
        steps=steps,
        mode=speaks,
        ask=still_open[0] if still_open and speaks in ("ask", "discuss") else "",
        open=still_open,
        missing=lacking,
        strict=_strict(state, wish, lacking),
        knew=_knew(state, wish),
        why=why,
        decided_by="model" if wish.by_model else "rules",
    )


def _knew(state: DiscoveryState, wish: Wish) -> Json:
    """What this decision was made from, in figures and names: the record says why a turn went the way it went."""
    known, talk, proposal = state["known"], state["talk"], state.get("proposal")
    return {
        "wish": wish.kind,
        "customers": known["customers"],
        "notes": {topic: len(items) for topic, items in known["notes"].items() if items},
        "beliefs": len(known["beliefs"]),
        "contradiction": open_contradiction(state) is not None,
        "asked": list(talk["asked"]),
        "barren": talk["barren"],
        "offered": talk["offered"],
        "proposal": proposal["status"] if proposal else "none",
        "saved": len(state["brief"]["experiments"]),
    }
