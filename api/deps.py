"""What a route may ask for, as annotated parameters: `caller: CallerDep`, `uow: UnitOfWorkDep`, `page: PageDep` …"""

import re
from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import Depends, Header, Query, Request, Response
from pydantic import BeforeValidator

from api.bootstrap import Services
from persistence.session import UnitOfWork
from tools.access import Caller
from tools.errors import StaleVersion
from tools.paging import DEFAULT_LIMIT, MAX_LIMIT, PageRequest
from tools.schemas import PathIDOf, plain_digits

VERSION_TAG = re.compile(r'"v([1-9][0-9]{0,9})"')


def services_of(request: Request) -> Services:
    """What the process works with."""
    services = request.app.state.services
    assert isinstance(services, Services)
    return services


async def the_services(request: Request) -> Services:
    """`services_of` as a dependency."""
    return services_of(request)


async def the_caller(request: Request) -> Caller:
    """Who is calling: `api/routing.py` has found it out before the route begins."""
    caller = request.state.caller
    assert isinstance(caller, Caller)
    return caller


async def unit_of_work(request: Request) -> AsyncIterator[UnitOfWork]:
    """One transaction for the route: committed after it returns and before the answer leaves, rolled back when it raises."""
    async with services_of(request).transactions.open() as uow:
        request.state.uow = uow
        yield uow


async def page_request(
    limit: Annotated[
        int,
        BeforeValidator(plain_digits),
        Query(ge=1, le=MAX_LIMIT, description="How many items to answer with."),
    ] = DEFAULT_LIMIT,
    cursor: Annotated[
        str | None, Query(max_length=2_000, description="`page.nextCursor` of the answer before.")
    ] = None,
    count: Annotated[bool, Query(description="Whether to count all items into `page.total`.")] = False,
) -> PageRequest:
    """What the query says about paging."""
    return PageRequest(limit, cursor, count)


async def expected_version(
    if_match: Annotated[
        str | None,
        Header(description='The ETag that was read, such as `"v3"`; 412 when it is no longer the newest.'),
    ] = None,
) -> int | None:
    """The version the client means to change; None: whatever is there. Raises StaleVersion for a tag that can't match."""
    if if_match is None or if_match.strip() == "*":
        return None
    match = VERSION_TAG.fullmatch(if_match.strip())
    if match is None:
        raise StaleVersion("If-Match must hold the ETag of the last answer.")
    return int(match[1])


def set_etag(response: Response, version: int) -> None:
    """Tell the client which version it got; it sends this back as If-Match."""
    response.headers["ETag"] = f'"v{version}"'


ServicesDep = Annotated[Services, Depends(the_services)]
CallerDep = Annotated[Caller, Depends(the_caller)]
UnitOfWorkDep = Annotated[UnitOfWork, Depends(unit_of_work, scope="function")]
PageDep = Annotated[PageRequest, Depends(page_request)]
ExpectedVersionDep = Annotated[int | None, Depends(expected_version)]

__all__ = [
    "CallerDep",
    "ExpectedVersionDep",
    "PageDep",
    "PathIDOf",
    "ServicesDep",
    "UnitOfWorkDep",
    "services_of",
    "set_etag",
]
