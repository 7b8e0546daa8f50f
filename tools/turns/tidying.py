"""What a turn that has ended leaves to throw away: checkpoints that nothing goes on from, and threads its fork took over from."""

from sqlalchemy import select

from persistence.driver.connections import DirectConnections
from persistence.models.agent_run import AgentRun
from persistence.session import Database
from persistence.threads import delete_threads, prune_thread
from tools.turns.requests import OpenedTurn


async def tidy_after(
    database: Database, stores: DirectConnections, opened: OpenedTurn, *, pruned: bool = False
) -> None:
    """Prune the turn's thread, unless its last checkpoint did; after a fork, remove the threads of the session that it left.

    Raises a database's error.

    Not part of the turn: whatever stays behind is pruned after the next one.
    """
    # Not by the connections that leases are renewed over: what holds up the tables of checkpoints would hold up these, too.
    if not pruned:
        await prune_thread(stores, opened.thread_id)
    if opened.keep_messages is None:
        return
    async with database.unit_of_work() as uow:
        statement = select(AgentRun.thread_id).where(
            AgentRun.session_id == opened.session_id,
            AgentRun.started_at < opened.now,
            AgentRun.thread_id != opened.thread_id,
        )
        left = {thread_id for thread_id in (await uow.session.execute(statement)).scalars() if thread_id}
        await delete_threads(uow, sorted(left))
