"""Conversations of the evals' data set: one that every scorer is content with, to be broken by hand."""

from pathlib import Path
from typing import Any

from evals.dataset.conversation import Conversation, to_line
from evals.runs.output import Output, recorded
from evals.scorers.score import Case
from tests.factories.designs import VALUES, valid_set
from tests.factories.outreach import evidence, packet

Json = dict[str, Any]

ASKED = "Who at such a company signs for it?"
TOLD = " ".join(f"{value}." for value in VALUES.values()) + " Only finance buys this, I am sure of it."
NOTED = "Nine days is long for a close. What made the last customer start looking?"
GIVES = ("evidence", "firmographic", "pain")
MAIL = (
    "Hi Jonna,\n\nYou are hiring two crew planners for the night desk. I'd guess that after one late ship somebody there "
    "redoes the plan by hand. Your tugs run day and night in the port of Emden.\n\nTidewerk plans crews for "
    "harbour tugs. Is redoing the plan what those planners would mostly do?\n\nMaik Tal\nFounder, Tidewerk\nKai 1, 20457 Hamburg\nTell me if you would rather not hear from me."
)
NEWS = (
    evidence("e4", "We are hiring two crew planners for our night desk."),
    evidence("e5", "Our tugs run day and night in the port of Emden."),
)
FILTERS: Json = {
    "job_title_level": ["Director", "VP"],
    "job_role": ["finance"],
    "company_industry": [{"v": "wholesale", "s": "i"}],
    "company_size": ["51-200"],
}


def experiments() -> list[Json]:
    """A set that breaks no rule, as on the wire."""
    return [
        {
            "name": f"{arm.type.value} {arm.design.persona.value}",
            "type": arm.type.value,
            "pattern": " ".join(f"{word} {arm.type.value}" for word in arm.design.persona.value.split()),
            "industries": ["Steel"],
            "pain": arm.design.situation.value,
            "trigger": arm.design.trigger.value,
            "outreachAngle": arm.design.angle.value,
            "design": arm.design.model_dump(mode="json", by_alias=True),
        }
        for arm in valid_set()
    ]


def talk(**changes: Any) -> Conversation:
    """A talk of two questions that ends in a set."""
    turns: list[Json] = [
        {
            "i": 0,
            "role": "user",
            "content": "We close the books of steel traders in two days instead of nine.",
            "gives": ["f1"],
        },
        {"i": 1, "role": "assistant", "content": ASKED, "node": "followup", "asks": "persona"},
        {"i": 2, "role": "user", "content": TOLD, "gives": ["f2", "f3"]},
        {"i": 3, "role": "assistant", "content": NOTED, "node": "followup", "asks": "trigger"},
        {"i": 4, "role": "user", "content": "The auditor asks for a faster close. Give me the five now."},
        {"i": 5, "role": "assistant", "content": "Here are five experiments.", "node": "output"},
    ]
    whole: Json = {
        "schema": "conv/1",
        "id": "disc-0001",
        "suite": "discovery",
        "split": "dev",
        "cluster": "tenant:steel",
        "source": {"origin": "scripted", "recorded_at": "2026-11-29"},
        "setup": {"workspace": "Closewise"},
        "facts": [
            {"id": "f1", "slot": "angle", "text": "Close in two days instead of nine", "from": "turn:0"},
            {"id": "f2", "slot": "persona", "text": "Head of finance", "from": "turn:2"},
            {"id": "f3", "slot": "belief", "text": "Only finance buys this", "from": "turn:2"},
            {"id": "f4", "slot": "trigger", "text": "The auditor asks for a faster close", "from": "untold"},
        ],
        "turns": turns,
        "artifacts": {"experiments": experiments()},
        "expect": {"experiments": "set", "max_turns": 3, "must_not": ["buy from Rostwerk"]},
    }
    return Conversation.model_validate({**whole, **changes})


def filters_case(**changes: Any) -> Conversation:
    """A sentence and the filters that are right for it, moved to the band in two counts."""
    wider = {**FILTERS, "company_size": ["51-200", "201-500"]}
    trail = {
        "drafted": FILTERS,
        "steps": [
            {
                "filters": FILTERS,
                "count": 301,
                "change": "Counted what was asked for.",
                "why": "To know.",
                "ids": [1, 2],
            },
            {
                "filters": wider,
                "count": 812,
                "change": "company_size wider",
                "why": "301 are few.",
                "ids": [1, 2, 3],
            },
        ],
        "final": wider,
        "count": 812,
        "reached": True,
        "locked": ["job_role"],
    }
    case = talk(
        id="filt-0001",
        suite="filters",
        turns=[{"i": 0, "role": "user", "content": "Heads of finance at wholesalers with 51 to 200 people"}],
        facts=[],
        artifacts={"filters": trail},
        expect={"filters": FILTERS, "count_band": [500, 2000]},
    ).model_dump(by_alias=True)
    return Conversation.model_validate({**case, **changes})


def outreach_case(message: Json | None = None, **changes: Any) -> Conversation:
    """A message to one lead that holds to its evidence."""
    stored = packet(*NEWS, language="en")
    case = talk(
        id="mail-0001",
        suite="outreach",
        setup={
            "workspace": "Tidewerk",
            "packet": stored.model_dump(mode="json"),
            "wish": {"format": "email_cold"},
        },
        facts=[],
        turns=[{"i": 0, "role": "user", "content": "Write the message."}],
        artifacts={
            "outreach": [
                {"format": "email_cold", "subject": "planners for the night desk", "body": MAIL}
                | (message or {})
            ]
        },
        expect={"decline": False},
    ).model_dump(by_alias=True)
    return Conversation.model_validate({**case, **changes})


def as_case(conversation: Conversation, **output: Any) -> Case:
    """The conversation as it was recorded, for scorers; fields of its output may be changed."""
    made = recorded(conversation).model_dump(by_alias=True)
    return Case(conversation, Output.model_validate({**made, **output}))


def write(
    folder: Path, *conversations: Conversation | str, split: str = "dev", name: str = "discovery"
) -> Path:
    """A file of the data set; a text is written as the line it is."""
    path = folder / split / f"{name}.jsonl"
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = [each if isinstance(each, str) else to_line(each) for each in conversations]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path
