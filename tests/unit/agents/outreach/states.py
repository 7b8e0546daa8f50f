"""States of the drafter's graph."""

from typing import Any

from agents.outreach.state import OutreachState
from persistence.models.outreach import OutreachFormat
from persistence.types import LeadID
from tests.factories.outreach import evidence, packet
from tools.outreach.drafter import Wish

QUOTE = "We are hiring two crew planners for our night desk in Husum."
HIRING = evidence("signal.1", QUOTE, kind="hiring")


def a_state(*answers: str, form: OutreachFormat = OutreachFormat.EMAIL_COLD, **values: Any) -> OutreachState:
    """A run in which a model has given these answers."""
    return {
        "wish": Wish(LeadID(1), form).as_json(),
        "packet": packet(HIRING, **values).model_dump(mode="json"),
        "suppressed": None,
        "answers": list(answers),
        "refusal": None,
    }
