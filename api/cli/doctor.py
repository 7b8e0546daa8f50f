"""`./quiver doctor`: what is wrong with this installation and what to do about it."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import httpx
import typer
from redis.exceptions import RedisError
from sqlalchemy.exc import SQLAlchemyError

from api.settings import Settings, SettingsError, load_settings
from persistence import schema
from persistence.redis_client import connect
from persistence.session import Database
from tools.providers.models.assembly import build_router
from tools.providers.models.check import check_models

app = typer.Typer(add_completion=False)


@dataclass(frozen=True)
class Finding:
    """One thing looked at. `advice` is what to do when it isn't well."""

    subject: str
    well: bool
    said: str
    advice: str = ""


@app.command()
def doctor() -> None:
    """Look at settings, database, schema, Redis, sign-in keys and models; exit with 1 when something is wrong."""
    try:
        settings = load_settings()
    except SettingsError as problem:
        _show(Finding("settings", False, str(problem), "Set these variables; .env.sample explains each."))
        raise typer.Exit(1) from problem
    _show(Finding("settings", True, "complete"))
    findings = asyncio.run(_examine(settings))
    findings.append(_schema(settings) if findings[0].well else _unknown_schema())
    for finding in findings:
        _show(finding)
    if not all(finding.well for finding in findings):
        raise typer.Exit(1)


async def _examine(settings: Settings) -> list[Finding]:
    """Everything that needs a connection, looked at at once."""
    checks: list[Callable[[Settings], Awaitable[list[Finding]]]] = [_database, _redis, _sign_in, _models]
    found = await asyncio.gather(*(check(settings) for check in checks))
    return [finding for findings in found for finding in findings]


async def _database(settings: Settings) -> list[Finding]:
    database = Database(settings.database, pooled=False)
    try:
        await database.ping()
    except (SQLAlchemyError, OSError) as error:
        return [
            Finding("database", False, type(error).__name__, "Is Postgres up, and is DATABASE_URL right?")
        ]
    finally:
        await database.close()
    return [Finding("database", True, "answers")]


async def _redis(settings: Settings) -> list[Finding]:
    redis = connect(settings.redis)
    try:
        policy = (await redis.config_get("maxmemory-policy")).get("maxmemory-policy", "noeviction")
    except (RedisError, OSError) as error:
        return [Finding("redis", False, type(error).__name__, "Is Redis up, and is REDIS_URL right?")]
    finally:
        await redis.aclose()
    well = policy in ("noeviction", b"noeviction")
    return [
        Finding(
            "redis",
            well,
            "answers",
            "" if well else "Set maxmemory-policy to noeviction: jobs' messages are in it.",
        )
    ]


async def _sign_in(settings: Settings) -> list[Finding]:
    url = f"{settings.auth.issuer}/.well-known/jwks.json"
    try:
        async with httpx.AsyncClient(timeout=5, trust_env=False) as client:
            keys = (await client.get(url)).raise_for_status().json()["keys"]
    except (httpx.HTTPError, KeyError, ValueError) as error:
        said, well = f"no key set ({type(error).__name__})", settings.auth.jwt_secret is not None
        return [Finding("sign-in", well, said, "" if well else "Set SUPABASE_URL to the project's URL.")]
    return [Finding("sign-in", True, f"{len(keys)} signing keys published")]


async def _models(settings: Settings) -> list[Finding]:
    router = build_router(settings.models)
    try:
        reports = await check_models(router)
    finally:
        await router.close()
    return [
        Finding(
            f"model for {report.role}",
            bool(report.available),
            f"{report.provider} {report.model}",
            report.problem or "",
        )
        for report in reports
    ]


def _schema(settings: Settings) -> Finding:
    report = schema.check(settings.database.url)
    said = report.problems[0] if report.problems else f"at {report.revision}"
    return Finding("schema", not report.problems, said, "Run ./quiver db upgrade." if report.problems else "")


def _unknown_schema() -> Finding:
    return Finding("schema", False, "unknown, the database does not answer")


def _show(finding: Finding) -> None:
    mark = "ok   " if finding.well else "WRONG"
    advice = f"  → {finding.advice}" if finding.advice else ""
    typer.echo(f"{mark}  {finding.subject:20} {finding.said}{advice}")
