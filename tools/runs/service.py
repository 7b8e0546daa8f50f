"""AgentRuns of graphs that answer one request: begun, taken up again where they broke off, ended with what they used.

A turn of a talk has its own record (`tools/turns`). Here the caller's access was checked by whoever asked for the run.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import orjson
from sqlalchemy import ColumnElement, and_, false, func, or_, select

from persistence.models.agent_run import AgentRun, AgentRunStatus
from persistence.models.workspace import ProjectStatus, Workspace
from persistence.repositories import Repository
from persistence.session import UnitOfWork
from persistence.threads import delete_threads
from persistence.types import AgentRunID, CampaignID, JobID, LeadID, UserID, WorkspaceID, utc_now
from tools.budgets.tokens import require_tokens_left
from tools.errors import Conflict, NotFound, ProviderUnavailable
from tools.providers.models.usage import UsageMeter
from tools.runs.settings import RunSettings
from tools.usage.service import Spender, record_usage

Json = dict[str, Any]

ONCE_WITHIN = timedelta(hours=24)
"""How long a request that is to be done once is remembered."""
KIND = "run"
"""The kind of a run that answers one request, as no turn of a talk has it."""
MARK = "mark"


class NothingSupported(ProviderUnavailable):
    """What the model wrote stands on no source: the run is over for good, another one may do better."""

    code = "nothing_supported"

    def __init__(self) -> None:
        super().__init__(
            "Nothing that the model wrote stands on what was read, so nothing was kept. Try again.",
            provider="models",
            retry_after=1,
        )


class TakenOver(Conflict):
    """Another attempt goes on with the run: what this one found must not be kept."""

    code = "run_taken_over"

    def __init__(self) -> None:
        super().__init__("Somebody else goes on with this by now.")


@dataclass(frozen=True)
class RunRequest:
    """What a graph is asked: `input` is plain JSON and names the request; the same again is the same request.

    `asks_model`: whether it may ask one, so that it waits while the day's tokens are spent.
    `alone`: refused while an equal request is under way. `once`: when it was done before, that is the answer.
    `held`: whoever asks holds the lease on the work of `job_id`, so an attempt of that job that looks alive is gone.
    """

    graph: str
    workspace_id: WorkspaceID
    user_id: UserID
    input: Json
    asks_model: bool = True
    lead_id: LeadID | None = None
    campaign_id: CampaignID | None = None
    job_id: JobID | None = None
    alone: bool = False
    once: bool = False
    held: bool = False

    @property
    def mark(self) -> str:
        """SHA-256 of the input, in hex."""
        return hashlib.sha256(orjson.dumps(self.input, option=orjson.OPT_SORT_KEYS)).hexdigest()


@dataclass(frozen=True)
class OpenRun:
    """A run that has begun. `goes_on`: its thread holds what an attempt that broke off had reached.

    `answered`: the state of the run when it was done before; nothing is to be done then.
    """

    request: RunRequest
    id: AgentRunID
    thread_id: UUID
    goes_on: bool
    answered: Json | None = None
    attempt: int = 1


UNDER_WAY = "run_under_way"
"""The code of the Conflict with an equal request that is under way."""


async def begin_run(uow: UnitOfWork, request: RunRequest, settings: RunSettings) -> OpenRun:
    """A new run, or the newest one of the same request that broke off.

    Raises NotFound when the workspace is going, QuotaExceeded when its tokens of today are spent or may be by what runs, and Conflict as
    `RunRequest.alone` says.
    """
    here = Workspace.id == request.workspace_id, Workspace.status != ProjectStatus.DELETING
    # Held until the commit: of two equal requests at once only one takes up a broken run.
    if await Repository(uow.session, Workspace).get(*here, for_update=True) is None:
        raise NotFound("There is no such workspace.")
    if request.once and (done := await _newest(uow, request, *_done())):
        return OpenRun(request, done.id, uuid4(), goes_on=False, answered=dict(done.state or {}))
    broken = await _broken(uow, request, settings)
    if request.asks_model:
        taken_up = broken.id if broken else None
        await require_tokens_left(uow, request.workspace_id, request.user_id, taken_up)
    if broken is None and request.alone and await _newest(uow, request, _alive(settings)):
        raise Conflict("The same is being done already; ask again when it is over.", code=UNDER_WAY)
    if broken is not None and broken.thread_id is not None:
        broken.status, broken.attempt = AgentRunStatus.RUNNING, broken.attempt + 1
        broken.error_code, broken.finished_at, broken.started_at = None, None, utc_now()
        return OpenRun(request, broken.id, broken.thread_id, goes_on=True, attempt=broken.attempt)
    run = AgentRun(
        workspace_id=request.workspace_id,
        user_id=request.user_id,
        graph=request.graph,
        kind=KIND,
        thread_id=uuid4(),
        lead_id=request.lead_id,
        job_id=request.job_id,
        input={**request.input, MARK: request.mark},
    )
    await Repository(uow.session, AgentRun).create(run)
    assert run.thread_id is not None
    return OpenRun(request, run.id, run.thread_id, goes_on=False)


async def bill_calls(uow: UnitOfWork, run: OpenRun, meter: UsageMeter) -> None:
    """Put the calls that are not on the bill yet there: they cost whatever becomes of the run.

    Who calls counts them as billed once the transaction is through. Raises NotFound when the row is gone.
    """
    await _bill(uow, run, await _row(uow, run), meter)


async def end_run(
    uow: UnitOfWork,
    run: OpenRun,
    meter: UsageMeter,
    *,
    state: Mapping[str, Any] | None = None,
    error_code: str | None = None,
) -> str | None:
    """Write how a run ended and what it used; whose model answered, in this attempt or an earlier one.

    The thread of a run that is over for good is removed: its row holds the state. Raises NotFound when the row is gone
    with its workspace, TakenOver when there is a later attempt; a failure of an earlier one is only billed.
    """
    row = await _row(uow, run)
    if row.attempt != run.attempt and error_code is None:
        raise TakenOver
    await _bill(uow, run, row, meter)
    if row.attempt != run.attempt:
        return row.provider
    row.status = AgentRunStatus.FAILED if error_code else AgentRunStatus.DONE
    row.error_code, row.finished_at = error_code, utc_now()
    row.duration_ms = int((row.finished_at - row.started_at) / timedelta(milliseconds=1))
    row.state = dict(state) if state is not None else None
    if error_code in {None, NothingSupported.code}:
        row.thread_id = None
        await delete_threads(uow, [run.thread_id])
    return row.provider


async def _row(uow: UnitOfWork, run: OpenRun) -> AgentRun:
    row = await Repository(uow.session, AgentRun).get(AgentRun.id == run.id, for_update=True)
    if row is None:
        raise NotFound("There is no such workspace.")
    return row


async def _bill(uow: UnitOfWork, run: OpenRun, row: AgentRun, meter: UsageMeter) -> None:
    new, asked = meter.unbilled(), run.request
    _add_usage(row, new)
    spender = Spender(asked.workspace_id, asked.user_id, asked.campaign_id, asked.job_id, run.id)
    await record_usage(uow, spender, new, graph=asked.graph)


def _add_usage(row: AgentRun, meter: UsageMeter) -> None:
    """What this attempt used, beside what earlier ones did."""
    row.model, row.provider = meter.model or row.model, meter.provider or row.provider
    row.input_tokens += meter.input_tokens
    row.output_tokens += meter.output_tokens
    row.cost_usd += meter.cost_usd
    row.model_calls += meter.calls
    row.prompt_tags = list(dict.fromkeys([*row.prompt_tags, *meter.tags]))


def _done() -> tuple[ColumnElement[bool], ...]:
    return AgentRun.status == AgentRunStatus.DONE, AgentRun.started_at > func.now() - ONCE_WITHIN


def _alive(settings: RunSettings) -> ColumnElement[bool]:
    recent = AgentRun.started_at >= func.now() - settings.dead_after
    return and_(AgentRun.status == AgentRunStatus.RUNNING, recent)


async def _broken(uow: UnitOfWork, request: RunRequest, settings: RunSettings) -> AgentRun | None:
    running = AgentRun.status == AgentRunStatus.RUNNING
    silent = AgentRun.started_at < func.now() - settings.dead_after
    lost = AgentRun.job_id == request.job_id if request.held else false()
    dead = and_(running, or_(silent, lost))
    recent = AgentRun.started_at > func.now() - settings.taken_up_within
    over = or_(AgentRun.status == AgentRunStatus.FAILED, dead)
    return await _newest(uow, request, over, recent, AgentRun.thread_id.is_not(None))


async def _newest(uow: UnitOfWork, request: RunRequest, *where: ColumnElement[bool]) -> AgentRun | None:
    """The newest run of the same request of which this is true."""
    statement = (
        select(AgentRun)
        .where(
            AgentRun.workspace_id == request.workspace_id,
            AgentRun.user_id == request.user_id,
            AgentRun.graph == request.graph,
            AgentRun.input[MARK].as_string() == request.mark,
            *where,
        )
        .order_by(AgentRun.started_at.desc())
        .limit(1)
    )
    return (await uow.session.execute(statement)).scalar_one_or_none()
