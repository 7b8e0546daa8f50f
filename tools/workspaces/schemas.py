"""Workspaces on the wire."""

from typing import Annotated, Any, Literal
from zoneinfo import available_timezones

import httpx
from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field, StringConstraints
from pydantic.config import JsonDict
from pydantic_core import PydanticCustomError

from persistence.models.workspace import OnboardingStatus, ProjectRole, ProjectStatus
from persistence.types import UserID, WorkspaceID
from tools.schemas import AwareDatetime, JsonObject, LongText, Name, WireModel

OLD_WORDS = {"completed": "complete", "in_progress": "incomplete", "not_started": "incomplete"}
"""Words of the former front end for the onboarding status."""

ZONES = frozenset(available_timezones())


def _with_scheme(value: object) -> object:
    """`acme.com` means https://acme.com."""
    if isinstance(value, str) and value.strip() and "://" not in value:
        return f"https://{value.strip()}"
    return value


def _web_address(value: str) -> str:
    """Refuse what is no plain http or https address of a named host."""
    try:
        url = httpx.URL(value)
    except (httpx.InvalidURL, ValueError) as error:
        raise PydanticCustomError("url", "It is not a web address.") from error
    if url.scheme not in {"http", "https"} or not url.host or url.userinfo or any(c.isspace() for c in value):
        raise PydanticCustomError("url", "It has to be an http or https address with a host and no password.")
    return value


def _time_zone(value: str) -> str:
    """Refuse names that are not in the time zone database."""
    if value not in ZONES:
        raise PydanticCustomError("time_zone", "It has to be an IANA name such as Europe/Vienna.")
    return value


def _new_word(value: object) -> object:
    """The word of today for an onboarding status."""
    return OLD_WORDS.get(value, value) if isinstance(value, str) else value


WebAddress = Annotated[
    str,
    BeforeValidator(_with_scheme),
    StringConstraints(strip_whitespace=True, min_length=1, max_length=512),
    AfterValidator(_web_address),
]
"""An http or https address of at most 512 characters; without a scheme, https is meant."""

TimeZone = Annotated[str, StringConstraints(max_length=64), AfterValidator(_time_zone)]
Language = Annotated[str, StringConstraints(pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$", max_length=35)]
AnyOnboardingStatus = Annotated[OnboardingStatus, BeforeValidator(_new_word)]


class ChatEntry(WireModel):
    """One message of a talk. What else the former front end kept beside it is dropped."""

    model_config = ConfigDict(extra="ignore")

    role: Literal["user", "assistant"] = Field(description="Who said it.")
    content: LongText = Field(description="What was said.")
    timestamp: AwareDatetime | None = Field(None, description="When it was said.")


class ChatMessage(WireModel):
    """One message of the newest talk."""

    role: str = Field(description="Who said it: `user` or `assistant`.")
    content: str = Field(description="What was said.")
    timestamp: AwareDatetime | None = Field(description="When it was said.")


CREATE_EXAMPLE: JsonDict = {"name": "Acme", "website": "https://acme.example"}


class WorkspaceCreate(WireModel):
    """A new workspace; the caller becomes its owner."""

    model_config = ConfigDict(json_schema_extra={"example": CREATE_EXAMPLE})

    name: Name = Field(description="What the team calls it.")
    website: WebAddress | None = Field(None, description="The company's website.")


UPDATE_EXAMPLE: JsonDict = {"name": "Acme Finance", "website": None, "onboardingStatus": "complete"}


class WorkspaceUpdate(WireModel):
    """Any of the fields: what is absent stays as it is, null clears it."""

    model_config = ConfigDict(json_schema_extra={"example": UPDATE_EXAMPLE})

    # A factory instead of a default: these may be absent but not null, and documents show no default for them.
    name: Name = Field(default_factory=str, description="What the team calls it; not null.")
    onboarding_status: AnyOnboardingStatus = Field(
        default_factory=lambda: OnboardingStatus.INCOMPLETE,
        description="`incomplete` or `complete`; also `completed`, `in_progress` and `not_started`. Not null.",
    )
    time_zone: TimeZone = Field(
        default_factory=str,
        description="The IANA time zone in which the team's days begin, such as Europe/Vienna; not null.",
    )
    website: WebAddress | None = Field(None, description="The company's website.")
    favicon_url: WebAddress | None = Field(None, description="Address of the website's icon.")
    language: Language | None = Field(None, description="The team's language as a BCP 47 tag, such as de.")
    worldview: LongText | None = Field(None, description="How the company sees its market, in Markdown.")
    website_scrape: JsonObject | LongText | None = Field(
        None, description="What the website says: text, or the answer of `POST /scrape/website`."
    )
    settings: JsonObject | None = Field(None, description="The clients' own settings, kept as they are.")
    discovery_chat_history: list[ChatEntry] | None = Field(
        None,
        max_length=5_000,
        description=(
            "A talk held elsewhere. It is kept as an imported session when it differs from the newest session; "
            "null or an empty list begins an empty one. Nothing that was said is removed."
        ),
    )


READ_EXAMPLE: JsonDict = {
    "id": 3,
    "name": "Acme",
    "website": "https://acme.example",
    "faviconUrl": None,
    "status": "active",
    "onboardingStatus": "incomplete",
    "discoveryChatHistory": [
        {"role": "user", "content": "We sell to finance teams.", "timestamp": "2026-11-22T10:00:00+00:00"}
    ],
    "worldview": None,
    "websiteScrape": None,
    "settings": None,
    "ownerUserId": 7,
    "role": "owner",
    "timeZone": "UTC",
    "language": None,
    "createdAt": "2026-11-22T09:00:00+00:00",
    "updatedAt": "2026-11-22T10:00:00+00:00",
}


class WorkspaceRead(WireModel):
    """A workspace as its members see it."""

    model_config = ConfigDict(json_schema_extra={"example": READ_EXAMPLE})

    id: WorkspaceID = Field(description="The workspace's id.")
    name: str = Field(description="What the team calls it.")
    website: str | None = Field(description="The company's website.")
    favicon_url: str | None = Field(description="Address of the website's icon.")
    status: ProjectStatus = Field(description="`active`, `archived`, or `deleting` while it is removed.")
    onboarding_status: OnboardingStatus = Field(description="Whether the onboarding questions are answered.")
    discovery_chat_history: list[ChatMessage] = Field(description="The talk of the newest session.")
    worldview: str | None = Field(description="How the company sees its market, in Markdown.")
    website_scrape: Any = Field(description="What the website says: text, an object, or null.")
    settings: JsonObject | None = Field(description="The clients' own settings.")
    owner_user_id: UserID | None = Field(description="The owner who answers for the workspace.")
    role: ProjectRole = Field(description="The caller's role.")
    time_zone: str = Field(description="The IANA time zone in which the team's days begin.")
    language: str | None = Field(description="The team's language as a BCP 47 tag.")
    created_at: AwareDatetime = Field(description="When it was made.")
    updated_at: AwareDatetime = Field(description="When it was last changed.")
