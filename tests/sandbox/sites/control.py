"""The websites' part of the control API: register a company, list hosts and companies."""

from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tests.sandbox.companies import Company, generate
from tests.sandbox.sites.registry import HAND_WRITTEN, HOSTILE
from tests.sandbox.state import Sandbox, ok, problem


def routes(sandbox: Sandbox) -> list[Route]:
    """The routes."""
    control = SiteControl(sandbox)
    return [
        Route("/control/sites", control.sites, methods=["GET"]),
        Route("/control/sites", control.register, methods=["POST"]),
        Route("/control/companies", control.companies, methods=["GET"]),
        Route("/control/pages", control.post_page, methods=["POST"]),
    ]


class SiteControl:
    """The endpoints over one sandbox's sites."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox

    async def sites(self, _request: Request) -> Response:
        """GET /control/sites: the hosts, whose they are, and the value of WEBSITE_HOSTS for them."""
        hosts = self.sandbox.sites.hosts
        place = urlsplit(self.sandbox.options.base_url).netloc
        return ok(
            {
                "hosts": hosts,
                "sites": [{"host": host, "kind": _kind(host)} for host in hosts],
                "websiteHosts": ",".join(f"{host}={place}" for host in hosts),
            }
        )

    async def register(self, request: Request) -> Response:
        """POST /control/sites {seed, language}: the company of this seed, its website up from now on."""
        wanted = await request.json()
        seed = wanted.get("seed")
        if not isinstance(seed, int) or isinstance(seed, bool):
            return problem(400, "seed is a whole number.")
        try:
            company = generate(seed, str(wanted.get("language", "en")))
        except ValueError as error:
            return problem(400, str(error))
        self.sandbox.sites.register(company)
        return ok(_shown(company))

    async def post_page(self, request: Request) -> Response:
        """POST /control/pages {host, path, html}: a page on a host that is there already, up from now on."""
        wanted = await request.json()
        try:
            self.sandbox.sites.post(str(wanted["host"]), str(wanted["path"]), str(wanted["html"]))
        except KeyError as error:
            return problem(400, f"There is no {error}.")
        return ok({"url": f"http://{wanted['host']}{wanted['path']}"})

    async def companies(self, _request: Request) -> Response:
        """GET /control/companies: all registered companies, whole."""
        return ok({"companies": [_shown(company) for company in self.sandbox.sites.companies]})


def _shown(company: Company) -> dict[str, object]:
    return {"host": company.host, "url": company.url, "company": company.as_json()}


def _kind(host: str) -> str:
    if host in HAND_WRITTEN:
        return "hand-written"
    return "hostile" if host in HOSTILE else "generated"
