"""The robustness set: the same talks with strangers' small talk around what is told, made at run time from a package that may be missing."""

import sys
from pathlib import Path

import pytest

from evals.dataset.conversation import to_line
from evals.dataset.lint import lint
from evals.dataset.reading import conversations
from evals.dataset.smalltalk import PREFIX, TAG, SmallTalkMissing, small_talk, with_small_talk
from tests.unit.evals.test_commands import python

LINES = ("did you see the game last night?", "my dog ate my homework again", "no way, tell me more about it")
PACKAGE = """
class Dataset(dict):
    def __init__(self):
        super().__init__({"1": {"messages": [[
            {"text": "did you see the game last night?"}, {"text": "ok"}, {"text": "write to me at sam@mail.test please"},
        ], [{"text": "my dog ate my homework again"}]]}})
"""


def test_every_answer_keeps_its_words_and_gets_a_line_that_is_the_same_in_every_run() -> None:
    talks = list(conversations(suite="discovery", split="dev"))
    noisy = list(with_small_talk(talks, LINES))
    plain = {talk.id: talk for talk in talks}

    assert len(noisy) >= 20
    assert noisy == list(with_small_talk(talks, LINES))
    for case in noisy:
        talk = plain[case.id.removeprefix(PREFIX)]
        for turn, before in zip(case.turns, talk.turns, strict=True):
            added = [part for part in turn.content.split("\n") if part in LINES]
            assert before.content in turn.content
            assert len(added) == (turn.role == "user")


def test_the_cases_hold_to_the_rules_of_the_data_set(tmp_path: Path) -> None:
    noisy = with_small_talk(conversations(suite="discovery", split="dev"), LINES)
    file = tmp_path / "dev" / "discovery.jsonl"
    file.parent.mkdir()
    file.write_text("".join(to_line(case) + "\n" for case in noisy), encoding="utf-8")

    assert lint(tmp_path) == []


def test_lines_are_drawn_from_the_installed_package_without_nods_and_personal_data(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "some_small_talk.py").write_text(PACKAGE, encoding="utf-8")
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])

    assert sorted(small_talk("some_small_talk")) == sorted(LINES[:2])


def test_it_is_no_part_of_the_data_set_unless_it_is_asked_for() -> None:
    assert not any(TAG in case.tags for case in conversations())


def test_a_missing_package_is_named_with_what_to_install() -> None:
    with pytest.raises(
        SmallTalkMissing, match=r"chitchat-dataset: uv pip install .* --extra evals-robustness"
    ):
        small_talk("no_package_of_this_name")


def test_a_command_tells_what_can_be_mended_in_a_sentence() -> None:
    done = python(
        "import sys; sys.modules['chitchat_dataset'] = None;"
        "from evals.__main__ import main; main(['show', 'chat-disc-1001'])"
    )

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("The robustness set draws on the package chitchat-dataset")
    assert "Traceback" not in done.stderr
