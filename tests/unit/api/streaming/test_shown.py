"""What the agent's messages showed beside their text, for who comes back to a talk."""

from datetime import UTC, datetime
from typing import Any

from structlog.testing import capture_logs

from api.streaming.shown import session_shown
from persistence.models.discovery import DiscoverySessionStatus
from persistence.types import SessionID, WorkspaceID
from tools.sessions.schemas import SessionRead, TalkMessage

NOW = datetime(2026, 11, 25, 10, tzinfo=UTC)
ASKED: dict[str, Any] = {"type": "replies_suggested", "placeholder": None, "replies": ["Yes"]}
ANSWERED: dict[str, Any] = {"type": "replies_suggested", "placeholder": "Say", "replies": ["No"]}
KNOWN: dict[str, Any] = {
    "type": "hypotheses_noted",
    "known": {"persona": {"value": "Plant managers", "standing": "assumed", "evidence": None}},
    "missing": ["pain"],
}


def _session(*messages: TalkMessage) -> SessionRead:
    return SessionRead(
        id=SessionID(12),
        workspace_id=WorkspaceID(3),
        status=DiscoverySessionStatus.ACTIVE,
        turn_count=1,
        messages=list(messages),
        approvals=[],
        generated_icps=None,
        experiments_generated=[],
        created_at=NOW,
        updated_at=NOW,
    )


def _answer(name: str | None) -> TalkMessage:
    return TalkMessage(role="assistant", content="So it is.", id=name)


def test_a_message_has_the_newest_part_of_each_kind() -> None:
    shown = session_shown(_session(_answer("a")), {"a": [KNOWN, ASKED, ANSWERED]})
    (parts,) = shown.parts
    assert parts.message_id == "a"
    assert parts.hypotheses is not None
    assert parts.hypotheses.known["persona"].value == "Plant managers"
    assert parts.suggestions is not None
    assert parts.suggestions.replies == ["No"]
    assert (parts.experiments, parts.usage) == (None, None)


def test_only_messages_of_the_talk_have_parts() -> None:
    """An answer that was written again has left the talk; an imported one has no name."""
    shown = session_shown(_session(_answer(None), _answer("kept")), {"gone": [ASKED], "kept": [ASKED]})
    assert [parts.message_id for parts in shown.parts] == ["kept"]


def test_a_part_of_an_older_form_is_left_out_and_noted() -> None:
    old = {"type": "hypotheses_noted", "known": ["Plant managers"]}
    with capture_logs() as logs:
        shown = session_shown(_session(_answer("a")), {"a": [old, ASKED]})
    (parts,) = shown.parts
    assert parts.hypotheses is None
    assert parts.suggestions is not None
    assert [(entry["event"], entry["part"]) for entry in logs] == [("part_left_out", "hypotheses")]
