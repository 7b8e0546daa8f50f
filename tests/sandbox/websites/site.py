"""All websites: chooses the site by Host, and answers its pages."""

import asyncio
import mimetypes
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.types import Receive, Scope, Send

from tests.sandbox.companies import LANGUAGES, Company, generate
from tests.sandbox.companies.pages import page
from tests.sandbox.state import Sandbox
from tests.sandbox.websites import hostile

FOLDER = Path(__file__).parent / "sites"
NOT_FOUND = "<!doctype html><title>404</title><h1>Not found</h1>"


@dataclass
class Sites:
    """The hosts there are."""

    sandbox: Sandbox
    companies: dict[str, Company] = field(default_factory=dict)
    custom: dict[str, dict[str, Any]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.written = sorted(folder.name for folder in FOLDER.iterdir() if folder.is_dir())
        for seed in range(1, self.sandbox.options.companies + 1):
            for language in LANGUAGES:
                self.register(seed, language)

    def register(self, seed: int, language: str) -> Company:
        """Put an invented company's website up. Raises ValueError for an unknown language."""
        company = generate(seed, language)
        self.companies[company.host] = company
        return company

    def hosts(self) -> list[str]:
        """All hosts, hostile ones last."""
        return [*self.written, *self.companies, *self.custom, *hostile.HOSTS]

    def serves(self, host: str) -> bool:
        """Whether a Host header names one of the sites."""
        name = host.rsplit(":", 1)[0].lower().removeprefix("www.")
        return name in self.written or name in self.companies or name in self.custom or name in hostile.HOSTS

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request for a page."""
        request = Request(scope, receive)
        host = request.headers["host"].rsplit(":", 1)[0].lower().removeprefix("www.")
        call = self.sandbox.calls.record("websites", "page", f"{host}{request.url.path}")
        chosen = self.sandbox.behaviours.choose("websites", host)
        call.behaviour = list(chosen)
        if "slow" in chosen:
            await asyncio.sleep(float(chosen["slow"].options.get("delay", 5)))
        if failing := {"fail", "server_error", "overloaded"} & set(chosen):
            response: Any = Response("unavailable", 503 if "overloaded" in failing else 500)
        elif host in hostile.HOSTS:
            response = hostile.answer(host, request)
        else:
            response = self._page(host, request.url.path)
        await response(scope, receive, send)

    def _page(self, host: str, path: str) -> Response:
        path = path.rstrip("/") or "/"
        if host in self.custom:
            return _custom(self.custom[host].get(path))
        if host in self.companies:
            found = page(self.companies[host], path)
            return Response(found[0], media_type=found[1]) if found else HTMLResponse(NOT_FOUND, 404)
        return _file(host, path)


def _file(host: str, path: str) -> Response:
    name = "index" if path == "/" else path.strip("/")
    for file in (FOLDER / host / name, FOLDER / host / f"{name}.html"):
        if file.is_file() and file.resolve().is_relative_to(FOLDER / host):
            kind = mimetypes.guess_type(file.name)[0] or "text/plain"
            return Response(file.read_bytes(), media_type=kind)
    return HTMLResponse(NOT_FOUND, 404)


def _custom(wanted: Any) -> Response:
    """A page given over the control API: HTML, or {body, status, headers}."""
    if wanted is None:
        return HTMLResponse(NOT_FOUND, 404)
    if isinstance(wanted, str):
        return HTMLResponse(wanted)
    headers = {"content-type": "text/html; charset=utf-8", **wanted.get("headers", {})}
    return Response(wanted.get("body", ""), int(wanted.get("status", 200)), headers)
