"""Members and invitations on the wire."""

from typing import Annotated, Literal

from pydantic import AfterValidator, ConfigDict, Field, StringConstraints
from pydantic.config import JsonDict

from persistence.models.workspace import ProjectRole
from persistence.types import UserID, WorkspaceID
from tools.schemas import AwareDatetime, Email, WireModel

Token = Annotated[str, StringConstraints(min_length=20, max_length=200, pattern=r"^[A-Za-z0-9_-]+$")]
LowerEmail = Annotated[Email, AfterValidator(str.lower)]

INVITE_EXAMPLE: JsonDict = {"email": "kim@acme.example", "role": "member"}
ROLE_EXAMPLE: JsonDict = {"role": "admin"}
ACCEPT_EXAMPLE: JsonDict = {"token": "pHn3vV0mQd1hE0cW5bTz8rJk2sYx4uLa6oGi7eFq9dM"}
MEMBER_EXAMPLE: JsonDict = {
    "id": 11,
    "userId": 7,
    "workspaceId": 3,
    "role": "owner",
    "status": "active",
    "user": {"id": 7, "email": "ada@acme.example", "displayName": "Ada"},
    "createdAt": "2026-11-22T09:00:00+00:00",
    "expiresAt": None,
}
INVITED_EXAMPLE: JsonDict = {
    "id": 4,
    "userId": None,
    "workspaceId": 3,
    "role": "member",
    "status": "invited",
    "user": {"id": None, "email": "kim@acme.example", "displayName": None},
    "createdAt": "2026-11-22T09:00:00+00:00",
    "expiresAt": "2026-11-29T09:00:00+00:00",
    "inviteToken": ACCEPT_EXAMPLE["token"],
}


class InvitationCreate(WireModel):
    """Whom to invite. Nothing sends mail: hand the answer's `inviteToken` to the person yourself."""

    model_config = ConfigDict(json_schema_extra={"example": INVITE_EXAMPLE})

    email: LowerEmail = Field(description="Where the person can be reached; only a label, it proves nothing.")
    role: ProjectRole = Field(
        description="The role to give, at most one's own; `owner` is handed over, not given."
    )


class InvitationAccept(WireModel):
    """The token that came with an invitation."""

    model_config = ConfigDict(json_schema_extra={"example": ACCEPT_EXAMPLE})

    token: Token = Field(description="The `inviteToken` as the inviter got it.")


class RoleChange(WireModel):
    """A member's new role."""

    model_config = ConfigDict(json_schema_extra={"example": ROLE_EXAMPLE})

    role: ProjectRole = Field(description="The new role. `owner`, set by an owner, hands the workspace over.")


class MemberUser(WireModel):
    """The person behind a membership."""

    id: UserID | None = Field(description="The user's id; null while the invitation is open.")
    email: str | None = Field(description="The e-mail address, if it is known.")
    display_name: str | None = Field(description="The person's name; null while the invitation is open.")


class MemberRead(WireModel):
    """A member, or somebody who is invited."""

    model_config = ConfigDict(json_schema_extra={"example": MEMBER_EXAMPLE})

    id: int = Field(description="The membership's id; for `invited`, the invitation's.")
    user_id: UserID | None = Field(description="The user's id; null while the invitation is open.")
    workspace_id: WorkspaceID = Field(description="The workspace.")
    role: ProjectRole = Field(description="The role, or the one offered.")
    status: Literal["active", "invited"] = Field(
        description="`active` for members, `invited` for open invitations."
    )
    user: MemberUser = Field(description="The person.")
    created_at: AwareDatetime = Field(description="When the person joined or was invited.")
    expires_at: AwareDatetime | None = Field(None, description="When an open invitation lapses.")


class InvitedRead(MemberRead):
    """A new invitation."""

    model_config = ConfigDict(json_schema_extra={"example": INVITED_EXAMPLE})

    invite_token: str = Field(
        description="What the person sends to accept. Shown this once; only its hash is kept."
    )
