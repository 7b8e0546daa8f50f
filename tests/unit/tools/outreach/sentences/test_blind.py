"""Sentences that measured before anything was changed for them: `blind` without a look at the lists, `after` with one."""

import pytest

from tests.unit.tools.outreach.sentences.fresh import sentences

MISSED = {"blind": 8, "after": 4}
"""Honest sentences that may be stopped. On first reading 16 of 40 and 6 of 17 were: nothing is tuned on those that are left."""


@pytest.mark.parametrize("half", MISSED)
def test_honest_sentences_pass(half: str) -> None:
    stopped = [said.sentence for said in sentences("honest", half, "blind.yaml") if said.stopped]
    assert len(stopped) <= MISSED[half], stopped


@pytest.mark.parametrize("half", MISSED)
def test_no_fabrication_passes(half: str) -> None:
    assert [said.sentence for said in sentences("fabricated", half, "blind.yaml") if not said.stopped] == []
