"""All stand-ins as one ASGI application: websites by Host, the rest by path prefix."""

from starlette.applications import Starlette

from tests.sandbox import control
from tests.sandbox.openai.routes import routes as openai_routes
from tests.sandbox.state import Sandbox
from tests.sandbox.supabase.routes import routes as supabase_routes


def build(sandbox: Sandbox) -> Starlette:
    """The application over one sandbox's state."""
    return Starlette(routes=[*openai_routes(sandbox), *supabase_routes(sandbox), *control.routes(sandbox)])
