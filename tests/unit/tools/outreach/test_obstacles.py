"""What forbids writing is found before a model is asked."""

from typing import Any

import pytest

from persistence.models.outreach import OutreachFormat
from persistence.types import LeadID
from tests.factories.outreach import NOW, packet
from tests.unit.tools.outreach.threads import make_sent
from tools.outreach.drafter import Wish
from tools.outreach.writing.obstacles import obstacle

FIRST = Wish(LeadID(1), OutreachFormat.EMAIL_COLD)
SECOND = Wish(LeadID(1), OutreachFormat.EMAIL_COLD, number=2)
WARM = Wish(LeadID(1), OutreachFormat.EMAIL_WARM)
MESSAGE = Wish(LeadID(1), OutreachFormat.LINKEDIN_MESSAGE)
REPLIED = make_sent(status="replied", answered_at=NOW)


@pytest.mark.parametrize(
    ("wish", "values", "reason"),
    [
        (SECOND, {}, "Nothing was sent"),
        (WARM, {}, "earlier contact"),
        (FIRST, {"thread": [REPLIED]}, "answered"),
        (SECOND, {"thread": [REPLIED]}, "answered"),
        (SECOND, {"thread": [make_sent()], "outcome": "meeting_booked"}, "answered"),
        (SECOND, {"thread": [make_sent(status="bounced")]}, "did not arrive"),
        (MESSAGE, {"outcome": "unqualified"}, "unqualified"),
        (FIRST, {"evidence": packet().evidence[:1]}, "Nothing stored says"),
    ],
)
def test_it_is_declined_with_a_reason(wish: Wish, values: dict[str, Any], reason: str) -> None:
    found = obstacle(packet(**values), wish)
    assert found is not None
    assert reason in found.reason


def test_a_suppression_goes_before_everything() -> None:
    found = obstacle(packet(evidence=[]), FIRST, suppressed="opt_out")
    assert found is not None
    assert "opt_out" in found.reason


@pytest.mark.parametrize(
    ("wish", "values"),
    [
        (FIRST, {}),
        (SECOND, {"thread": [make_sent()]}),
        (WARM, {"thread": [REPLIED]}),
        (MESSAGE, {"thread": [REPLIED], "outcome": "interested"}),
    ],
)
def test_else_nothing_forbids_it(wish: Wish, values: dict[str, Any]) -> None:
    assert obstacle(packet(**values), wish) is None
