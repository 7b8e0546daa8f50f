"""What changed between two folders of prompts is told by tag and by line, partials included."""

import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from api.cli.prompts import app
from prompts.diff import diff_prompts
from prompts.loader import PromptLibrary
from prompts.prompt import PromptInvalid
from tests.unit.prompts.conftest import WritePrompt

BODY = 'Hello. {% include "_shared/rule.md" %}'


def _kept(library: PromptLibrary, to: Path) -> PromptLibrary:
    """A copy of the folder as it is now."""
    return PromptLibrary(Path(shutil.copytree(library.folder, to)))


def test_equal_folders_differ_in_nothing(
    write_prompt: WritePrompt, tmp_path_factory: pytest.TempPathFactory
) -> None:
    now = write_prompt(BODY, partials={"rule.md": "Be brief."})
    assert list(diff_prompts(_kept(now, tmp_path_factory.mktemp("x") / "p"), now)) == []


def test_a_changed_partial_is_shown_under_the_prompt_that_uses_it(
    write_prompt: WritePrompt, tmp_path_factory: pytest.TempPathFactory
) -> None:
    before = _kept(write_prompt(BODY, partials={"rule.md": "Be brief."}), tmp_path_factory.mktemp("x") / "p")
    after = write_prompt(BODY, version=2, partials={"rule.md": "Be very brief."})
    lines = list(diff_prompts(before, after, "a/b"))
    assert lines[0] == f"a/b: {before.load('a/b').tag[3:]} → {after.load('a/b').tag[3:]}"
    assert {"-Be brief.", "+Be very brief.", "-version: 1", "+version: 2"} <= set(lines)


def test_a_prompt_that_came_or_went_is_named(write_prompt: WritePrompt, tmp_path: Path) -> None:
    there, empty = write_prompt("Hello."), PromptLibrary(tmp_path / "empty")
    assert next(diff_prompts(empty, there)).startswith("a/b: (new) → @1#")
    assert next(diff_prompts(there, empty)).endswith("→ (gone)")
    with pytest.raises(PromptInvalid):
        list(diff_prompts(empty, there, "a/c"))


@pytest.mark.parametrize("revision", ["no-such-revision", "--output=/dev/null"])
def test_a_revision_that_git_does_not_know_is_told_in_a_sentence(revision: str) -> None:
    answer = CliRunner().invoke(app, ["diff", f"--against={revision}"])
    assert answer.exit_code == 1
    assert "revision" in answer.output or "git can't tell" in answer.output
