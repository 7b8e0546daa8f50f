"""What a caller is told about themselves."""

from uuid import UUID

from pydantic import ConfigDict, Field
from pydantic.config import JsonDict

from persistence.models.user import UserRole
from persistence.models.workspace import ProjectRole
from tools.schemas import WireModel

ME_EXAMPLE: JsonDict = {
    "userId": 5,
    "clientId": 2,
    "supabaseUserId": "3f8a1c52-96b4-4a3e-8d57-21c0f6a9e4b7",
    "email": "kim@acme.example",
    "name": "Kim Doe",
    "role": "admin",
    "workspaces": [{"id": 3, "name": "Acme", "role": "owner"}],
}


class MyWorkspace(WireModel):
    """A workspace the caller is a member of."""

    id: int = Field(description="The workspace's id.")
    name: str = Field(description="The workspace's name.")
    role: ProjectRole = Field(description="The caller's role in it.")


class Me(WireModel):
    """The caller."""

    model_config = ConfigDict(json_schema_extra={"example": ME_EXAMPLE})

    user_id: int = Field(description="The caller's id.")
    client_id: int = Field(description="The caller's organization.")
    supabase_user_id: UUID = Field(description="The token's subject.")
    email: str | None = Field(
        description="The e-mail address, as the token says it; null when there is none."
    )
    name: str = Field(description="The caller's name.")
    role: UserRole = Field(description="The caller's role in the organization.")
    workspaces: list[MyWorkspace] = Field(description="The caller's workspaces, oldest first.")
