"""States of the drafter's graph."""

from typing import Any

from agents.outreach.state import OutreachState
from persistence.models.outreach import OutreachFormat
from persistence.types import LeadID
from tests.factories.outreach import evidence, packet
from tests.fixtures.graphs import GraphBench
from tests.fixtures.outreach import make_prospect
from tools.outreach.drafter import Wish

NOBODY = LeadID(1)
QUOTE = "We are hiring two crew planners for our night desk in Husum."
HIRING = evidence("signal.1", QUOTE, kind="hiring")


def a_state(
    *answers: str,
    form: OutreachFormat = OutreachFormat.EMAIL_COLD,
    lead_id: LeadID = NOBODY,
    **values: Any,
) -> OutreachState:
    """A run in which a model has given these answers."""
    return {
        "wish": Wish(lead_id, form).as_json(),
        "packet": packet(HIRING, **values).model_dump(mode="json"),
        "suppressed": None,
        "answers": list(answers),
        "refusal": None,
    }


async def a_prospect(bench: GraphBench) -> LeadID:
    """A lead that is stored: before a model is asked, suppressions are looked at again."""
    async with bench.context.database.unit_of_work() as uow:
        return (await make_prospect(uow, bench.workspace)).id
