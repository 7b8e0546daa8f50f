"""Analyses of somebody's posts: who may ask, what is read, and the answer. Nothing but the run's record is written."""

from collections.abc import Sequence
from datetime import datetime
from typing import TypedDict

import orjson
from pydantic_core import to_jsonable_python

from persistence.models.workspace import Workspace
from persistence.repositories import Repository
from persistence.session import UnitOfWork
from persistence.types import WorkspaceID
from prompts.characters import clean
from tools.access import Caller
from tools.activity.posts import (
    PostText,
    Sender,
    is_active,
    names_company,
    peak_time,
    posts_of,
)
from tools.activity.schemas import ActivityQuote, ActivityRead, ActivityRequest
from tools.errors import FieldError, Invalid
from tools.runs.service import RunRequest
from tools.websites.service import paying_workspace

GRAPH = "activity"
COMPANY_KEYS = ("company", "companyName", "name", "website", "domain")
ABOUT_LENGTH = 4_000


class Remark(TypedDict):
    """A statement that a post's words carry, as plain JSON."""

    text: str
    quote: str
    source: str


class Findings(TypedDict):
    """What is left of a model's analysis after the check."""

    remarks: list[Remark]
    topics: list[Remark]
    angle: Remark | None


async def activity_request(
    uow: UnitOfWork, caller: Caller, request: ActivityRequest
) -> tuple[RunRequest, list[PostText], Sender]:
    """What is read, and for whom. Raises NotFound, Forbidden, and Invalid without workspace or posts."""
    posts = posts_of(request)
    payer = await paying_workspace(uow, caller, request.workspace_id)
    if payer is None:
        raise Invalid(
            "An analysis needs a workspace.", [FieldError("/workspaceId", "Name a workspace of yours.")]
        )
    sender = await _sender(uow, payer, request)
    read = {"posts": posts, "sender": sender}
    return RunRequest(GRAPH, payer, caller.user_id, read), posts, sender


def activity_read(
    posts: Sequence[PostText], sender: Sender, findings: Findings, now: datetime
) -> ActivityRead:
    """The answer: the model's part as it was checked, the rest counted."""
    remarks, topics, angle = findings["remarks"], findings["topics"], findings["angle"]
    return ActivityRead(
        is_active=is_active(posts, now),
        peak_time=peak_time(posts),
        summary=" ".join(_sentence(item["text"]) for item in remarks),
        has_engaged_with_company=names_company(posts, sender["names"]),
        relevant_topics=[item["text"] for item in topics],
        suggested_angle=angle["text"] if angle else None,
        quotes=[
            ActivityQuote.model_validate(item) for item in [*remarks, *topics, *([angle] if angle else [])]
        ],
    )


async def _sender(uow: UnitOfWork, workspace_id: WorkspaceID, request: ActivityRequest) -> Sender:
    """Who writes: what the request says, else the workspace. The names are the workspace's and those it says."""
    context = request.sender_context
    workspace = await Repository(uow.session, Workspace).get(Workspace.id == workspace_id)
    assert workspace is not None
    given = (
        [str(context[key]) for key in COMPANY_KEYS if context.get(key)] if isinstance(context, dict) else []
    )
    names = [workspace.name, _domain(workspace.website or ""), *map(_domain, given)]
    about = context if isinstance(context, str) else _json(context) if context else workspace.name
    return {
        "about": clean(about)[0][:ABOUT_LENGTH],
        "names": [name for name in dict.fromkeys(clean(name)[0].strip() for name in names) if name],
    }


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."


def _json(value: object) -> str:
    return orjson.dumps(to_jsonable_python(value)).decode()


def _domain(name: str) -> str:
    """A website's name without scheme, `www.` and path; other names as they are."""
    bare = name.split("://", 1)[-1].removeprefix("www.")
    return bare.split("/", 1)[0] if "://" in name or name.startswith("www.") else name
