"""All stand-ins as one ASGI application: websites by Host, the rest by path prefix."""

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp

from tests.sandbox import control
from tests.sandbox.gemini.routes import routes as gemini_routes
from tests.sandbox.openai.routes import routes as openai_routes
from tests.sandbox.sites.app import ByHost
from tests.sandbox.sites.control import routes as site_routes
from tests.sandbox.state import Sandbox
from tests.sandbox.supabase.routes import routes as supabase_routes
from tests.sandbox.wiza.routes import routes as wiza_routes


def build(sandbox: Sandbox) -> ASGIApp:
    """The application over one sandbox's state."""
    routes = [
        *openai_routes(sandbox),
        *gemini_routes(sandbox),
        *supabase_routes(sandbox),
        *wiza_routes(sandbox),
        *control.routes(sandbox),
        *site_routes(sandbox),
    ]
    # Supabase answers pages of any origin: browsers sign in there.
    any_origin = Middleware(CORSMiddleware, allow_origins=["*"], allow_methods=["*"], allow_headers=["*"])
    return ByHost(Starlette(routes=routes, middleware=[any_origin]), sandbox.sites, sandbox.calls)
