"""Turns: start, go on after an approval, stop, follow, take over. Each runs as a task of this process's event loop.

Whoever asks only gets the turn's id; what happens in it is read from its log. Nothing here knows HTTP.
"""

import asyncio
import os
import socket
from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID, uuid4

import psycopg
import structlog
from sqlalchemy.exc import SQLAlchemyError

from agents.context import TurnContext
from agents.turns.checkpoints import LeasedCheckpointer
from agents.turns.entries import Hear, LogEntry, from_record, is_terminal
from agents.turns.first_events import begin_log, no_log
from agents.turns.graph_run import GraphRun, TalkGraph
from agents.turns.inheritance import inherit
from agents.turns.reader import TurnReader
from agents.turns.run import TurnRun
from agents.turns.running import RunningTurns
from agents.turns.start_queue import StartQueue
from agents.turns.writer import TurnWriter
from persistence.checkpointer import PooledSaver
from persistence.models.workspace import ProjectRole
from persistence.session import Database, UnitOfWork
from persistence.turn_log import TurnLog, TurnLogUnavailable
from persistence.types import SessionID, WorkspaceID
from tools.access import Access, Caller, require_role
from tools.errors import ProviderUnavailable
from tools.filters.port import FilterOptimiser
from tools.providers.models.router import ModelRouter
from tools.sessions.lookup import SessionReference, find_session
from tools.turns import lease as leases
from tools.turns import reading, stopping
from tools.turns.approving import open_approval
from tools.turns.beginning.admission import admit, starts_lock
from tools.turns.beginning.first_turn import begins_talk, open_first
from tools.turns.lease import Lease
from tools.turns.opening import open_message
from tools.turns.requests import ApprovalRequest, KnownTurn, MessageRequest, OpenedTurn
from tools.turns.settings import TurnSettings
from tools.turns.takeover import ClaimedTurn, Fate, claim_dead, is_any_dead

log = structlog.get_logger(__name__)

STOP_PATIENCE = 3.0
"""Seconds `stop` waits for the turn to be over, so that the next message isn't refused."""

LEAVE_PATIENCE = 3.0
"""Seconds a turn gets to hand itself over: its lease ends soon in any case."""


@dataclass(frozen=True)
class TurnHandle:
    """A turn that runs or has run."""

    session_id: SessionID
    turn_id: UUID
    before: tuple[LogEntry, ...] = ()
    """What the turns that it goes on from after approvals told: the first part of its message, for who comes back."""


