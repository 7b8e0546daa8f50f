"""A talk for who comes back to it: the data parts of its messages, as the stream sent them."""

from collections.abc import Mapping, Sequence
from typing import Any

import structlog
from pydantic import ConfigDict, Field, ValidationError

from api.streaming.parts import ExperimentsPart, HypothesesPart, SuggestionsPart, UsagePart
from tools.schemas import WireModel
from tools.sessions.schemas import SESSION_EXAMPLE, SessionRead

log = structlog.get_logger(__name__)

KINDS: dict[str, tuple[str, type[WireModel]]] = {
    "hypotheses_noted": ("hypotheses", HypothesesPart),
    "experiments_proposed": ("experiments", ExperimentsPart),
    "replies_suggested": ("suggestions", SuggestionsPart),
    "usage_reported": ("usage", UsagePart),
}


class MessageParts(WireModel):
    """What one message of the agent showed beside its text; null is what it did not."""

    message_id: str = Field(description="The message.")
    hypotheses: HypothesesPart | None = Field(description="What was known of the market.")
    experiments: ExperimentsPart | None = Field(description="The set that it proposed.")
    suggestions: SuggestionsPart | None = Field(description="What the user might answer.")
    usage: UsagePart | None = Field(description="Tokens and cost.")


class SessionShown(SessionRead):
    """A discovery session with all that its messages showed."""

    model_config = ConfigDict(json_schema_extra={"example": {**SESSION_EXAMPLE, "parts": []}})

    parts: list[MessageParts] = Field(
        description="Data parts of the agent's newest messages, oldest first: what the stream sent beside the text."
    )


def session_shown(session: SessionRead, events: Mapping[str, Sequence[Mapping[str, Any]]]) -> SessionShown:
    """The session with the parts of its messages; `events` are by message id."""
    ids = [message.id for message in session.messages if message.role == "assistant"]
    parts = [_parts(name, events[name]) for name in ids if name is not None and name in events]
    return SessionShown(**dict(session), parts=parts)


def _parts(message_id: str, events: Sequence[Mapping[str, Any]]) -> MessageParts:
    """The newest of each kind. What an older version wrote in another form is left out, and noted."""
    found: dict[str, WireModel | None] = {name: None for name, _ in KINDS.values()}
    for event in events:
        name, model = KINDS[event["type"]]
        try:
            found[name] = model.model_validate({key: value for key, value in event.items() if key != "type"})
        except ValidationError as error:
            log.warning("part_left_out", message_id=message_id, part=name, errors=error.error_count())
    return MessageParts.model_validate({"message_id": message_id, **found})
