"""The limit of REST: Starlette and asyncpg, the same rows by the same SQL, and nothing else that a product does.

Included: uvicorn on uvloop with httptools, HS256 verified by PyJWT once a token and remembered until it expires, the
membership asked in the same statement, as many connections as the product, a semaphore before them, JSON written by Postgres. A write
is one statement that asks for the membership, and a batch one INSERT from `unnest`, both answering with the rows as the
product does; the leads of a batch are validated in one go, by the product's own rules. Left out: rate limits, other validation,
problem documents, request ids, metrics, logs, and of a batch the keys, duplicates, persons, companies, counters, activities.
"""

import argparse
import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

import asyncpg
import jwt
import orjson
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from persistence.types import ClientID, LeadID, UserID, WorkspaceID
from tools.access import Caller
from tools.errors import Unauthenticated
from tools.leads import reading
from tools.leads.batch import ALL_AT_ONCE
from tools.leads.schemas import LeadSelection
from tools.paging import PageRequest
from tools.read_models import row_as_json

APPLICATION = "limit"
CONNECTIONS, AT_ONCE = 10, 8
ITEM = row_as_json(reading.WHOLE, "l")
MAY_WRITE = """
  FROM "ProjectUsers" m JOIN "Users" u ON u."UserID" = m."UserID" AND u."Status" = 'active'
"""
PUT = f"""
UPDATE "Leads" l SET "JobTitle" = $3, "UpdatedAt" = now(), "Version" = l."Version" + 1
{MAY_WRITE}
WHERE l."LeadID" = $1 AND m."ProjectID" = l."ProjectID" AND m."UserID" = $2 AND m."Role" <> 'viewer'
RETURNING {ITEM}, l."Version"
"""
BATCH = f"""
INSERT INTO "Leads" AS l ("CampaignID", "ProjectID", "FullName", "JobTitle", "Company", "Email", "EnrichmentData")
SELECT c."CampaignID", c."ProjectID", item.* FROM (
  SELECT c."CampaignID", c."ProjectID" {MAY_WRITE} JOIN "Campaigns" c ON c."ProjectID" = m."ProjectID"
  WHERE c."CampaignID" = $1 AND m."UserID" = $2 AND m."Role" <> 'viewer'
) c CROSS JOIN unnest($3::text[], $4::text[], $5::text[], $6::text[], $7::jsonb[]) AS item
RETURNING {ITEM}
"""


class Statements:
    """Keeps the statement a reading would have run."""

    def __init__(self) -> None:
        self.last: tuple[str, tuple[Any, ...]] = ("", ())

    async def rows(self, statement: str, *arguments: Any) -> Sequence[Sequence[Any]]:
        """Nothing is found."""
        self.last = (statement, arguments)
        return []


class Limit:
    """The four routes."""

    def __init__(self, secret: str, listed: str, read: str) -> None:
        """`listed` and `read`: the product's statements for a page and for a lead."""
        self._secret = secret
        self._listed, self._read = listed, read
        self._known: dict[str, tuple[float, int]] = {}
        self._places = asyncio.Semaphore(AT_ONCE)
        self.pool: asyncpg.Pool[asyncpg.Record]

    async def _rows(self, statement: str, *arguments: Any) -> list[asyncpg.Record]:
        async with self._places, self.pool.acquire() as connection:
            return await connection.fetch(statement, *arguments)

    async def _user(self, request: Request) -> int:
        """Who calls. Raises jwt.PyJWTError."""
        token = request.headers["authorization"][7:]
        expires, user = self._known.get(token, (0.0, 0))
        if expires > time.time():
            return user
        claims = jwt.decode(token, self._secret, algorithms=["HS256"], audience="authenticated")
        statement = 'SELECT "UserID" FROM "Users" WHERE "SupabaseUserID" = $1'
        user = (await self._rows(statement, UUID(claims["sub"])))[0][0]
        self._known[token] = (claims["exp"], user)
        return user

    async def leads(self, request: Request) -> Response:
        """A page of 50."""
        user = await self._user(request)
        found = await self._rows(self._listed, int(request.path_params["id"]), 51, user)
        items = ",".join(row[2] for row in found[:50])
        cursor = orjson.dumps(str(found[49][3])).decode()
        return _json(f"[{items}]", f',"page":{{"limit":50,"nextCursor":{cursor},"total":null}}')

    async def lead(self, request: Request) -> Response:
        """One."""
        user = await self._user(request)
        found = await self._rows(self._read, int(request.path_params["id"]), user)
        return _json(found[0][2])

    async def put(self, request: Request) -> Response:
        """Change a lead's job title."""
        user = await self._user(request)
        body = orjson.loads(await request.body())
        found = await self._rows(PUT, int(request.path_params["id"]), user, body["jobTitle"])
        return _json(found[0][0])

    async def batch(self, request: Request) -> Response:
        """Add leads."""
        user = await self._user(request)
        leads = ALL_AT_ONCE.validate_python(orjson.loads(await request.body())["leads"])
        columns: list[list[Any]] = [
            [lead[name] for lead in leads] for name in ("full_name", "job_title", "company", "email")
        ]
        data = [orjson.dumps(lead["enrichment_data"]).decode() for lead in leads]
        found = await self._rows(BATCH, int(request.path_params["id"]), user, *columns, data)
        return _json(f"[{','.join(row[0] for row in found)}]")


def _json(data: str, more: str = "") -> Response:
    return Response(
        f'{{"success":true,"message":"OK","data":{data}{more}}}'.encode(), media_type="application/json"
    )


async def ready(_request: Request) -> Response:
    """Say that it is up."""
    return PlainTextResponse("ok")


async def _statement_of(ask: Callable[[Statements, Caller], Awaitable[Any]]) -> str:
    """The statement of one of the product's readings."""
    statements = Statements()
    caller = Caller(UserID(1), ClientID(1), UUID(int=1), None, "")
    try:
        await ask(statements, caller)
    except Unauthenticated:
        return statements.last[0]
    raise RuntimeError("a reading found something where nothing is")


async def make_limit(secret: str) -> Limit:
    """The routes, with the product's own statements."""
    listed = await _statement_of(
        lambda reader, caller: reading.list_of_workspace(
            reader, caller, WorkspaceID(1), PageRequest(50), chosen=LeadSelection()
        )
    )
    read = await _statement_of(lambda reader, caller: reading.read_lead(reader, caller, LeadID(1)))
    return Limit(secret, listed, read)


def create(database: str, limit: Limit) -> Starlette:
    """The application."""

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        settings = {"application_name": APPLICATION}
        async with asyncpg.create_pool(
            database, min_size=CONNECTIONS, max_size=CONNECTIONS, server_settings=settings
        ) as limit.pool:
            yield

    routes = [
        Route("/ready", ready),
        Route("/workspaces/{id}/leads", limit.leads),
        Route("/leads/{id}", limit.lead),
        Route("/leads/{id}", limit.put, methods=["PUT"]),
        Route("/campaigns/{id}/leads/batch", limit.batch, methods=["POST"]),
    ]
    return Starlette(routes=routes, lifespan=lifespan)


def main() -> None:
    """Serve on 127.0.0.1."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--database", required=True)
    parser.add_argument("--secret", required=True)
    options = parser.parse_args()
    app = create(options.database, asyncio.run(make_limit(options.secret)))
    uvicorn.run(
        app,
        host="127.0.0.1",
        port=options.port,
        loop="uvloop",
        http="httptools",
        access_log=False,
        log_level="warning",
        server_header=False,
    )


if __name__ == "__main__":
    main()
