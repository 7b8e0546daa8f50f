"""Is it alive, can it work, and how is it doing: for balancers and monitoring. Needs no token."""

import asyncio
from collections.abc import Awaitable
from typing import Literal

import structlog
from fastapi import Response
from prometheus_client import CONTENT_TYPE_LATEST, Gauge, generate_latest
from pydantic import ConfigDict, Field

from api.deps import ServicesDep
from api.envelope import ok
from api.errors import problem
from api.routing import api_router, route_options
from persistence import schema
from tools.schemas import Envelope, WireModel

log = structlog.get_logger(__name__)

router = api_router("health", public=True)

TASKS = Gauge("quiver_tasks", "Tasks of the event loop now, the one that counts included.")
TURNS = Gauge("quiver_turns_running", "Turns that this process runs now.")

PATIENCE = 2.0
"""Seconds one dependency may take to answer."""


class Health(WireModel):
    """The process answers."""

    model_config = ConfigDict(json_schema_extra={"example": {"status": "ok"}})

    status: Literal["ok"] = Field(description="Always ok: a process that is not does not answer.")


class Readiness(WireModel):
    """Everything a request needs is there."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"postgres": True, "redis": True, "migrations": True}}
    )

    postgres: bool = Field(description="Postgres answers.")
    redis: bool = Field(description="Redis answers.")
    migrations: bool = Field(description="The database has the schema this version needs.")


@router.get("/health")
@route_options(public=True)
async def health() -> Envelope[Health]:
    """Tell that the process is alive; looks at nothing else."""
    return ok(Health(status="ok"))


@router.head("/health", include_in_schema=False)
@route_options(public=True)
async def health_head() -> Response:
    """The same for probes that send HEAD."""
    return Response()


@router.get("/ready", response_model=Envelope[Readiness])
@route_options(public=True)
async def ready(services: ServicesDep) -> Envelope[Readiness] | Response:
    """Tell whether Postgres, Redis and the schema are there; 503 names what is missing."""
    postgres, redis, migrations = await asyncio.gather(
        _works("postgres", services.database.ping()),
        _works("redis", services.redis.ping()),
        _works("migrations", schema.is_current(services.database)),
    )
    found = Readiness(postgres=postgres, redis=redis, migrations=migrations)
    missing = [name for name, there in found if not there]
    if missing:
        detail = f"Not ready: {', '.join(missing)}."
        extra = {"missing": missing}
        return problem(503, "not_ready", detail, extra=extra, headers={"Retry-After": "2"})
    return ok(found)


@router.get("/metrics", include_in_schema=False)
@route_options(public=True)
async def metrics(services: ServicesDep) -> Response:
    """The process' figures in Prometheus' text format."""
    TASKS.set(len(asyncio.all_tasks()))
    TURNS.set(services.runner.running)
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)


async def _works(name: str, probe: Awaitable[bool | None]) -> bool:
    """Whether a probe ends well and in time; it may also answer False."""
    try:
        async with asyncio.timeout(PATIENCE):
            return await probe is not False
    except Exception as error:  # noqa: BLE001 — whatever it is, it is not ready
        log.warning("readiness.failed", dependency=name, error=type(error).__name__)
        return False
