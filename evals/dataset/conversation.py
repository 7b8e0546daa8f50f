"""`conv/1`: one recorded conversation, with what it was about, what came of it and what was expected. One JSON object a line.

`./quiver evals schema` writes these models as JSON Schema, so that editors complete and check what is written by hand.
"""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from persistence.models.experiment import ExperimentStatus
from persistence.models.suppression import SuppressionReason
from tools.discovery.schemas import Topic

SCHEMA = "conv/1"
Suite = Literal["discovery", "filters", "outreach", "safety"]
Split = Literal["dev", "holdout"]
Origin = Literal["production", "scripted", "sandbox", "simulated"]
Role = Literal["user", "assistant"]
Json = dict[str, Any]

SUITES: tuple[Suite, ...] = ("discovery", "filters", "outreach", "safety")
Identifier = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)+$", max_length=60)]
Cluster = Annotated[str, StringConstraints(pattern=r"^tenant:[a-z0-9-]{2,40}$")]
Text = Annotated[str, StringConstraints(max_length=60_000)]


class Record(BaseModel):
    """What every part is: closed, so that a misspelt name is an error and not a silence."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True, frozen=True)


class Fact(Record):
    """Something the founder knows. A simulated founder may say this and nothing else."""

    id: str = Field(pattern=r"^f[0-9]{1,3}$", description="f1, f2, …: unique in its conversation.")
    slot: Topic = Field(description="What it is about.")
    text: Text = Field(description="The fact, in the founder's words.")
    origin: str = Field(
        alias="from", pattern=r"^(onboarding|page|turn:[0-9]{1,3}|untold)$", description="Where it is told."
    )


class Usage(Record):
    """Tokens of the calls behind one turn."""

    read: int = Field(0, alias="in", ge=0)
    written: int = Field(0, alias="out", ge=0)


class Approval(Record):
    """What the founder answers to a card that asks whether something may be done."""

    approved: bool
    reason: str | None = Field(
        None, max_length=2000, description="What should be different, when it may not."
    )


class Turn(Record):
    """One message. `gives` and `asks` are what replays compare; `state` is the graph's plain JSON after the turn."""

    i: int = Field(ge=0, description="Its place, counted from 0 without gaps.")
    role: Role
    content: Text
    gives: list[str] = Field([], description="User: the ids of the facts that this message tells.")
    approval: Approval | None = Field(
        None,
        description="User: the answer to the card that this message leads to. Replays give it, where one waits.",
    )
    asks: Topic | None = Field(None, description="Assistant: the topic that its question is about.")
    node: str | None = Field(None, description="Assistant: the node that spoke.")
    usage: Usage | None = None
    ms: int | None = Field(None, ge=0, description="Milliseconds until the turn was over.")
    state: Json | None = Field(
        None,
        description="Assistant: the state after it, enough to seed a new thread. Written by hand it may say only what the words "
        "do not: a part that is left out is what the words amount to, or what an earlier turn's state said of it.",
    )


class Scrub(Record):
    """What the scrubber did before the line was written."""

    tool: str
    replaced: int = Field(ge=0)
    residue: int = Field(ge=0)


class Source(Record):
    """Where a conversation comes from. Only `production` counts in what is said of production."""

    origin: Origin
    recorded_at: str = Field(pattern=r"^\d{4}-\d{2}-\d{2}")
    app: str = Field("", description="The git revision that ran.")
    prompts: dict[str, str] = Field({}, description="Prompt id → tag of its wording.")
    model: str = ""
    graph: str = ""
    consent: str = ""
    note: str = ""
    scrub: Scrub | None = None


class Page(Record):
    """A page of the company's website as it was read."""

    url: str
    title: str = ""
    text: Text


class Results(Record):
    """What the campaigns of a saved experiment have brought."""

    leads: int = Field(0, ge=0)
    contacted: int = Field(0, ge=0)
    replied: int = Field(0, ge=0)
    meetings: int = Field(0, ge=0)


