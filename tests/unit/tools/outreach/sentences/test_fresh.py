"""Sentences about leads of other trades, written before the vocabulary: honest ones pass, fabrications don't."""

import pytest

from tests.unit.tools.outreach.sentences.fresh import sentences

MISSED = {"tuned": 0, "second": 1, "last": 6}
"""Honest sentences of each half that may be stopped. On first reading 25, 9 and 18 of 30, 30 and 40 were."""


@pytest.mark.parametrize("half", MISSED)
def test_honest_sentences_pass(half: str) -> None:
    stopped = [said.sentence for said in sentences("honest", half) if said.stopped]
    assert len(stopped) <= MISSED[half], stopped


@pytest.mark.parametrize("half", MISSED)
def test_no_fabrication_passes(half: str) -> None:
    assert [said.sentence for said in sentences("fabricated", half) if not said.stopped] == []
