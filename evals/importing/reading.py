"""Reads recorded runs out of the product's tables: one read-only transaction, nothing is changed and nothing kept open."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, text

from persistence.models.agent_run import AgentRun, AgentRunStatus
from persistence.models.discovery import DiscoveryFeedback
from persistence.models.lead import Lead
from persistence.models.sender_profile import SenderProfile
from persistence.models.user import Client, User
from persistence.models.workspace import OnboardingData, Workspace, WorkspaceMember
from persistence.session import Database, UnitOfWork
from persistence.types import AgentRunID, SessionID, WorkspaceID
from tools.turns.states import read_state

Json = dict[str, Any]
THUMBS_DOWN = 2
"""A rating up to which somebody was not content."""
MOST_LEADS = 20_000


@dataclass(frozen=True)
class RecordedRun:
    """One run with its whole state."""

    id: UUID
    graph: str
    input: Json
    state: Json
    events: Sequence[Json]
    tags: Sequence[str]
    model: str
    read: int
    written: int
    ms: int
    day: str


@dataclass(frozen=True)
class Recorded:
    """What one case is made of. `names` are the personal data that the workspace's own rows hold, by kind."""

    workspace_id: WorkspaceID
    workspace: str
    website: str | None
    language: str | None
    onboarding: Json
    runs: Sequence[RecordedRun]
    names: Mapping[str, Sequence[str]]
    ratings: Mapping[UUID, tuple[int, str]] = field(default_factory=dict)


@asynccontextmanager
async def reading(database: Database) -> AsyncIterator[UnitOfWork]:
    """A transaction in which Postgres itself refuses to write."""
    async with database.unit_of_work() as uow:
        await uow.session.execute(text("SET TRANSACTION READ ONLY"))
        yield uow


async def talk_of(uow: UnitOfWork, session_id: SessionID) -> Recorded | None:
    """The turns of a talk, in order; None when it has none."""
    here = AgentRun.session_id == session_id
    return await _recorded(
        uow, select(AgentRun).where(here, AgentRun.kind != "resume").order_by(AgentRun.started_at)
    )


async def run_of(uow: UnitOfWork, run_id: UUID) -> Recorded | None:
    """One run of another graph; of a turn, the whole talk it is part of."""
    session = await uow.session.scalar(select(AgentRun.session_id).where(AgentRun.id == AgentRunID(run_id)))
    if session is not None:
        return await talk_of(uow, session)
    return await _recorded(uow, select(AgentRun).where(AgentRun.id == AgentRunID(run_id)))


async def disliked(uow: UnitOfWork, most: int) -> list[SessionID]:
    """The talks that people gave thumbs down last."""
    statement = (
        select(DiscoveryFeedback.session_id)
        .where(DiscoveryFeedback.rating <= THUMBS_DOWN, DiscoveryFeedback.session_id.is_not(None))
        .order_by(DiscoveryFeedback.id.desc())
        .limit(most * 5)
    )
    found = [each for each in (await uow.session.execute(statement)).scalars() if each is not None]
    return list(dict.fromkeys(found))[:most]


async def sampled(uow: UnitOfWork, days: int, most: int) -> list[UUID]:
    """Runs of the last days, drawn at random, one of each talk."""
    recent = AgentRun.started_at > func.now() - timedelta(days=days)
    graphs = AgentRun.graph.in_(["discovery", "filters", "outreach"])
    statement = (
        select(AgentRun.id, AgentRun.session_id)
        .where(recent, graphs, AgentRun.status.in_([AgentRunStatus.DONE, AgentRunStatus.WAITING]))
        .order_by(func.random())
        .limit(most * 10)
    )
    drawn: dict[object, UUID] = {}
    for run_id, session_id in await uow.session.execute(statement):
        drawn.setdefault(session_id or run_id, run_id)
    return list(drawn.values())[:most]


async def _recorded(uow: UnitOfWork, statement: Any) -> Recorded | None:
    rows: list[AgentRun] = list((await uow.session.execute(statement)).scalars())
    runs = [await _run(uow, row) for row in rows if row.state is not None]
    if not runs:
        return None
    workspace_id = rows[0].workspace_id
    workspace = (
        await uow.session.execute(select(Workspace).where(Workspace.id == workspace_id))
    ).scalar_one()
    answers = select(OnboardingData.data).where(OnboardingData.workspace_id == workspace_id)
    return Recorded(
        workspace_id,
        workspace.name,
        workspace.website,
        workspace.language,
        (await uow.session.execute(answers)).scalar_one_or_none() or {},
        runs,
        await _names(uow, workspace),
        await _ratings(uow, [run.id for run in runs]),
    )


async def _run(uow: UnitOfWork, row: AgentRun) -> RecordedRun:
    state = dict(row.state or {}) if row.state_base_id is None else (await read_state(uow, row.id)).state
    return RecordedRun(
        row.id,
        row.graph,
        row.input,
        state,
        row.events or [],
        [str(tag) for tag in row.prompt_tags],
        row.model or "",
        row.input_tokens,
        row.output_tokens,
        row.duration_ms or 0,
        row.started_at.date().isoformat(),
    )


async def _names(uow: UnitOfWork, workspace: Workspace) -> dict[str, list[str]]:
    """Everybody and every company that the workspace's rows name."""
    here = workspace.id
    members = select(User.name, User.email).join(WorkspaceMember).where(WorkspaceMember.workspace_id == here)
    leads = (
        select(Lead.full_name, Lead.company, Lead.email, Lead.company_domain)
        .where(Lead.workspace_id == here)
        .limit(MOST_LEADS)
    )
    sender = select(
        SenderProfile.name, SenderProfile.company, SenderProfile.customer_names, SenderProfile.postal_address
    )
    found: dict[str, list[str | None]] = {
        "person": [],
        "company": [workspace.name],
        "domain": [workspace.website],
        "email": [],
        "address": [],
    }
    found["company"].append(
        await uow.session.scalar(select(Client.name).where(Client.id == workspace.client_id))
    )
    for name, email in await uow.session.execute(members):
        found["person"].append(name)
        found["email"].append(email)
    for lead in await uow.session.execute(leads):
        for kind, value in zip(("person", "company", "email", "domain"), lead, strict=True):
            found[kind].append(value)
    for writer, employer, customers, address in await uow.session.execute(
        sender.where(SenderProfile.workspace_id == here)
    ):
        found["person"].append(writer)
        found["company"] += [employer, *map(str, customers or [])]
        # In a message it stands in lines of its own, in the profile it may be one.
        found["address"] += (address or "").splitlines()
    return {kind: [value for value in values if value] for kind, values in found.items()}


async def _ratings(uow: UnitOfWork, runs: Sequence[UUID]) -> dict[UUID, tuple[int, str]]:
    statement = select(
        DiscoveryFeedback.agent_run_id, DiscoveryFeedback.rating, DiscoveryFeedback.feedback
    ).where(DiscoveryFeedback.agent_run_id.in_(runs))
    rated = (await uow.session.execute(statement)).all()
    return {run: (rating, words or "") for run, rating, words in rated if run is not None}
