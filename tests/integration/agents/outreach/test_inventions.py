"""A model that makes things up gets nothing into the queue: not by the drafter, not by any of its answers kept as they are."""

import pytest

from tests.fixtures.sandbox import SandboxServer
from tests.integration.agents.outreach.conftest import FORMS, Babel
from tools.outreach.drafter import Wish


@pytest.mark.parametrize(
    "drafts", [3, pytest.param(200, marks=[pytest.mark.full, pytest.mark.timeout(2400)], id="agents-200")]
)
async def test_nothing_a_model_made_up_can_be_queued(
    babel: Babel, sandbox: SandboxServer, drafts: int
) -> None:
    await sandbox.behave("fabricating")
    tried = 0
    for number in range(drafts):
        lead, form = await babel.prospect(number), FORMS[number % len(FORMS)]
        since = await sandbox.last_call()
        outcome = await babel.drafter.draft(babel.bench.caller, Wish(lead.id, form))
        answers = await babel.answers(lead.id)
        kept = [outcome.message_id, *[await babel.keep(lead.id, answer, form) for answer in answers]]
        invented = [said for call in await sandbox.calls(since=since) for said in call["invented"]]
        assert invented
        for message_id in kept:
            if message_id is None:
                continue
            tried += 1
            text = await babel.queued(message_id)
            assert text is None or not any(said in text for said in invented), text
    assert tried >= 2 * drafts


async def test_what_is_honest_can_be_queued_in_each_language(babel: Babel) -> None:
    for number, place in enumerate(babel.places):
        lead = await babel.prospect(1_000 + number)
        outcome = await babel.drafter.draft(babel.bench.caller, Wish(lead.id, FORMS[0]))
        assert outcome.message_id is not None, (place.language, outcome.declined)
        assert await babel.queued(outcome.message_id)
