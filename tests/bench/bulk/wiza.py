"""A Wiza that answers cheaply, over its own wire: it shares the cores with what is measured. A reveal is finished in the answer
that begins it, after a delay, so that one lead is one request, as in the table that the goals come from.

`POST /pace {delay}` sets the seconds an answer takes; `GET /told` tells how many reveals there were, the most at once, and
how often a call key came twice. With `later` in the pace a reveal is only begun by its answer, and finished when asked for.
"""

import argparse
import asyncio
import itertools
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import orjson
import uvloop
from aiohttp import web


@dataclass
class Account:
    """What was asked, and how answers are."""

    delay: float = 0.05
    later: bool = False
    now: int = 0
    most: int = 0
    reveals: int = 0
    last: float = 0.0
    keys: Counter[str] = field(default_factory=Counter)
    begun: dict[int, str] = field(default_factory=dict)
    ids: Any = field(default_factory=lambda: itertools.count(1))


ACCOUNT = web.AppKey("account", Account)


def person(reference: int, slug: str) -> dict[str, Any]:
    """A finished reveal: the profile that was asked for, an address, a company of 40 people."""
    number = slug.rpartition("-")[2]
    return {
        "id": reference,
        "status": "finished",
        "is_complete": True,
        "enrichment_level": "partial",
        "name": f"Person {number}",
        "company": f"Company {number}",
        "linkedin_profile_url": f"https://www.linkedin.com/in/{slug}",
        "title": "Head of Maintenance",
        "location": "London, England, United Kingdom",
        "email": f"{slug}@company{number}.example",
        "email_type": "work",
        "email_status": "valid",
        "emails": [
            {"email": f"{slug}@company{number}.example", "email_type": "work", "email_status": "valid"}
        ],
        "mobile_phone": None,
        "phone_number": None,
        "phone_status": None,
        "phones": [],
        "company_size": 40,
        "company_size_range": "11-50",
        "company_type": "private",
        "company_domain": f"company{number}.example",
        "company_industry": "warehousing",
        "company_founded": 1990,
        "company_funding": "2000000" if number.endswith("7") else None,
        "company_revenue": "$1M-$10M",
        "company_linkedin": f"https://www.linkedin.com/company/company{number}",
        "company_location": "London, England, United Kingdom",
        "company_description": f"Company {number} moves pallets through four warehouses.",
        "credits": {"api_credits": {"email_credits": 2, "phone_credits": 0, "scrape_credits": 0, "total": 2}},
    }


async def reveal(request: web.Request) -> web.Response:
    """POST /wiza/api/individual_reveals."""
    account = request.app[ACCOUNT]
    body = orjson.loads(await request.read())
    slug = body["individual_reveal"]["profile_url"].rstrip("/").rpartition("/")[2]
    account.now += 1
    account.reveals += 1
    account.last = asyncio.get_running_loop().time()
    account.most = max(account.most, account.now)
    account.keys[request.headers["x-call-key"]] += 1
    reference = next(account.ids)
    account.begun[reference] = slug
    if account.later:
        account.now -= 1
        return _said({"id": reference, "status": "queued", "is_complete": False})
    await asyncio.sleep(account.delay)
    account.now -= 1
    return _said(person(reference, slug))


async def reveal_status(request: web.Request) -> web.Response:
    """GET /wiza/api/individual_reveals/{id}."""
    account, reference = request.app[ACCOUNT], int(request.match_info["id"])
    await asyncio.sleep(account.delay if account.later else 0)
    return _said(person(reference, account.begun[reference]))


def _said(data: dict[str, Any]) -> web.Response:
    answer = {"status": {"code": 200, "message": ""}, "type": "individual_reveal", "data": data}
    return web.Response(body=orjson.dumps(answer), content_type="application/json")


async def set_pace(request: web.Request) -> web.Response:
    """How the answers after this are; counts begin anew."""
    request.app[ACCOUNT].__dict__.update(Account(**(await request.json())).__dict__)
    return web.json_response({})


async def told(request: web.Request) -> web.Response:
    """What was asked."""
    account = request.app[ACCOUNT]
    twice = sum(1 for times in account.keys.values() if times > 1)
    quiet = asyncio.get_running_loop().time() - account.last
    return web.json_response(
        {
            "reveals": account.reveals,
            "most": account.most,
            "twice": twice,
            "keys": len(account.keys),
            "quiet": quiet,
        }
    )


async def ready(_request: web.Request) -> web.Response:
    """Say that it is up."""
    return web.json_response({"status": "ok"})


def main() -> None:
    """Serve on 127.0.0.1."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, required=True)
    options = parser.parse_args()
    uvloop.install()
    app = web.Application()
    app[ACCOUNT] = Account()
    app.router.add_post("/wiza/api/individual_reveals", reveal)
    app.router.add_get("/wiza/api/individual_reveals/{id}", reveal_status)
    app.router.add_post("/pace", set_pace)
    app.router.add_get("/told", told)
    app.router.add_get("/ready", ready)
    web.run_app(app, host="127.0.0.1", port=options.port, print=None, access_log=None)


if __name__ == "__main__":
    main()
