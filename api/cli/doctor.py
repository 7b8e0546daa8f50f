"""`./quiver doctor`: what is wrong with this installation and what to do about it."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta

import httpx
import typer
from redis.exceptions import RedisError
from sqlalchemy import and_, func, or_, select
from sqlalchemy.exc import SQLAlchemyError

from api.bootstrap import require_safe
from api.buying import make_wiza
from api.settings import Settings, SettingsError, load_settings
from persistence import schema
from persistence.models.job import Job, JobItem, JobItemState
from persistence.redis_client import connect
from persistence.session import Database
from tools.providers.models.assembly import build_router
from tools.providers.models.check import check_models
from tools.providers.wiza.errors import WizaFailure

app = typer.Typer(add_completion=False)

LATE = timedelta(minutes=2)
"""Work that is due for longer, while nothing of its kind is worked on, is work that nobody does."""
WORKED_ON = (
    select(Job.type)
    .join(JobItem, JobItem.job_id == Job.id)
    .where(
        or_(
            and_(JobItem.state == JobItemState.LEASED, JobItem.lease_until > func.now()),
            JobItem.finished_at > func.now() - LATE,
        )
    )
)
LEFT = (
    select(Job.type, func.count())
    .join(JobItem, JobItem.job_id == Job.id)
    .where(JobItem.state == JobItemState.PENDING, JobItem.run_after < func.now() - LATE)
    .where(Job.completed_at.is_(None), Job.type.not_in(WORKED_ON))
    .group_by(Job.type)
)


@dataclass(frozen=True)
class Finding:
    """One thing looked at. `advice` is what to do when it isn't well."""

    subject: str
    well: bool
    said: str
    advice: str = ""


Check = Callable[[Settings], Awaitable[list[Finding]]]


@app.command()
def doctor() -> None:
    """Look at settings, database, schema, Redis, workers, sign-in keys, models and Wiza; exit with 1 when something is wrong."""
    try:
        settings = load_settings()
    except SettingsError as problem:
        _show(Finding("settings", False, str(problem), "Set these variables; .env.sample explains each."))
        raise typer.Exit(1) from problem
    try:
        require_safe(settings)
    except SettingsError as problem:
        _show(Finding("settings", False, str(problem), "What strangers can reach must have these."))
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
    checks: list[Check] = [_database, _redis, _workers, _sign_in, _models, _wiza]
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


async def _workers(settings: Settings) -> list[Finding]:
    """Whether jobs are worked on, by what is due for long."""
    database = Database(settings.database, pooled=False)
    try:
        async with database.unit_of_work() as uow:
            left = (await uow.session.execute(LEFT)).all()
    except (SQLAlchemyError, OSError) as error:
        return [Finding("workers", False, f"unknown ({type(error).__name__})", "Is the schema there?")]
    finally:
        await database.close()
    if not left:
        return [Finding("workers", True, "nothing waits for long")]
    said = ", ".join(f"{count} of {kind}" for kind, count in left)
    advice = "Does a ./quiver worker serve every queue, and does one ./quiver beat run?"
    return [Finding("workers", False, f"waiting over {LATE.seconds // 60} minutes: {said}", advice)]


async def _wiza(settings: Settings) -> list[Finding]:
    """The account's credits; without a key the product works, but finds and enriches nobody."""
    if settings.wiza.api_key is None:
        return [Finding("wiza", True, "no key: no prospects, no enrichment")]
    redis = connect(settings.redis)
    wiza = make_wiza(settings, redis)
    try:
        left = await wiza.balance()
    except WizaFailure as failure:
        return [Finding("wiza", False, str(failure), "Is WIZA_API_KEY the account's, and Wiza up?")]
    finally:
        await wiza.close()
        await redis.aclose()
    return [Finding("wiza", left > 0, f"{left} credits left", "" if left > 0 else "Buy credits at Wiza.")]


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
    try:
        report = schema.check(settings.database.direct_url)
    except ValueError as error:
        return Finding("schema", False, "unknown", str(error))
    said = report.problems[0] if report.problems else f"at {report.revision}"
    return Finding("schema", not report.problems, said, "Run ./quiver db upgrade." if report.problems else "")


def _unknown_schema() -> Finding:
    return Finding("schema", False, "unknown, the database does not answer")


def _show(finding: Finding) -> None:
    mark = "ok   " if finding.well else "WRONG"
    advice = f"  → {finding.advice}" if finding.advice else ""
    typer.echo(f"{mark}  {finding.subject:20} {finding.said}{advice}")
