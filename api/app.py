"""The HTTP application: its layers, its routes, its document."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

from fastapi import APIRouter, FastAPI
from fastapi.telemetry import TelemetryConfig
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.routing import BaseRoute
from starlette.types import ASGIApp

from api import errors
from api.auth.settings import AuthSettings
from api.bootstrap import open_services
from api.document import complete
from api.hot.routes import HotRoute, HotRoutes, hot_routes
from api.http_settings import ApiSettings
from api.logs import logging
from api.middleware.body_send import BodySend
from api.middleware.error_boundary import ErrorBoundary
from api.middleware.request_record import RequestRecord
from api.middleware.trusted_host import TrustedHost
from api.pages.files import console_routes
from api.pages.settings import ConsoleSettings
from api.routes import (
    audit,
    auth,
    budgets,
    campaigns,
    discovery,
    discovery_chat,
    experiments,
    health,
    jobs,
    leads,
    members,
    messages,
    onboarding,
    persons,
    sender,
    signals,
    suppressions,
    webhooks,
    workspaces,
)
from api.routes.outreach import bulk, compose, generate
from api.routes.research import activity, enrichment, filters, scaling, scores, scrape, worldview
from api.routes.sheets import exports, imports
from api.settings import Settings, load_settings, read_section, settings_environment
from api.tracing.starting import traced

ROUTERS: tuple[APIRouter, ...] = (
    health.router,
    auth.router,
    workspaces.router,
    members.router,
    onboarding.router,
    experiments.router,
    campaigns.router,
    leads.router,
    sender.router,
    suppressions.router,
    imports.router,
    exports.router,
    signals.router,
    messages.router,
    generate.router,
    compose.router,
    bulk.router,
    budgets.router,
    persons.router,
    audit.router,
    scrape.router,
    worldview.router,
    activity.router,
    enrichment.router,
    scaling.router,
    scores.router,
    filters.router,
    jobs.router,
    discovery.router,
    discovery_chat.router,
    webhooks.router,
)
"""Every feature's router; a new feature adds its own here."""

DESCRIPTION = """From conversations about a market to experiments and campaigns.

Every success is `{"success": true, "message", "data"}`, lists add `page`. Every failure is a problem document
(RFC 9457) that also has `success: false`, `message` and `data: null`. Send `Idempotency-Key` with a POST to be able
to repeat it, `If-Match` with a PUT to be told when somebody else saved first.
"""

SENT_HEADERS = (
    "Authorization",
    "Content-Type",
    "Idempotency-Key",
    "If-Match",
    "Last-Event-ID",
    "Prefer",
    "X-Request-ID",
)
SHOWN_HEADERS = (
    "Retry-After",
    "ETag",
    "X-Request-ID",
    "Idempotency-Replayed",
    "x-vercel-ai-ui-message-stream",
)


OWN_SPANS: TelemetryConfig = {"tracing": False, "metrics": False, "logs": False, "auto_configure": False}
"""FastAPI's spans hold the query, and a ticket may be in it; its logs hold errors' words. Ours: `api/tracing`."""


class Quiver(FastAPI):
    """FastAPI, whose document is complete, and whose streams send their bodies past its layers."""

    def build_middleware_stack(self) -> ASGIApp:
        """The app's layers."""
        return BodySend(super().build_middleware_stack())

    def openapi(self) -> dict[str, Any]:
        """The OpenAPI document."""
        return complete(super().openapi())


def create_app(settings: Settings | None = None, *, routers: Sequence[APIRouter] = ROUTERS) -> FastAPI:
    """The application. Without settings they are read from the environment: the HTTP section now, all of them at start."""
    http = settings.api if settings else read_section(ApiSettings, settings_environment())
    logging.configure(http.log_level)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        read = settings or load_settings()
        with traced(read.tracing):
            async with open_services(read) as services:
                app.state.services = services
                yield

    app = Quiver(
        telemetry=OWN_SPANS,
        title="Quiver",
        version="0.1.0",
        description=DESCRIPTION,
        docs_url=None if http.production else "/docs",
        redoc_url=None,
        openapi_url=None if http.production else "/openapi.json",
        redirect_slashes=False,
        lifespan=lifespan,
        middleware=_layers(http, hot_routes(routers)),
    )
    errors.install(app)
    for router in routers:
        app.include_router(router)
    app.router.routes += _console(settings, http)
    return app


def _console(settings: Settings | None, http: ApiSettings) -> list[BaseRoute]:
    """The console's routes, where it is served. A document that is only written needs no sign-in, so none is read then."""
    environ = settings_environment()
    console = settings.console if settings else read_section(ConsoleSettings, environ)
    served = not http.production if console.enabled is None else console.enabled
    if not served or (settings is None and not environ.get("SUPABASE_URL")):
        return []
    return console_routes(console, settings.auth if settings else read_section(AuthSettings, environ))


def _layers(http: ApiSettings, hot: Sequence[HotRoute]) -> list[Middleware]:
    """What a request passes, outermost first."""
    return [
        Middleware(RequestRecord, hsts=http.production),
        Middleware(TrustedHost, allowed=http.allowed_hosts),
        Middleware(
            CORSMiddleware,
            allow_origins=http.cors_origins,
            allow_methods=("GET", "POST", "PUT", "DELETE"),
            allow_headers=SENT_HEADERS,
            expose_headers=SHOWN_HEADERS,
            max_age=600,
        ),
        Middleware(ErrorBoundary),
        Middleware(HotRoutes, routes=hot),
    ]
