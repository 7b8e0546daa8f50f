"""What an attempt gets from the one before it, whose process died: where to go on, and what of the log still holds.

The newest checkpoint says how many entries of the log came before it. They are the new attempt's first; what came after
belongs to a node that runs again.
"""

from agents.events import TurnEvent, decode_event
from agents.turns.entries import LogEntry, newest_attempt
from agents.turns.run import TurnRun
from agents.turns.seeding import begin_again, note_unreadable
from agents.turns.state_shape import UnreadableState
from persistence.session import Database
from persistence.turn_log import TurnLog
from tools.turns.takeover import Fate


async def inherit(run: TurnRun, turn_log: TurnLog, database: Database, *, fate: Fate) -> list[TurnEvent]:
    """The events that the new attempt begins with, behind its start; its graph is told where to go on.

    Raises TurnLogUnavailable, LeaseLost, a database's error.
    """
    graph = run.graph
    readable, mark = True, None
    try:
        mark = await graph.checkpointer.mark(str(graph.opened.thread_id))
    except UnreadableState as error:
        note_unreadable(run.opened, error)
        readable = False
    old = [entry.event for entry in await _old_entries(turn_log, str(graph.opened.turn_id))]
    if fate != "go_on":
        if mark is not None:
            await graph.read_state()
        elif readable and graph.opened.kind != "resume":
            await graph.keep_question()
        return old[1:]
    resumes = graph.opened.kind == "resume"
    if mark is not None and (len(old) >= mark.entries or resumes):
        graph.goes_on = True
        return old[1 : mark.entries]
    if mark is not None or (not readable and not resumes):
        # What was said before the checkpoint is gone with the log, or the checkpoint itself can't be read.
        run.opened = graph.opened = await begin_again(run.opened, database)
    return []


async def _old_entries(turn_log: TurnLog, turn_id: str) -> list[LogEntry]:
    """The entries of the newest attempt, as far as they are without a gap."""
    records = await turn_log.read(turn_id)
    entries = [LogEntry(record.epoch, record.number, decode_event(record.data)) for record in records]
    attempt = newest_attempt(entries)
    return [entry for place, entry in enumerate(attempt, 1) if entry.number == place]
