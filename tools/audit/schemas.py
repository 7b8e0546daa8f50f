"""The audit log on the wire."""

from pydantic import ConfigDict, Field
from pydantic.config import JsonDict

from persistence.types import UserID
from tools.schemas import AwareDatetime, JsonObject, WireID, WireModel

EXAMPLE: JsonDict = {
    "id": 41,
    "actorUserId": 7,
    "entity": "experiment",
    "entityId": "12",
    "action": "moved",
    "from": {"status": "pending"},
    "to": {"status": "creating_hypotheses"},
    "createdAt": "2026-11-22T10:00:00+00:00",
}


class AuditRead(WireModel):
    """One change that somebody made."""

    model_config = ConfigDict(json_schema_extra={"example": EXAMPLE})

    id: WireID = Field(description="The entry's id; newer entries have higher ones.")
    actor_user_id: UserID | None = Field(description="Who made the change; null when the user is gone.")
    entity: str = Field(description="What kind of thing was changed, such as `member` or `experiment`.")
    entity_id: str = Field(description="The id of the thing that was changed, as text.")
    action: str = Field(description="What was done to it, such as `deleted`, `role_changed` or `moved`.")
    from_: JsonObject | None = Field(alias="from", description="What it was before; null when it is new.")
    to: JsonObject | None = Field(description="What it is since; null when it is gone.")
    created_at: AwareDatetime = Field(description="When the change was made.")
