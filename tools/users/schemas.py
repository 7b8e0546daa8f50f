"""What a caller is told about themselves."""

from uuid import UUID

from pydantic import Field

from persistence.models.user import UserRole
from persistence.models.workspace import ProjectRole
from tools.schemas import WireModel


class MyWorkspace(WireModel):
    """A workspace the caller is a member of."""

    id: int = Field(description="The workspace's id.")
    name: str = Field(description="The workspace's name.")
    role: ProjectRole = Field(description="The caller's role in it.")


class Me(WireModel):
    """The caller."""

    user_id: int = Field(description="The caller's id.")
    client_id: int = Field(description="The caller's organization.")
    supabase_user_id: UUID = Field(description="The token's subject.")
    email: str | None = Field(
        description="The e-mail address, as the token says it; null when there is none."
    )
    name: str = Field(description="The caller's name.")
    role: UserRole = Field(description="The caller's role in the organization.")
    workspaces: list[MyWorkspace] = Field(description="The caller's workspaces, oldest first.")
