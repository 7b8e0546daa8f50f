"""The wire shapes of website readings."""

from typing import Annotated

from pydantic import ConfigDict, Field, StringConstraints
from pydantic.config import JsonDict

from persistence.types import WorkspaceID
from tools.schemas import AwareDatetime, WireFlag, WireIDOf, WireModel

MAX_DEPTH = 2

WebAddress = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2_000)]
Depth = Annotated[int, Field(strict=True, ge=0, le=MAX_DEPTH)]


READ_EXAMPLE: JsonDict = {
    "url": "https://acme.example/",
    "title": "Acme",
    "description": "Crew planning for harbour tugs",
    "favicon": "https://acme.example/favicon.ico",
    "content": "# Acme\n\nAcme plans crews for harbour tugs.",
    "pages": [{"url": "https://acme.example/", "title": "Acme"}],
    "fetchedAt": "2026-11-25T10:00:00+00:00",
    "cleaned": True,
}


class ScrapeRequest(WireModel):
    """Which website to read."""

    url: WebAddress = Field(description="The website: `acme.com`, or a full http or https address.")
    workspace_id: WireIDOf[WorkspaceID] | None = Field(
        None, description="Keep the reading in this workspace; left out, it is only answered."
    )
    depth: Depth = Field(
        0, description="0: this page; 1: pages of the same host it links to as well; 2: one link further."
    )


class PageRead(WireModel):
    """One page that was read."""

    url: str = Field(description="Where the page is, after redirects.")
    title: str | None = Field(description="What the page calls itself.")


class WebsiteRead(WireModel):
    """What a website says."""

    model_config = ConfigDict(json_schema_extra={"example": READ_EXAMPLE})

    url: str = Field(description="Where the first page is, after redirects.")
    title: str | None = Field(description="What the first page calls itself.")
    description: str | None = Field(description="What the first page says of itself.")
    favicon: str | None = Field(description="The address of its icon.")
    content: str = Field(
        description="The readable text of all pages, in Markdown: nothing the pages don't say."
    )
    pages: list[PageRead] = Field(description="The pages that were read, the first one first.")
    fetched_at: AwareDatetime = Field(description="When the first page was read.")
    cleaned: WireFlag = Field(
        description="Whether menus and clutter were taken out; false when the model that does it failed."
    )
