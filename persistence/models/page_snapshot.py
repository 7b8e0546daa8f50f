"""PageSnapshots: what a website said, and when. Evidence quotes point here."""

from datetime import datetime

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from persistence.models.entity import Created, Entity, identity_key, reference
from persistence.types import WorkspaceID


class PageSnapshot(Created, Entity):
    """One page as read once. `url` is what was asked for, `final_url` where the redirects ended."""

    __tablename__ = "PageSnapshots"
    __table_args__ = (
        Index(None, "ProjectID", "PageSnapshotID"),
        Index(None, "ProjectID", "Url", "PageSnapshotID"),
    )

    id: Mapped[int] = identity_key("PageSnapshotID")
    workspace_id: Mapped[WorkspaceID] = reference("ProjectID", "Projects.ProjectID", index=False)
    url: Mapped[str] = mapped_column("Url", String(2048))
    final_url: Mapped[str] = mapped_column("FinalUrl", String(2048))
    title: Mapped[str | None] = mapped_column("Title")
    description: Mapped[str | None] = mapped_column("Description")
    favicon_url: Mapped[str | None] = mapped_column("FaviconUrl", String(2048))
    content: Mapped[str] = mapped_column("Content")
    content_hash: Mapped[str] = mapped_column("ContentHash", String(64))
    fetched_at: Mapped[datetime] = mapped_column("FetchedAt")
