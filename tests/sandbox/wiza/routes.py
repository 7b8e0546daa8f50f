"""Wiza's endpoints under /wiza/api, and its part of the control API."""

import asyncio
import itertools
import time
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.sandbox.state import Sandbox, ok
from tests.sandbox.wiza.account import (
    QUEUE,
    Account,
    Work,
    contacts,
    find,
    list_answer,
    reveal_answer,
)
from tests.sandbox.wiza.callbacks import call_back
from tests.sandbox.wiza.faults import after, before, refused
from tests.sandbox.wiza.people import PLACES, TECHNOLOGIES, firms, people
from tests.sandbox.wiza.records import Json, enrichment, profile
from tests.sandbox.wiza.selection import UnknownFilter, count, matches

PREFIX = "/wiza/api"
CALL_KEY = "x-call-key"
LEVELS = {"reveal": ("none", "partial", "phone", "full"), "list": ("none", "partial", "full")}
Endpoint = Callable[[Request], Awaitable[Response]]


def routes(sandbox: Sandbox) -> list[Route]:
    """The routes of the stand-in for Wiza."""
    wiza = Wiza(sandbox)

    def route(path: str, kind: str, endpoint: Endpoint, method: str = "POST") -> Route:
        return Route(f"{PREFIX}{path}", wiza.answering(kind, endpoint), methods=[method])

    return [
        route("/prospects/search", "search", wiza.search),
        route("/prospects/create_prospect_list", "list", wiza.create_list),
        route("/prospects/continue_search", "list", wiza.continue_list),
        route("/lists", "list", wiza.enrich_list),
        route("/lists/{id:int}", "list_status", wiza.list_status, "GET"),
        route("/lists/{id:int}/contacts", "contacts", wiza.list_contacts, "GET"),
        route("/individual_reveals", "reveal", wiza.reveal),
        route("/individual_reveals/{id:int}", "reveal_status", wiza.reveal_status, "GET"),
        route("/company_enrichments", "company", wiza.company),
        route("/meta/credits", "credits", wiza.balance, "GET"),
        route("/meta/location_autocomplete", "locations", wiza.locations, "GET"),
        route("/meta/technology_autocomplete", "technologies", wiza.technologies, "GET"),
        Route("/control/wiza", wiza.control, methods=["GET", "POST"]),
    ]


