"""The console at `/console`: the built bundle of `api/console`, what its pages may load, and how they sign people in."""

from pathlib import Path
from urllib.parse import urlsplit

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from api.auth.settings import AuthSettings
from api.pages.settings import ConsoleSettings

BUNDLE = Path(__file__).resolve().parents[1] / "console" / "dist"
FOREVER = "public, max-age=31536000, immutable"


def console_routes(console: ConsoleSettings, auth: AuthSettings, bundle: Path = BUNDLE) -> list[BaseRoute]:
    """What answers under `/console`. A bundle that is built later is found then."""

    async def begin(_request: Request) -> Response:
        return RedirectResponse("/console/")

    async def configuration(_request: Request) -> Response:
        return JSONResponse(_configuration(console, auth))

    return [
        Route("/console", begin),
        Route("/console/config.json", configuration),
        Mount("/console", ConsoleFiles(bundle, policy(auth))),
    ]


def policy(auth: AuthSettings) -> str:
    """The Content-Security-Policy: nothing but ours and Supabase's sign-in. The component library writes style elements."""
    parts = urlsplit(auth.supabase_url)
    return "; ".join(
        [
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data:",
            "font-src 'self'",
            f"connect-src 'self' {parts.scheme}://{parts.netloc}",
            "manifest-src 'self'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        ]
    )


class ConsoleFiles(StaticFiles):
    """The bundle's files; any other path is a page of the application, which knows its own paths."""

    def __init__(self, bundle: Path, content_policy: str) -> None:
        super().__init__(directory=bundle, html=True, check_dir=False)
        self.config_checked = True
        self._bundle = bundle
        self._policy = content_policy

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file, or the application's page. Raises HTTPException 404 for a missing asset, or before it is built."""
        if not (self._bundle / "index.html").exists():
            raise HTTPException(404, "The console is not built here: `make console` builds it.")
        asset = path.startswith("assets/")
        if not asset and not (self._bundle / path).is_file():
            path = "index.html"
        response = await super().get_response(path, scope)
        response.headers["Content-Security-Policy"] = self._policy
        response.headers["Cache-Control"] = FOREVER if asset else "no-cache"
        return response


def _configuration(console: ConsoleSettings, auth: AuthSettings) -> dict[str, object]:
    """What the application must know before anybody has signed in."""
    sample = console.sample_password and {
        "email": console.sample_email,
        "password": console.sample_password.get_secret_value(),
    }
    return {"supabaseUrl": auth.supabase_url, "supabaseKey": console.supabase_key, "sample": sample}
