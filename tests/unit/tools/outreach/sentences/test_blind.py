"""Sentences that measured before anything was changed for them: `blind` without a look at the lists, `after` with one, `unseen` later."""

from typing import Literal

import pytest

from tests.unit.tools.outreach.sentences.fresh import Said, sentences

MISSED = {"blind": 3, "after": 0, "unseen": 7}
"""Honest sentences that may be stopped. On first reading 16 of 40, 6 of 17 and 15 of 40 were; what is left was not tuned on."""


@pytest.mark.parametrize("half", MISSED)
def test_honest_sentences_pass(half: str) -> None:
    stopped = [said.sentence for said in of_half("honest", half) if said.stopped]
    assert len(stopped) <= MISSED[half], stopped


@pytest.mark.parametrize("half", MISSED)
def test_no_fabrication_passes(half: str) -> None:
    assert [said.sentence for said in of_half("fabricated", half) if not said.stopped] == []


def of_half(kind: Literal["honest", "fabricated"], half: str) -> list[Said]:
    """The sentences of a half, from its file."""
    return sentences(kind, half, "unseen.yaml" if half == "unseen" else "blind.yaml")
