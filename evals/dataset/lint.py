"""What the data set is held to, beyond its form: unique ids, links that lead somewhere, no personal data, the hold-out apart."""

from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path

from pydantic import ValidationError

from evals.dataset.conversation import Conversation
from evals.dataset.overlap import talk_grams, too_alike
from evals.dataset.reading import DATA, Line, Problem, data_files, read_file
from evals.dataset.residue import personal_data
from tools.experiments.schemas import ExperimentCreate

Rule = Callable[[Conversation], Iterator[str]]


def lint(folder: Path = DATA, *, files: list[Path] | None = None) -> list[Problem]:
    """Every problem of the data set, or of these files of it, in the order of the files."""
    problems: list[Problem] = []
    seen: dict[str, Line] = {}
    contents: dict[str, Line] = {}
    sequences: dict[str, set[int]] = {}
    for path in files if files is not None else data_files(folder):
        for item in read_file(path, folder):
            if isinstance(item, Problem):
                problems.append(item)
                continue
            problems += _one(item, path)
            problems += _against_others(item, seen, contents)
            if item.conversation.suite in {"discovery", "safety"}:
                sequences[item.conversation.id] = talk_grams(item.conversation)
    for one, other, share in too_alike(sequences):
        there = seen[other]
        problems.append(
            Problem(there.file, there.line, f"{other} shares {share:.0%} of its words with {one}")
        )
    return sorted(problems, key=lambda problem: (problem.file, problem.line))


def _one(item: Line, path: Path) -> Iterator[Problem]:
    """What is wrong with one line by itself."""
    for rule in RULES:
        for text in rule(item.conversation):
            yield Problem(item.file, item.line, text)
    if path.parent.name in {"dev", "holdout"} and item.conversation.split != path.parent.name:
        yield Problem(
            item.file,
            item.line,
            f"{item.conversation.id} is of split {item.conversation.split} and lies in {path.parent.name}/",
        )


def _against_others(item: Line, seen: dict[str, Line], contents: dict[str, Line]) -> Iterator[Problem]:
    """Ids and talks that are there twice. The same talk in the hold-out and in dev makes the hold-out worthless."""
    found = item.conversation
    if (before := seen.get(found.id)) is not None:
        where = f"{before.file}:{before.line}"
        if {before.conversation.split, found.split} == {"dev", "holdout"}:
            yield Problem(item.file, item.line, f"{found.id} is a hold-out id and appears in dev ({where})")
        else:
            yield Problem(item.file, item.line, f"the id {found.id} is taken by {where}")
    mark = _content(found)
    if (same := contents.get(mark)) is not None and same.conversation.id != found.id:
        if same.conversation.split != found.split:
            yield Problem(
                item.file, item.line, f"{found.id} is word for word {same.conversation.id} of the other split"
            )
        else:
            yield Problem(item.file, item.line, f"{found.id} is word for word {same.conversation.id}")
    seen.setdefault(found.id, item)
    contents.setdefault(mark, item)


def _content(conversation: Conversation) -> str:
    """A mark of what the user said and had: equal marks mean the same case."""
    said = [turn.content.strip() for turn in conversation.said("user")]
    packet = (conversation.setup.packet or {}).get("lead")
    given = (conversation.setup.wish, conversation.setup.filters)
    return sha256(repr((conversation.suite, said, packet, given)).encode()).hexdigest()


def _turns_in_order(conversation: Conversation) -> Iterator[str]:
    for place, turn in enumerate(conversation.turns):
        if turn.i != place:
            yield f"turns.{place}.i is {turn.i}; turns are counted from 0 without gaps"
            return
    if conversation.turns[0].role != "user":
        yield "turns.0 is not the user's"
    for before, after in zip(conversation.turns, conversation.turns[1:], strict=False):
        if before.role == after.role:
            yield f"turns.{after.i} is of {after.role}, and so is the one before"


def _facts_are_told(conversation: Conversation) -> Iterator[str]:
    known = [fact.id for fact in conversation.facts]
    for name in {name for name in known if known.count(name) > 1}:
        yield f"the fact {name} is there twice"
    for turn in conversation.turns:
        yield from (
            f"turns.{turn.i}.gives names {name}, which is no fact here"
            for name in turn.gives
            if name not in known
        )
        if turn.gives and turn.role != "user":
            yield f"turns.{turn.i}.gives: only the user gives facts"
        if (turn.asks or turn.state) and turn.role != "assistant":
            yield f"turns.{turn.i}: only the assistant asks and leaves a state"
        if turn.approval and turn.role != "user":
            yield f"turns.{turn.i}.approval: only the user approves"
    last = len(conversation.turns) - 1
    for fact in conversation.facts:
        kind, _, number = fact.origin.partition(":")
        if kind == "turn" and (int(number) > last or fact.id not in conversation.turns[int(number)].gives):
            yield f"the fact {fact.id} is said to come from turn {number}, which does not give it"


def _labels_have_turns(conversation: Conversation) -> Iterator[str]:
    places = {turn.i for turn in conversation.turns}
    for place, label in enumerate(conversation.labels):
        if label.turn is not None and label.turn not in places:
            yield f"labels.{place} is about turn {label.turn}, which is missing"


def _no_personal_data(conversation: Conversation) -> Iterator[str]:
    scrub = conversation.source.scrub
    if conversation.source.origin == "production" and scrub is None:
        yield "source.scrub is missing: what comes from production is scrubbed"
    if scrub is not None and scrub.residue:
        yield f"source.scrub.residue is {scrub.residue}: something personal was left after scrubbing"
    yield from personal_data(
        conversation.model_dump(mode="json", by_alias=True, exclude={"source": {"prompts"}})
    )


def _has_what_its_suite_needs(conversation: Conversation) -> Iterator[str]:
    if conversation.suite == "outreach" and (not conversation.setup.packet or not conversation.setup.wish):
        yield "an outreach case needs setup.packet and setup.wish"
    given = conversation.setup.filters
    if conversation.suite == "filters" and conversation.expect.filters is None and given is None:
        yield "a filters case needs expect.filters, or setup.filters to be counted"


def _experiments_can_be_saved(conversation: Conversation) -> Iterator[str]:
    """Sets that lie on the table or were saved: a replay puts them into a database."""
    named = [
        (f"setup.experiments.{place}", saved.experiment)
        for place, saved in enumerate(conversation.setup.experiments)
    ]
    for turn in conversation.turns:
        proposed = (turn.state or {}).get("experiments") or []
        named += [(f"turns.{turn.i}.state.experiments.{place}", item) for place, item in enumerate(proposed)]
    for where, item in named:
        try:
            ExperimentCreate.model_validate(item)
        except ValidationError as error:
            first = error.errors(include_url=False, include_input=False)[0]
            yield f"{where}.{'.'.join(map(str, first['loc']))}: {first['msg']}"


RULES: tuple[Rule, ...] = (
    _turns_in_order,
    _facts_are_told,
    _labels_have_turns,
    _no_personal_data,
    _has_what_its_suite_needs,
    _experiments_can_be_saved,
)
