"""The plain form of a request: nothing in it that needs explaining. What is not plain, FastAPI reads, and says what is wrong."""

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from pydantic import ValidationError
from starlette.responses import Response

from api import json_body
from api.bootstrap import Services
from api.deps import VERSION_TAG
from tools.access import Caller
from tools.errors import Invalid
from tools.paging import DEFAULT_LIMIT, MAX_LIMIT, PageRequest
from tools.schemas import WireModel

Model = TypeVar("Model", bound=WireModel)
Work = Callable[[Services, Caller], Awaitable[Response]]

PAGE = re.compile(rb"(?:limit=([1-9][0-9]{0,3}))?&?(?:cursor=([A-Za-z0-9_-]{1,2000}))?")


@dataclass(frozen=True)
class Asked:
    """A request: the id in its path, its query and body as they came. Of repeated headers only the last is here."""

    number: int
    query: bytes
    headers: Mapping[bytes, bytes]
    body: bytes


def plain_page(query: bytes) -> PageRequest | None:
    """The page a query asks for when it says nothing else."""
    if not query:
        return PageRequest(DEFAULT_LIMIT)
    match = PAGE.fullmatch(query)
    if match is None:
        return None
    limit = DEFAULT_LIMIT if match[1] is None else int(match[1])
    cursor = None if match[2] is None else match[2].decode()
    return PageRequest(limit, cursor) if limit <= MAX_LIMIT else None


def plain_body(asked: Asked, kind: type[Model]) -> Model | None:
    """The body when it is as it should be."""
    if not asked.body or not json_body.is_json(asked.headers.get(b"content-type", b"").decode("latin-1")):
        return None
    try:
        return kind.model_validate(json_body.parse(asked.body))
    except (Invalid, ValidationError):
        return None


def plain_version(asked: Asked) -> tuple[bool, int | None]:
    """Whether If-Match is absent or one version, and which."""
    said = asked.headers.get(b"if-match")
    if said is None:
        return True, None
    match = VERSION_TAG.fullmatch(said.decode("latin-1"))
    return match is not None, int(match[1]) if match else None
