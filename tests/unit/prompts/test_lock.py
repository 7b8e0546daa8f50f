"""The lock: no wording changes without a new version."""

from pathlib import Path

import pytest

from prompts.lint import lint
from prompts.lock import check_lock, write_lock
from prompts.prompt import PromptInvalid
from tests.unit.prompts.conftest import WritePrompt

BODY = 'Hello. {% include "_shared/rule.md" %}'


@pytest.fixture
def lock(tmp_path: Path) -> Path:
    return tmp_path / "lock.json"


def test_a_locked_prompt_passes(write_prompt: WritePrompt, lock: Path) -> None:
    library = write_prompt("Hello.")
    write_lock(library, lock)

    assert check_lock(library, lock) == []


@pytest.mark.parametrize(
    ("body", "partial"),
    [("Hello there. " + BODY, "Be brief."), (BODY, "Be very brief.")],
    ids=["text", "partial"],
)
def test_a_change_under_the_same_version_fails_and_cannot_be_locked(
    write_prompt: WritePrompt, lock: Path, body: str, partial: str
) -> None:
    write_lock(write_prompt(BODY, partials={"rule.md": "Be brief."}), lock)
    changed = write_prompt(body, partials={"rule.md": partial})

    assert "changed without a new version" in check_lock(changed, lock)[0]
    with pytest.raises(PromptInvalid, match="raise the version first: a/b"):
        write_lock(changed, lock)


def test_a_new_version_must_be_locked_and_then_passes(write_prompt: WritePrompt, lock: Path) -> None:
    write_lock(write_prompt("Hello."), lock)
    changed = write_prompt("Good day.", version=2)

    assert "not locked yet" in check_lock(changed, lock)[0]
    write_lock(changed, lock)
    assert check_lock(changed, lock) == []


def test_a_version_cannot_go_back(write_prompt: WritePrompt, lock: Path) -> None:
    write_lock(write_prompt("Hello.", version=3), lock)

    with pytest.raises(PromptInvalid, match="raise the version first"):
        write_lock(write_prompt("Hello.", version=2), lock)


def test_a_new_prompt_and_a_removed_one_are_named(write_prompt: WritePrompt, lock: Path) -> None:
    library = write_prompt("Hello.")
    assert "is not locked yet" in check_lock(library, lock)[0]

    write_lock(library, lock)
    (library.folder / "a" / "b.md").unlink()
    assert "its file is gone" in check_lock(library, lock)[0]


def test_lint_wants_a_sample_that_renders_and_a_bearable_length(
    write_prompt: WritePrompt, lock: Path, tmp_path: Path
) -> None:
    library = write_prompt("Hello {{ name | quoted }}.\n" + "More.\n" * 300, inputs="name")
    samples = tmp_path / "samples"
    assert "has no sample" in lint(library, samples=samples, lock=lock)[0]

    (samples / "a").mkdir(parents=True)
    (samples / "a" / "b.yaml").write_text("note: By hand.\ninputs: {}\n")
    assert "name is declared but not passed" in lint(library, samples=samples, lock=lock)[0]

    (samples / "a" / "b.yaml").write_text("note: By hand.\ninputs: {name: Ada}\n")
    assert "250 is the limit" in lint(library, samples=samples, lock=lock)[0]
