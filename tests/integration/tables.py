"""What all tables hold, so that a test can say what a request changed: rows added, removed or written anew."""

from sqlalchemy import MetaData, text

from persistence.models.agent_run import AgentRun
from persistence.session import Database


async def contents(database: Database) -> dict[str, str | None]:
    """A hash of all rows of each table of the product; None for an empty one."""
    metadata: MetaData = AgentRun.metadata
    held: dict[str, str | None] = {}
    async with database.unit_of_work() as uow:
        for table in metadata.sorted_tables:
            rows = f'SELECT md5(row::text) AS hash FROM "{table.name}" AS row'
            whole = text(f"SELECT md5(string_agg(hash, '' ORDER BY hash)) FROM ({rows}) AS hashes")
            held[table.name] = (await uow.session.execute(whole)).scalar_one()
    return held


def changed(before: dict[str, str | None], after: dict[str, str | None]) -> set[str]:
    """The tables that hold something else than before."""
    return {name for name, held in after.items() if held != before[name]}
