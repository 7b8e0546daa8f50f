"""The data set is held to its rules; whatever is wrong is named with file and line."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from evals.dataset.conversation import Conversation, to_line
from evals.dataset.lint import lint
from evals.dataset.reading import Line, read_file
from tests.factories.conversations import ASKED, talk, write

Json = dict[str, Any]


def changed(change: Callable[[Json], Any], **more: Any) -> Conversation:
    """The sound talk with one thing changed in its JSON."""
    plain = talk().model_dump(mode="json", by_alias=True)
    change(plain)
    return Conversation.model_validate({**plain, **more})


def test_a_sound_file_has_no_problems_and_reads_back_as_it_was(tmp_path: Path) -> None:
    path = write(tmp_path, talk())

    assert lint(tmp_path) == []
    (line,) = read_file(path)
    assert isinstance(line, Line)
    assert line.conversation == talk()


def test_a_broken_line_is_named_and_the_rest_is_read(tmp_path: Path) -> None:
    write(tmp_path, '{"schema": "conv/1", "id": ', talk(), '{"schema":"conv/1","id":"disc-0002"}')

    problems = lint(tmp_path)

    assert [(each.file, each.line) for each in problems] == [
        ("dev/discovery.jsonl", 1),
        ("dev/discovery.jsonl", 3),
    ]
    assert "Invalid JSON" in problems[0].text
    assert "suite: Field required" in problems[1].text


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda plain: plain["turns"][3].update(i=4), "turns are counted from 0"),
        (lambda plain: plain["turns"][1].update(role="user", asks=None), "and so is the one before"),
        (lambda plain: plain["turns"][2].update(gives=["f9"]), "names f9, which is no fact here"),
        (
            lambda plain: plain["turns"][2].update(gives=["f2"]),
            "f3 is said to come from turn 2, which does not give it",
        ),
        (lambda plain: plain["facts"].append(plain["facts"][0]), "the fact f1 is there twice"),
        (
            lambda plain: plain["labels"].append(
                {"key": "question_quality", "turn": 17, "rater": "ab", "value": "pass", "made_by": "person"}
            ),
            "labels.0 is about turn 17, which is missing",
        ),
        (
            lambda plain: plain["turns"][2].update(content="Ask jan.kowalski@stahlhof.de"),
            "turns.2.content holds an e-mail address",
        ),
        (
            lambda plain: plain["facts"][0].update(text="Call +49 421 5566 778"),
            "facts.0.text holds a phone number",
        ),
        (
            lambda plain: plain["turns"][2].update(content="see https://stahlhof.de/jobs"),
            "turns.2.content holds a link",
        ),
        (
            lambda plain: plain["turns"][2].update(content="IBAN DE89 3704 0044 0532 0130 00"),
            "holds a bank account",
        ),
        (lambda plain: plain["turns"][2].update(content="ask @jankowalski"), "holds a handle"),
        (lambda plain: plain["source"].update(origin="production"), "source.scrub is missing"),
        (
            lambda plain: plain["source"].update(scrub={"tool": "1", "replaced": 3, "residue": 1}),
            "something personal was left after scrubbing",
        ),
        (lambda plain: plain.update(split="holdout"), "is of split holdout and lies in dev/"),
        (
            lambda plain: plain["turns"][1].update(approval={"approved": True}),
            "turns.1.approval: only the user approves",
        ),
        (
            lambda plain: plain["setup"].update(experiments=[{"experiment": {"name": "Nobody's"}}]),
            "setup.experiments.0.type: Field required",
        ),
        (
            lambda plain: plain["turns"][3].update(state={"experiments": [{"type": "bullseye"}]}),
            "turns.3.state.experiments.0.name: Field required",
        ),
    ],
)
def test_what_breaks_a_rule_is_refused_with_file_and_line(
    tmp_path: Path, change: Callable[[Json], Any], said: str
) -> None:
    write(tmp_path, changed(lambda _: None, id="disc-0000", turns=other_turns()), changed(change))

    problems = lint(tmp_path)

    assert {(each.file, each.line) for each in problems} == {("dev/discovery.jsonl", 2)}
    assert any(said in each.text for each in problems), problems


def other_turns() -> list[Json]:
    """A talk that shares no words with the sound one."""
    turns = talk().model_dump(mode="json", by_alias=True)["turns"]
    fillers = ("alpha", "bravo", "charlie", "delta", "echo", "foxtrot")
    return [
        {**turn, "content": " ".join(f"{word}{n}" for n in range(9))}
        for turn, word in zip(turns, fillers, strict=True)
    ]


def test_an_id_that_is_there_twice_names_both_places(tmp_path: Path) -> None:
    write(tmp_path, talk(), changed(lambda _: None, turns=other_turns()))

    (problem,) = lint(tmp_path)

    assert str(problem) == "dev/discovery.jsonl:2: the id disc-0001 is taken by dev/discovery.jsonl:1"


def test_a_hold_out_id_in_dev_is_refused(tmp_path: Path) -> None:
    write(tmp_path, talk())
    write(tmp_path, talk(split="holdout", turns=other_turns()), split="holdout")

    (problem,) = lint(tmp_path)

    assert "disc-0001 is a hold-out id and appears in dev" in str(problem)


def test_the_same_words_in_both_splits_are_refused_whatever_their_ids(tmp_path: Path) -> None:
    write(tmp_path, talk())
    write(tmp_path, talk(split="holdout", id="disc-0900"), split="holdout")

    said = [problem.text for problem in lint(tmp_path)]

    assert "disc-0900 is word for word disc-0001 of the other split" in said


def test_two_talks_that_share_a_fifth_of_their_words_are_too_alike(tmp_path: Path) -> None:
    alike = other_turns()
    alike[2]["content"] = talk().turns[2].content
    write(tmp_path, talk(), talk(id="disc-0002", turns=alike))

    (problem,) = lint(tmp_path)

    assert "disc-0002 shares" in problem.text
    assert ASKED


def test_a_line_keeps_its_form_in_front() -> None:
    assert to_line(talk()).startswith('{"schema":"conv/1","id":"disc-0001"')
