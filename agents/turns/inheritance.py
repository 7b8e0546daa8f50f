"""What an attempt gets from the one before it, whose process died: where to go on, and what of the log still holds.

The newest checkpoint says how many entries of the log came before it. They are the new attempt's first; what came after
belongs to a node that runs again.
"""

from uuid import uuid4

from agents.events import TurnEvent, decode_event
from agents.turns.entries import LogEntry, newest_attempt
from agents.turns.run import TurnRun
from persistence.session import Database
from persistence.turn_log import TurnLog
from tools.turns.forks import state_at
from tools.turns.takeover import Fate, restart_elsewhere


async def inherit(run: TurnRun, turn_log: TurnLog, database: Database, *, fate: Fate) -> list[TurnEvent]:
    """The events that the new attempt begins with, behind its start; its graph is told where to go on.

    Raises TurnLogUnavailable, LeaseLost, a database's error.
    """
    graph = run.graph
    mark = await graph.checkpointer.mark(str(graph.opened.thread_id))
    old = [entry.event for entry in await _old_entries(turn_log, str(graph.opened.turn_id))]
    if fate != "go_on":
        if mark is not None:
            await graph.read_state()
        return old[1:]
    if mark is None:
        return []
    if len(old) >= mark.entries or graph.opened.kind == "resume":
        graph.goes_on = True
        return old[1 : mark.entries]
    await _begin_again(run, database)
    return []


async def _old_entries(turn_log: TurnLog, turn_id: str) -> list[LogEntry]:
    """The entries of the newest attempt, as far as they are without a gap."""
    records = await turn_log.read(turn_id)
    entries = [LogEntry(record.epoch, record.number, decode_event(record.data)) for record in records]
    attempt = newest_attempt(entries)
    return [entry for place, entry in enumerate(attempt, 1) if entry.number == place]


async def _begin_again(run: TurnRun, database: Database) -> None:
    """What was said before the checkpoint is gone with the log: the turn begins again from the state before it."""
    async with database.unit_of_work() as uow:
        seed = run.opened.seed or await state_at(uow, run.opened.after)
        run.opened = run.graph.opened = await restart_elsewhere(uow, run.opened, uuid4(), seed)