class TurnRunner:
    """The turns of one process. End it with `close`."""

    def __init__(
        self,
        *,
        graph: TalkGraph,
        saver: PooledSaver,
        database: Database,
        turn_log: TurnLog,
        models: ModelRouter,
        filters: FilterOptimiser,
        settings: TurnSettings,
    ) -> None:
        """Each turn gets `saver` behind a check of its lease."""
        self.settings = settings
        self._owner = f"{socket.gethostname()}:{os.getpid()}:{uuid4().hex[:8]}"
        self._graph = graph
        self._saver = saver
        self._database = database
        self._models = models
        self._filters = filters
        self._starts = StartQueue()
        self.log = turn_log
        self._running = RunningTurns(database, stop_interval=settings.stop_interval)
        self._reader = TurnReader(
            database,
            self.log,
            self._running.writers,
            patience=settings.takeover_patience,
            closing=lambda: self._closing is not None,
        )
        self._closing: asyncio.Task[None] | None = None
        self._watcher: asyncio.Task[None] | None = None

    async def start(self, caller: Caller, workspace_id: WorkspaceID, request: MessageRequest) -> TurnHandle:
        """Start the turn that a message asks for, or find the one it started before.

        Raises NotFound, Forbidden, Conflict, QuotaExceeded; ProviderUnavailable when Redis is away, and then nothing
        is stored.
        """
        self._refuse_closing()
        async with self._starts.place(caller.user_id):
            run = await self._begin(caller, workspace_id, request)
        if isinstance(run, KnownTurn):
            return TurnHandle(run.session_id, run.turn_id)
        self._running.launch(run)
        return TurnHandle(run.opened.session_id, run.opened.turn_id)

    async def answer(self, caller: Caller, workspace_id: WorkspaceID, request: ApprovalRequest) -> TurnHandle:
        """Go on after approvals were answered. Raises as `start` does; Conflict when an approval is not pending."""
        self._refuse_closing()
        async with self._starts.place(caller.user_id), self._database.unit_of_work() as uow:
            access = await admit(uow, caller, workspace_id)
            opened = await open_approval(
                uow,
                access,
                request,
                owner=self._owner,
                settings=self.settings,
                reads=self._graph.shape.version,
            )
            run = self._prepare(access, opened)
            await begin_log(run)
        self._running.launch(run)
        return TurnHandle(opened.session_id, opened.turn_id)

    async def stop(
        self,
        caller: Caller,
        workspace_id: WorkspaceID,
        reference: SessionReference,
        *,
        turn_id: UUID | None = None,
        message_id: str | None = None,
    ) -> UUID | None:
        """Stop the session's running turn, or only `turn_id`, or only the one that the message `message_id` asked for.

        The stopped turn; None when nothing of it ran. A message that has not come yet is stopped when it does.
        Raises NotFound, Forbidden. Returns once the turn is over, or after a few seconds.
        """
        async with self._database.unit_of_work() as uow:
            access = await require_role(uow, caller, workspace_id, ProjectRole.MEMBER)
            if message_id is not None and await stopping.stop_early(uow, access, message_id):
                return None
            session = await find_session(uow, access, reference)
            active = session.active_turn_id
            if active is None or (turn_id is not None and turn_id != active):
                return None
            if message_id is not None and not await reading.is_answer_to(uow, active, message_id):
                return None
            await stopping.request_stop(uow, active)
        task = self._running.stop(active)
        await self._until_over(active, task)
        return active

    async def leave(self, turn_id: UUID) -> None:
        """Have nothing more to do with a turn: let it end if it is ending, else leave it to whoever takes it over.

        For processes that can't wait for a turn as long as it takes.
        """
        task = self._running.hand_over(turn_id)
        if task is not None:
            await asyncio.wait({task}, timeout=LEAVE_PATIENCE)

    def follow(
        self, turn_id: UUID, *, before: Sequence[LogEntry] = (), hear: Hear | None = None
    ) -> AsyncGenerator[list[LogEntry], None]:
        """The turn's entries from its first, in batches; see TurnReader. Whoever calls has checked access."""
        return self._reader.follow(turn_id, before=before, hear=hear)

    async def find(
        self,
        caller: Caller,
        workspace_id: WorkspaceID,
        reference: SessionReference,
        *,
        after: tuple[int, int] | None = None,
    ) -> TurnHandle | None:
        """The turn to come back to: the running one, or the last when the client has not read it to its end.

        `after` is the last entry that it has wholly read. None: nothing to read. Raises NotFound, ProviderUnavailable.
        """
        async with self._database.unit_of_work() as uow:
            access = await require_role(uow, caller, workspace_id)
            session = await find_session(uow, access, reference)
            if session.active_turn_id is not None:
                return await _handle(uow, session.id, session.active_turn_id)
            last = await reading.last_turn(uow, session.id) if after else None
            if last is None or after is None or not last.fence_before < after[0] <= last.fence:
                return None
            found = await _handle(uow, session.id, last.turn_id)
        try:
            unread = after[0] < last.fence or await self._reader.has_more(last.turn_id, after)
        except TurnLogUnavailable as error:
            raise no_log() from error
        return found if unread else None

    def watch_for_dead_turns(self) -> None:
        """From now on, take over turns whose process died: at once, and then every third of a lease."""
        self._watcher = asyncio.create_task(self._watch(), name="turns-take-over")

    async def take_over_dead(self) -> int:
        """Take over every turn that is dead now; how many. Raises TurnLogUnavailable, SQLAlchemyError, OSError."""
        taken = 0
        while self._closing is None and await is_any_dead(self._database.direct):
            await self.log.ping()
            async with self._database.unit_of_work() as uow:
                claimed = await claim_dead(uow, owner=self._owner, settings=self.settings)
            if claimed is None:
                break
            await self._go_on(claimed)
            taken += 1
        return taken

    def begin_close(self) -> None:
        """Take no new turns, let the running ones end, hand over those that don't. Safe to call again."""
        if self._watcher is not None:
            self._watcher.cancel()
        if self._closing is None:
            self._closing = asyncio.create_task(self._running.drain(self.settings.drain), name="turns-drain")

    async def close(self) -> None:
        """`begin_close`, and wait until no turn runs."""
        self.begin_close()
        assert self._closing is not None
        await self._closing

    @property
    def running(self) -> int:
        """How many turns run in this process."""
        return len(self._running)

    async def _watch(self) -> None:
        while True:
            try:
                await self.take_over_dead()
            except (TurnLogUnavailable, SQLAlchemyError, psycopg.Error, OSError) as error:
                log.warning("turns.not_taken_over", error=type(error).__name__)
            await asyncio.sleep(self.settings.lease / 3)

    async def _go_on(self, claimed: ClaimedTurn) -> None:
        """Begin the next attempt of a turn. When that can't be now, the turn stays dead for a later try."""
        opened = claimed.opened
        log.info("turn.taken_over", turn_id=str(opened.turn_id), attempt=opened.attempt, fate=claimed.fate)
        run = self._prepare(claimed.access, opened, claimed.fate)
        try:
            inherited = await inherit(run, self.log, self._database, fate=claimed.fate)
            await begin_log(run, *inherited)
        except BaseException:
            async with self._database.unit_of_work() as uow:
                await leases.release(uow, opened.lease)
            raise
        self._running.launch(run)

    async def _begin(
        self, caller: Caller, workspace_id: WorkspaceID, request: MessageRequest
    ) -> TurnRun | KnownTurn:
        begun = await self._begin_talk(caller, workspace_id, request) if begins_talk(request) else None
        return begun or await self._begin_turn(caller, workspace_id, request)

    async def _begin_talk(
        self, caller: Caller, workspace_id: WorkspaceID, request: MessageRequest
    ) -> TurnRun | None:
        """The first turn of a new talk; None when the talk is there already."""
        async with self._database.direct.transaction(starts_lock(caller)) as transaction:
            begun = await open_first(
                transaction, caller, workspace_id, request, owner=self._owner, settings=self.settings
            )
            if begun is None:
                return None
            access, opened = begun
            run = self._prepare(access, opened, ahead=self._read_ahead(access))
            await begin_log(run)
        return run

    async def _begin_turn(
        self, caller: Caller, workspace_id: WorkspaceID, request: MessageRequest
    ) -> TurnRun | KnownTurn:
        """The turn that a message asks for in a talk that may be there already."""
        async with self._database.unit_of_work() as uow:
            access = await admit(uow, caller, workspace_id)
            opened = await open_message(uow, access, request, owner=self._owner, settings=self.settings)
            if isinstance(opened, KnownTurn):
                return opened
            run = self._prepare(access, opened, ahead=self._read_ahead(access))
            await begin_log(run)
        return run

    def _read_ahead(self, access: Access) -> dict[str, Any]:
        """Begin to read what the graph reads first, while the turn is opened."""
        ahead = self._graph.ahead
        return {} if ahead is None else ahead(self._database, access.caller, access.workspace_id)

    def _prepare(
        self,
        access: Access,
        opened: OpenedTurn,
        fate: Fate = "go_on",
        *,
        ahead: dict[str, Any] | None = None,
    ) -> TurnRun:
        """Put the turn together. `ahead`: what is being read for it already."""
        lease = opened.lease
        writer = TurnWriter(
            self.log,
            str(opened.turn_id),
            lease,
            partial(self._raise_fence, lease),
            coalesce=self.settings.coalesce,
        )
        run = TurnRun(opened, writer, self._database, self.settings, fate)
        run.attach(self._graph_run(access, opened, run, ahead or {}))
        return run

    def _graph_run(self, access: Access, opened: OpenedTurn, run: TurnRun, ahead: dict[str, Any]) -> GraphRun:
        lease, turn_id = opened.lease, str(opened.turn_id)
        checkpointer = LeasedCheckpointer(
            self._saver,
            partial(leases.proved, lease),
            turn_id,
            run.writer,
            shape=self._graph.shape,
            empty=lease.is_first,
        )

        async def guard(uow: UnitOfWork) -> None:
            await checkpointer.settle()
            await leases.hold(uow, lease)

        context = TurnContext(
            caller=access.caller,
            workspace_id=access.workspace_id,
            database=self._database,
            models=self._models,
            session_id=opened.session_id,
            turn_id=turn_id,
            emit=run.emit,
            tell=run.tell,
            guard=guard,
            meter=run.meter,
            filters=self._filters,
            loaded=ahead,
        )
        return GraphRun(self._graph.compiled, opened, context, checkpointer)

    async def _raise_fence(self, lease: Lease) -> None:
        try:
            await leases.raise_fence(self._database, lease)
        except (SQLAlchemyError, OSError) as error:
            raise TurnLogUnavailable from error

    async def _until_over(self, turn_id: UUID, task: asyncio.Task[None] | None) -> None:
        """Wait, not for ever, until a turn is over: here by its task, elsewhere by its row."""
        if task is not None:
            await asyncio.wait({task}, timeout=STOP_PATIENCE)
            return
        deadline = asyncio.get_running_loop().time() + STOP_PATIENCE
        while asyncio.get_running_loop().time() < deadline:
            async with self._database.unit_of_work() as uow:
                turn = await reading.standing(uow, turn_id)
            if turn is None or not turn.running or not turn.alive:
                return
            await asyncio.sleep(0.1)

    def _refuse_closing(self) -> None:
        if self._closing is not None:
            raise ProviderUnavailable(
                "The server is restarting.", provider="quiver", retry_after=2, code="server_restarting"
            )


async def _handle(uow: UnitOfWork, session_id: SessionID, turn_id: UUID) -> TurnHandle:
    """A turn to come back to, with the first part of its message."""
    before = from_record(await reading.events_before(uow, turn_id))
    return TurnHandle(session_id, turn_id, tuple(entry for entry in before if not is_terminal(entry.event)))
