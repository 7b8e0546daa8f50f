"""How a route answers: the envelope of `tools/schemas.py`, filled."""

from collections.abc import Iterable
from typing import TypeVar

from tools.paging import Page
from tools.schemas import Envelope, PageEnvelope, PageInfo

T = TypeVar("T")


def ok(data: T, message: str = "OK") -> Envelope[T]:
    """A success: `data` and a sentence for people."""
    return Envelope[T].model_construct(success=True, message=message, data=data)


def listed(items: Iterable[T], page: Page[object], message: str = "OK") -> PageEnvelope[T]:
    """A list: the items as the wire shows them, and where the list goes on."""
    info = PageInfo(limit=page.limit, next_cursor=page.next_cursor, total=page.total)
    return PageEnvelope[T].model_construct(success=True, message=message, data=list(items), page=info)
