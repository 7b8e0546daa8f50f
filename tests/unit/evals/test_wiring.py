"""The wiring of prompts: whatever a prompt loses that it needs is found, and words may change as they like."""

from pathlib import Path

import pytest

from evals.replay.wiring import lost, read_wiring, whole_wiring
from prompts.loader import PromptLibrary, library, using
from prompts.prompt import PromptInvalid
from tests.factories.prompt_mutations import Mutation, breaking, harmless

RECORDED = read_wiring()
STEP = 19
"""One in so many mutations is tried here, all of them in the full suite."""


def losses(mutation: Mutation, folder: Path) -> list[str]:
    """What the prompts that are made of the changed file have lost."""
    prompts = PromptLibrary(mutation.written(folder))
    return [
        text
        for prompt_id in prompts.ids()
        if is_made_of(prompts, prompt_id, mutation)
        for text in lost(prompt_id, prompts, RECORDED)
    ]


def is_made_of(prompts: PromptLibrary, prompt_id: str, mutation: Mutation) -> bool:
    try:
        return mutation.file in prompts.load(prompt_id).sources
    except PromptInvalid:
        return mutation.file in library().load(prompt_id).sources


def test_the_recorded_wiring_is_the_one_of_the_product_s_prompts() -> None:
    assert whole_wiring(library()) == RECORDED


@pytest.mark.parametrize(
    "mutation", breaking()[::STEP], ids=lambda each: f"{each.kind} {each.file} {each.what}"
)
def test_what_a_prompt_needs_is_missed_when_it_is_taken_out(mutation: Mutation, tmp_path: Path) -> None:
    assert losses(mutation, tmp_path)


@pytest.mark.full
@pytest.mark.parametrize("mutation", breaking(), ids=lambda each: f"{each.kind} {each.file} {each.what}")
def test_evals_every_variable_fence_and_schema_is_missed(mutation: Mutation, tmp_path: Path) -> None:
    assert losses(mutation, tmp_path)


@pytest.mark.parametrize("mutation", harmless()[::4], ids=lambda each: each.file)
def test_other_words_lose_nothing(mutation: Mutation, tmp_path: Path) -> None:
    assert losses(mutation, tmp_path) == []


def test_there_are_mutations_of_each_kind_in_every_prompt() -> None:
    kinds = {
        kind: {each.file for each in breaking() if each.kind == kind}
        for kind in ("variable", "fence", "schema")
    }

    assert all(len(files) >= 5 for files in kinds.values())
    assert {f"{prompt_id}.md" for prompt_id in library().ids()} <= {
        file for files in kinds.values() for file in files
    } | {
        f"{prompt_id}.md"
        for prompt_id in library().ids()
        if "letter_packet" in str(library().load(prompt_id).sources)
    }


def test_other_prompts_stand_in_only_where_they_are_asked_for(tmp_path: Path) -> None:
    changed = PromptLibrary(harmless()[0].written(tmp_path))
    own = library()

    with using(changed):
        assert library() is changed
    assert library() is own
