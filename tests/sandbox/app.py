"""All stand-ins as one ASGI application: websites by Host, the rest by path prefix."""

from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from tests.sandbox import control
from tests.sandbox.openai.routes import routes as openai_routes
from tests.sandbox.state import Sandbox
from tests.sandbox.supabase.routes import routes as supabase_routes
from tests.sandbox.websites.site import Sites


def build(sandbox: Sandbox) -> ASGIApp:
    """The application over one sandbox's state."""
    sites = Sites(sandbox)
    providers = Starlette(
        routes=[*openai_routes(sandbox), *supabase_routes(sandbox), *control.routes(sandbox, sites)]
    )

    async def application(scope: Scope, receive: Receive, send: Send) -> None:
        """By Host to a website, else to the providers."""
        is_site = scope["type"] == "http" and sites.serves(Headers(scope=scope).get("host", ""))
        await (sites if is_site else providers)(scope, receive, send)

    return application
