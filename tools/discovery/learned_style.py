"""The style guide of a workspace: learned in one talk, known to those that begin later."""

from typing import Any, TypedDict

from sqlalchemy import func
from sqlalchemy.dialects.postgresql import insert

from persistence.models.discovery import LearnedStyle
from persistence.session import UnitOfWork
from persistence.types import WorkspaceID


class Style(TypedDict):
    """The founder's style guide, and from how many characters of talk and which examples it was learned."""

    guide: dict[str, Any]
    learned_from: int
    examples: str


async def keep_style(uow: UnitOfWork, workspace_id: WorkspaceID, style: Style) -> None:
    """Keep what a talk has learned; the newest counts."""
    learned = insert(LearnedStyle).values(workspace_id=workspace_id, **style)
    newest = {name: learned.excluded[name] for name in ("Guide", "LearnedFrom", "Examples")}
    await uow.session.execute(
        learned.on_conflict_do_update(
            index_elements=[LearnedStyle.workspace_id], set_={**newest, "UpdatedAt": func.now()}
        )
    )
