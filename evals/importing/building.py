"""Recorded runs as conversations, scrubbed: one case a talk, a filter run or a message."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, get_args

from evals.dataset.conversation import Conversation, Suite
from evals.importing.dates import DateShift
from evals.importing.reading import THUMBS_DOWN, Recorded, RecordedRun
from evals.importing.scrub import TOOL, Scrubber
from evals.replay.oneshot import message_of, trail_of
from evals.replay.seeding import kept_state
from tools.discovery.schemas import Topic

Json = dict[str, Any]
TOPICS = frozenset(get_args(Topic))
SUITES: dict[str, Suite] = {"discovery": "discovery", "filters": "filters", "outreach": "outreach"}
CONSENT = "terms of service, product improvement"


def conversation_of(recorded: Recorded, secret: str, also: Sequence[str] = ()) -> Conversation:
    """A scrubbed case. Raises Residue when something personal is left, ValueError for what no suite can hold."""
    names = {kind: list(values) for kind, values in recorded.names.items()}
    first = Scrubber(secret, names, also)
    names["company"] = [*names.get("company", []), *first.learn_onboarding(recorded.onboarding)["company"]]
    scrubber = Scrubber(secret, names, also)
    suite = SUITES.get(recorded.runs[0].graph)
    if suite is None:
        raise ValueError(f"runs of {recorded.runs[0].graph} are no cases")
    made = (
        _talk(recorded)
        if suite == "discovery"
        else _filters(recorded)
        if suite == "filters"
        else _outreach(recorded)
    )
    newest = recorded.runs[-1]
    name = f"prod-{scrubber.mark(str(recorded.runs[0].id))}"
    clean, now = _moved(scrubber.scrub(made), name, newest, scrubber, recorded.language)
    whole: Json = {
        "schema": "conv/1",
        "id": name,
        "suite": suite,
        "split": "dev",
        "cluster": scrubber.tenant(recorded.workspace_id),
        "tags": ["production"],
        "source": {
            "origin": "production",
            # The month beside a moved date would tell by how much it was moved.
            "recorded_at": f"{newest.day[:4]}-01-01",
            "prompts": {tag.partition("@")[0]: tag for run in recorded.runs for tag in run.tags},
            "model": newest.model,
            "consent": CONSENT,
            "scrub": {"tool": TOOL, "replaced": scrubber.replaced, "residue": 0},
        },
        "world": {"now": now},
        **clean,
    }
    scrubber.check({name: value for name, value in whole.items() if name != "source"})
    return Conversation.model_validate(whole)


def _moved(
    made: Json, name: str, run: RecordedRun, scrubber: Scrubber, language: str | None
) -> tuple[Json, str]:
    """The case with its dates moved, and the moment of the run after that. Raises Residue when an original date is left."""
    packet = made["setup"].get("packet") or {}
    near = datetime.fromisoformat(packet.get("now") or f"{run.day}T10:00:00+00:00")
    shift = DateShift(
        lambda text: scrubber.mark(f"{name} {text}"), made, near.date(), [language[:2]] if language else []
    )
    moved: Json = shift.shift(made)
    shift.check(moved)
    return moved, shift.shift(near.isoformat())


def _setup(recorded: Recorded) -> Json:
    return {
        "workspace": recorded.workspace,
        "website": recorded.website,
        "language": recorded.language[:2] if recorded.language else None,
        "onboarding": recorded.onboarding,
    }


def _talk(recorded: Recorded) -> Json:
    turns: list[Json] = []
    labels: list[Json] = []
    shown: list[Json] | None = None
    for run in recorded.runs:
        said, answer = str(run.input.get("text", "")), _answer(run)
        if not said or not answer:
            continue
        plan = run.state.get("plan") or {}
        asks = plan.get("ask") if plan.get("mode") == "ask" else None
        state, shown = _unrepeated(_renumbered(kept_state(run.state)), shown)
        turns.append({"i": len(turns), "role": "user", "content": said})
        place = len(turns)
        turns.append(
            {
                "i": place, "role": "assistant", "content": answer, "node": _node(run), "asks": asks if asks in TOPICS else None,
                "usage": {"in": run.read, "out": run.written}, "ms": run.ms, "state": state,
            }
        )  # fmt: skip
        if (rated := recorded.ratings.get(run.id)) is not None:
            value = "fail" if rated[0] <= THUMBS_DOWN else "pass"
            labels.append(
                {
                    "key": "user_rating",
                    "turn": place,
                    "rater": "user",
                    "value": value,
                    "made_by": "person",
                    "note": rated[1],
                }
            )
    last = recorded.runs[-1].state
    experiments = (
        last.get("experiments")
        if (last.get("proposal") or {}).get("status") in {"proposed", "saved"}
        else None
    )
    facts = _facts(last, turns)
    return {
        "setup": _setup(recorded), "turns": turns, "facts": facts, "labels": labels,
        "artifacts": {"experiments": experiments} if experiments else {},
    }  # fmt: skip


def _answer(run: RecordedRun) -> str:
    return "".join(
        str(event.get("text", "")) for event in run.events if event.get("type") == "text_delta"
    ).strip()


def _node(run: RecordedRun) -> str | None:
    nodes = [str(event.get("node")) for event in run.events if event.get("type") == "node_entered"]
    return next((node for node in reversed(nodes) if node in {"followup", "output", "execution"}), None)


def _renumbered(state: Json) -> Json:
    """Without ids of saved rows: in another database they are somebody else's."""
    return {name: value for name, value in state.items() if name != "saved_ids"}


