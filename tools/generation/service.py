"""Experiments from a talk: who may start the job, and how its set is saved."""

from collections.abc import Sequence

from sqlalchemy import select

from persistence.models.agent_run import AgentRun
from persistence.models.discovery import DiscoverySession
from persistence.models.experiment import Experiment
from persistence.models.job import AsyncJobType, Job, JobItem
from persistence.models.workspace import ProjectRole
from persistence.repositories import Repository
from persistence.session import UnitOfWork
from persistence.types import SessionID, WorkspaceID
from tools.access import Access, Caller, require_role
from tools.budgets.tokens import require_tokens
from tools.errors import Conflict, NotFound
from tools.experiments.queries import saved_as
from tools.experiments.schemas import ExperimentRead
from tools.experiments.service import save_experiments
from tools.generation.schemas import FilterCount, GeneratedExperiments
from tools.generation.sets import FiltersByArm, MadeSet, TalkSource
from tools.jobs.service import NewItem, submit
from tools.jobs.steps import FINAL
from tools.queue import Queue
from tools.sender.service import keep_style_guide
from tools.sessions.lookup import SessionReference, find_session
from tools.turns.forks import state_at
from tools.turns.starting import turn_running


async def start_generating(
    uow: UnitOfWork, caller: Caller, workspace_id: WorkspaceID, session_id: SessionID | None, *, queue: Queue
) -> Job:
    """A job that makes the experiments of a talk, as it stands now. For members and above.

    Raises NotFound, Forbidden, QuotaExceeded, and Conflict while an answer is being written in the talk, when nothing was
    said in it, and while another job makes its experiments.
    """
    access = await require_role(uow, caller, workspace_id, ProjectRole.MEMBER)
    session = await _session(uow, access, session_id)
    if session.active_turn_id is not None:
        raise turn_running(session)
    await _refuse_second(uow, session)
    source = await _source(uow, session)
    await require_tokens(uow, workspace_id)
    item = NewItem(source.as_json())
    return await submit(uow, caller, workspace_id, AsyncJobType.GENERATE_EXPERIMENTS, [item], queue=queue)


async def keep_set(
    uow: UnitOfWork,
    caller: Caller,
    workspace_id: WorkspaceID,
    source: TalkSource,
    made: MadeSet,
    found: FiltersByArm,
) -> GeneratedExperiments:
    """Save a set with its filters; what was saved of this talk already, by its answer to an approval, is not saved again.

    Raises NotFound when the talk is gone, Forbidden, and Invalid naming a rule that the set breaks.
    """
    reference = SessionReference(session_id=source.session_id)
    access = await require_role(uow, caller, workspace_id, ProjectRole.MEMBER)
    session = await find_session(uow, access, reference, for_update=True)
    drafts = made.drafts()
    rows: Sequence[Experiment] = await saved_as(uow, workspace_id, session.id, drafts)
    if not rows:
        targeted = [
            draft.model_copy(update={"wiza_filters": found[draft.type].filters})
            if draft.type in found
            else draft
            for draft in drafts
        ]
        rows = await save_experiments(uow, caller, workspace_id, targeted, session_id=session.id)
        session.generated_icps = made.experiments
    if made.style_guide is not None:
        await keep_style_guide(uow, caller, workspace_id, made.style_guide)
    await uow.session.flush()
    by_type = {row.type: row for row in rows}
    counts = {by_type[arm].id: filters for arm, filters in found.items()}
    return GeneratedExperiments(
        session_id=session.id,
        experiments=[ExperimentRead.model_validate(row) for row in rows],
        strategic_insight=made.insight,
        pre_evidence=made.pre_evidence,
        filters=[
            FilterCount(experiment_id=id_, prospect_count=each.count, reached=each.reached)
            for id_, each in counts.items()
        ],
        without_filters=[row.id for row in rows if row.wiza_filters is None],
    )


async def _session(uow: UnitOfWork, access: Access, session_id: SessionID | None) -> DiscoverySession:
    """The talk that is meant, locked: of two requests at once only one makes a job. Raises NotFound."""
    if session_id is None:
        newest = select(DiscoverySession.id).where(DiscoverySession.workspace_id == access.workspace_id)
        statement = newest.order_by(DiscoverySession.id.desc()).limit(1)
        session_id = (await uow.session.execute(statement)).scalar_one_or_none()
    if session_id is None:
        raise NotFound("There is no conversation yet.")
    return await find_session(uow, access, SessionReference(session_id=session_id), for_update=True)


async def _refuse_second(uow: UnitOfWork, session: DiscoverySession) -> None:
    statement = (
        select(Job.id)
        .join(JobItem, JobItem.job_id == Job.id)
        .where(
            Job.workspace_id == session.workspace_id,
            Job.type == AsyncJobType.GENERATE_EXPERIMENTS,
            Job.status.not_in(FINAL),
            JobItem.input["sessionId"].as_integer() == session.id,
        )
        .limit(1)
    )
    running = (await uow.session.execute(statement)).scalar_one_or_none()
    if running is not None:
        raise Conflict(
            "The experiments of this conversation are being made already.",
            code="generation_running",
            extra={"jobId": str(running)},
        )


async def _source(uow: UnitOfWork, session: DiscoverySession) -> TalkSource:
    """The talk with the newest state it left. Raises Conflict when there is none."""
    runs = Repository(uow.session, AgentRun)
    newest = await runs.get_all(
        AgentRun.session_id == session.id, order_by=[AgentRun.started_at.desc()], limit=1
    )
    state_of = await state_at(uow, newest[0].id) if newest else None
    if state_of is None:
        raise Conflict(
            "Nothing was said in this conversation yet that experiments could be made from.",
            code="session_empty",
        )
    return TalkSource(session.id, state_of)