class Saved(Record):
    """An experiment that an earlier talk has saved."""

    experiment: Json = Field(description="As it goes over the wire to be saved (ExperimentCreate).")
    status: ExperimentStatus = Field(ExperimentStatus.PENDING, description="How far it has come since.")
    results: Results | None = None


class Setup(Record):
    """What stands in the workspace before the first word."""

    workspace: str = Field(min_length=1, max_length=200)
    website: str | None = None
    language: str | None = Field(None, pattern=r"^[a-z]{2}(-[A-Z]{2})?$")
    onboarding: Json = {}
    pages: list[Page] = []
    experiments: list[Saved] = Field([], description="What earlier talks have saved, oldest first.")
    filters: Json | None = Field(
        None, description="Filters: those that are given and counted as they are. No model is asked."
    )
    packet: Json | None = Field(
        None, description="Outreach: all that the message may rest on (EvidencePacket)."
    )
    wish: Json | None = Field(None, description="Outreach: the message that is wished for.")
    suppressed: SuppressionReason | None = Field(
        None, description="Outreach: why the lead may not be written to, since the packet was gathered."
    )


class FilterStep(Record):
    """One counted setting. `ids` names who was found, where the fixture could tell."""

    filters: Json
    count: int = Field(ge=0)
    change: str = ""
    why: str = ""
    ids: list[int] | None = None


class FilterTrail(Record):
    """What the optimiser did: what was drafted, each counted setting, and what it ended with."""

    drafted: Json = {}
    steps: list[FilterStep] = []
    final: Json = {}
    count: int | None = None
    reached: bool | None = None
    locked: list[str] = []


class Message(Record):
    """One written message, as it would be sent, or a reasoned decline."""

    format: str
    subject: str | None = None
    body: str = ""
    declined: str | None = None


class Artifacts(Record):
    """What came of the conversation, besides words."""

    experiments: list[Json] | None = None
    filters: FilterTrail | None = None
    outreach: list[Message] = []


class Expect(Record):
    """What a good run does. What is absent is not asked for."""

    slots: list[Topic] = []
    max_turns: int | None = Field(None, ge=1, description="User turns until the experiments are there.")
    experiments: Literal["set", "pre-evidence", "none"] | None = None
    count_band: tuple[int, int] | None = None
    filters: Json | None = Field(None, description="The filters that are right.")
    decline: bool | None = None
    must_not: list[str] = Field(
        [], description="Words that may not stand in any answer: planted orders, secrets."
    )
    language: str | None = None


class World(Record):
    """What is pinned so that the same conversation scores the same for ever."""

    vocab: str = "wiza-1"
    counts: str = ""
    now: str = "2026-11-22T10:00:00+00:00"


class Label(Record):
    """What somebody thought of a turn, or of the whole. Only labels `made_by` a person calibrate a judge."""

    key: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    turn: int | None = Field(None, ge=0)
    rater: str = Field(min_length=1, max_length=40)
    value: Literal["pass", "fail", "cannot_tell"]
    made_by: Literal["person", "model", "synthetic"]
    note: str = ""


class Conversation(Record):
    """One line of the data set."""

    form: Literal["conv/1"] = Field(alias="schema")
    id: Identifier
    suite: Suite
    split: Split
    cluster: Cluster = Field(
        description="Whose it is: a pseudonym. Statistics count tenants, not conversations."
    )
    tags: list[str] = []
    source: Source
    setup: Setup
    facts: list[Fact] = []
    turns: list[Turn] = Field(min_length=1, max_length=500)
    artifacts: Artifacts = Artifacts()
    expect: Expect = Expect()
    world: World = World()
    labels: list[Label] = []

    def said(self, role: Role) -> list[Turn]:
        """The turns of one side."""
        return [turn for turn in self.turns if turn.role == role]

    def fact(self, fact_id: str) -> Fact | None:
        """The fact of that id."""
        return next((fact for fact in self.facts if fact.id == fact_id), None)


def to_line(conversation: Conversation) -> str:
    """The conversation as its line, without a line end."""
    return conversation.model_dump_json(by_alias=True, exclude_defaults=True, exclude={"form"}).replace(
        "{", '{"schema":"conv/1",', 1
    )