def _unrepeated(state: Json, shown: list[Json] | None) -> tuple[Json, list[Json] | None]:
    """The state without the set that the turn before left already, and the set that lies on the table now: it is long."""
    experiments = state.get("experiments")
    if experiments == shown:
        state = {name: value for name, value in state.items() if name != "experiments"}
    return state, experiments


def _facts(state: Json, turns: list[Json]) -> list[Json]:
    """What was noted of the founder's words, with the turn that tells it."""
    facts: list[Json] = []
    for topic, notes in (state.get("known") or {}).get("notes", {}).items():
        for note in notes:
            place = (int(note.get("turn") or 0) - 1) * 2
            quote = str(note.get("quote") or "")
            if (
                topic not in TOPICS
                or not quote
                or not 0 <= place < len(turns)
                or quote not in turns[place]["content"]
            ):
                continue
            name = f"f{len(facts) + 1}"
            facts.append({"id": name, "slot": topic, "text": quote, "from": f"turn:{place}"})
            turns[place].setdefault("gives", []).append(name)
    return facts


def _filters(recorded: Recorded) -> Json:
    run = recorded.runs[-1]
    question = run.state.get("question") or run.input.get("question") or {}
    said = "\n".join(str(fact.get("text", "")) for fact in question.get("facts", []))
    given = {} if said else question.get("base") or {}
    if not (said or given):
        raise ValueError("filters that nobody described or set are no case")
    trail = trail_of(run.state).model_dump(mode="json")
    band = {"count_band": [question.get("low", 0), question.get("high", 0)]}
    return {
        "setup": {**_setup(recorded), "filters": given or None},
        "turns": [{"i": 0, "role": "user", "content": said or "Count these filters."}],
        "artifacts": {"filters": trail},
        "expect": band if given else {**band, "filters": trail["drafted"]},
    }


def _outreach(recorded: Recorded) -> Json:
    run = recorded.runs[-1]
    packet, wish = run.state.get("packet"), run.state.get("wish") or {}
    if not packet:
        raise ValueError("a run that gathered no evidence is no case")
    kept = {name: wish[name] for name in ("format", "number", "tone", "instructions") if wish.get(name)}
    return {
        "setup": {**_setup(recorded), "onboarding": {}, "packet": packet, "wish": kept},
        "turns": [{"i": 0, "role": "user", "content": "Write the message."}],
        "artifacts": {"outreach": [message_of(run.state).model_dump(mode="json")]},
    }