class Wiza:
    """The endpoints over one account."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox
        self.account: Account = sandbox.wiza
        self._ids = itertools.count(1001)
        self._calling_back: set[asyncio.Task[None]] = set()
        self._pages: dict[str, tuple[int, Json]] = {}

    def answering(self, kind: str, endpoint: Endpoint) -> Endpoint:
        """The endpoint with its call noted, its key asked for and the behaviours in force."""

        async def answer(request: Request) -> Response:
            raw = await request.body()
            body = await request.json() if raw else None
            call = self.sandbox.calls.record("wiza", kind, request.url.path, body=body)
            chosen = self.sandbox.behaviours.choose("wiza", kind)
            call.behaviour, request.state.chosen = list(chosen), chosen
            said = await before(chosen)
            if said is None and not _bearer(request):
                said = refused(401, "Invalid API key.")
            if said is None:
                try:
                    said = await after(chosen, await endpoint(request))
                except UnknownFilter as error:
                    said = refused(400, str(error))
            call.status, call.ended_at = said.status_code, time.time()
            return said

        return answer

    async def search(self, request: Request) -> Response:
        """POST /prospects/search: a count, and up to 30 rows at half a credit each."""
        body = await request.json()
        size, start = int(body.get("size", 0)), 0
        filters = body.get("filters")
        if token := body.get("page_token"):
            start, filters = self._pages[token]
        if not isinstance(filters, dict) or not 0 <= size <= 30:
            return refused(400, "filters and a size from 0 to 30 are needed")
        total = count(filters)
        rows = (
            [profile(human) for human in itertools.islice(matches(filters), start, start + size)]
            if size
            else []
        )
        if "nulls" in request.state.chosen:
            rows = [dict.fromkeys(row) for row in rows]
        self.account.charge(_call_key(request), len(rows) / 2)
        more = bool(rows) and start + size < total
        following = self._page(filters, start + size) if more else None
        data = {"total": total, "profiles": rows, "next_page_token": following, "credits": len(rows) / 2}
        return JSONResponse({"status": {"code": 200, "message": ""}, "data": data})

    def _page(self, filters: Json, start: int) -> str:
        token = f"page-{next(self._ids)}"
        self._pages[token] = (start, filters)
        return token

    async def create_list(self, request: Request) -> Response:
        """POST /prospects/create_prospect_list: people of a search, taken by and by."""
        body = await request.json()
        wanted, filters = body.get("list") or {}, body.get("filters")
        if not isinstance(filters, dict):
            return refused(400, "filters are needed")
        found = list(itertools.islice(matches(filters), int(wanted.get("max_profiles", 25))))
        return self._begin_list(request, wanted, found, filters=filters)

    async def continue_list(self, request: Request) -> Response:
        """POST /prospects/continue_search: the next people, as a list of its own."""
        body = await request.json()
        before_it = self.account.lists.get(body.get("id", 0))
        if before_it is None or before_it.filters is None:
            return refused(404, "List not found", flat=True)
        start = before_it.offset + len(before_it.humans)
        most = int(body.get("max_profiles") or len(before_it.humans))
        found = list(itertools.islice(matches(before_it.filters), start, start + most))
        wanted = {"name": before_it.name, "enrichment_level": before_it.level, **body}
        return self._begin_list(request, wanted, found, filters=before_it.filters, offset=start)

    async def enrich_list(self, request: Request) -> Response:
        """POST /lists: 1 to 2,500 people known by profile, e-mail or name and company."""
        body = await request.json()
        wanted = body.get("list") or {}
        items = wanted.get("items") or []
        if not 1 <= len(items) <= 2_500:
            return refused(400, "1 to 2500 items are needed")
        return self._begin_list(request, wanted, [human for item in items for human in find(item)])

    def _begin_list(self, request: Request, wanted: Json, found: list[Any], **more: Any) -> Response:
        level = wanted.get("enrichment_level")
        if level not in LEVELS["list"]:
            return refused(400, "enrichment_level is one of none, partial, full")
        work = self._work(request, wanted, level, found, **more)
        self.account.start(self.account.lists, work)
        return self._started(work, list_answer)

    async def list_status(self, request: Request) -> Response:
        """GET /lists/{id}."""
        work = self.account.lists.get(request.path_params["id"])
        return JSONResponse(list_answer(work)) if work else refused(404, "List not found", flat=True)

    async def list_contacts(self, request: Request) -> Response:
        """GET /lists/{id}/contacts?segment=."""
        work, segment = self.account.lists.get(request.path_params["id"]), request.query_params.get("segment")
        if work is None:
            return refused(404, "List not found", flat=True)
        if segment not in {"people", "valid", "risky"}:
            return refused(400, "segment is one of people, valid, risky")
        rows = contacts(work, segment) if work.ready and not work.fail_error else []
        if not rows:
            return refused(400, "No contacts to export")
        return JSONResponse({"status": {"code": 200, "message": ""}, "data": rows})

    async def reveal(self, request: Request) -> Response:
        """POST /individual_reveals: one person, asynchronously."""
        body = await request.json()
        identity, level = body.get("individual_reveal") or {}, body.get("enrichment_level")
        named = identity.get("full_name") and (identity.get("company") or identity.get("domain"))
        if level not in LEVELS["reveal"] or not (
            identity.get("profile_url") or identity.get("email") or named
        ):
            return refused(400, "enrichment_level and a person are needed")
        if sum(not work.ready for work in self.account.reveals.values()) >= QUEUE:
            return refused(429, "Queue full")
        work = self._work(request, body, level, find(identity))
        if "billing_issue" in request.state.chosen:
            work.fail_error, work.humans = "billing_issue", []
        self.account.start(self.account.reveals, work)
        return self._started(work, reveal_answer)

    async def reveal_status(self, request: Request) -> Response:
        """GET /individual_reveals/{id}."""
        work = self.account.reveals.get(request.path_params["id"])
        if work is None:
            return refused(404, "Individual reveal not found")
        return JSONResponse(reveal_answer(work, nulls="nulls" in request.state.chosen))

    async def company(self, request: Request) -> Response:
        """POST /company_enrichments: 2 credits on a hit."""
        body = await request.json()
        names = ("company_name", "company_domain", "company_linkedin_id", "company_linkedin_slug")
        if not any(body.get(name) for name in names):
            return refused(400, "A company is needed")
        found = next((firm for firm in firms() if body.get("company_domain") == firm.domain
                      or str(body.get("company_name", "")).lower() == firm.name.lower()), None)  # fmt: skip
        if found is None:
            return refused(404, "Company not found")
        self.account.charge(_call_key(request), 2)
        data = enrichment(found) | {"credits": {"api_credits": {"total": 2}}}
        if "nulls" in request.state.chosen:
            data = dict.fromkeys(data) | {"credits": data["credits"]}
        return JSONResponse({"status": {"code": 200, "message": ""}, "data": data})

    async def balance(self, _request: Request) -> Response:
        """GET /meta/credits: without an envelope."""
        held = {"email_credits": "unlimited", "phone_credits": 100, "export_credits": 100}
        return JSONResponse({"credits": held | {"api_credits": self.account.credits}})

    async def locations(self, request: Request) -> Response:
        """GET /meta/location_autocomplete?query=."""
        asked = request.query_params.get("query", "").lower()
        known = {
            (", ".join(place[at:3]) if at < 3 else place[3], kind)
            for place in PLACES
            for at, kind in enumerate(("city", "state", "country", "continent"))
        }
        rows = [
            {"key": key, "bucket": kind, "count": 1} for key, kind in sorted(known) if asked in key.lower()
        ]
        return JSONResponse({"status": {"code": 200, "message": ""}, "data": rows if len(asked) > 2 else []})

    async def technologies(self, request: Request) -> Response:
        """GET /meta/technology_autocomplete?query=."""
        asked = request.query_params.get("query", "").lower()
        rows = [
            {"slug": each, "name": each.title()} for each in TECHNOLOGIES if len(asked) > 2 and asked in each
        ]
        return JSONResponse({"status": {"code": 200, "message": ""}, "data": rows})

    async def control(self, request: Request) -> Response:
        """GET /control/wiza: credits, charges and starts per call key, webhooks sent; POST sets credits and delay."""
        if request.method == "POST":
            wanted = await request.json()
            self.account.credits = float(wanted.get("credits", self.account.credits))
            self.account.delay = float(wanted.get("delay", self.account.delay))
        return ok(self.account.as_json() | {"people": len(people())})

    def _work(self, request: Request, wanted: Json, level: str, found: list[Any], **more: Any) -> Work:
        return Work(
            id=next(self._ids),
            key=_bearer(request),
            call_key=_call_key(request),
            level=level,
            humans=found,
            ready_at=time.time() + self.account.delay,
            callback=wanted.get("callback_url"),
            name=str(wanted.get("name", "")),
            **more,
        )

    def _started(self, work: Work, tell: Callable[[Work], Json]) -> Response:
        rules = self.sandbox.behaviours.choose("wiza", "webhook") if work.callback else {}
        if work.callback:
            # On its own: Wiza calls back whether or not its answer arrived.
            task = asyncio.create_task(call_back(self.account, work, tell, rules))
            self._calling_back.add(task)
            task.add_done_callback(self._calling_back.discard)
        return JSONResponse(tell(work))


def _bearer(request: Request) -> str:
    kind, _, key = request.headers.get("authorization", "").partition(" ")
    return key if kind == "Bearer" else ""


def _call_key(request: Request) -> str:
    return request.headers.get(CALL_KEY, "")
