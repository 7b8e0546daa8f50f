"""Taking a snapshot: one statement finds all the rows of an export, so that the file shows one moment, and cuts them into parts."""

from sqlalchemy import text

from persistence.session import UnitOfWork
from persistence.types import JobID, WorkspaceID
from tools.exports.schemas import ExportRequest
from tools.exports.tables import TABLES
from tools.leads.reading import select
from tools.read_models import Query

PART_BYTES = 2_000_000
"""Of records in a part, one record more at most: what a worker holds in memory."""

STATEMENT = """
INSERT INTO "ExportParts" ("JobID", "Position", "Rows", "Records")
SELECT {job}, row_number() OVER (ORDER BY part) - 1, count, records
FROM (
  SELECT part, count(*) AS count, string_agg(record, E'\\n' ORDER BY number) AS records
  FROM (
    SELECT record, number,
      sum(octet_length(record)) OVER (ORDER BY number ROWS UNBOUNDED PRECEDING) / {size} AS part
    FROM (
      SELECT {key} AS number, (SELECT row_to_json(shown)::text FROM (SELECT {columns}) shown) AS record
      FROM {source} WHERE {conditions}
    ) found
  ) placed
  GROUP BY part
) parts
"""
EMPTY = 'INSERT INTO "ExportParts" ("JobID", "Position", "Rows", "Records") VALUES ($1, 0, 0, \'\')'


async def take_snapshot(
    uow: UnitOfWork, job_id: JobID, workspace_id: WorkspaceID, request: ExportRequest
) -> int:
    """Keep the rows an export asks for, as they are now; in how many parts, at least one. Access was checked before."""
    table = TABLES[request.what]
    query = Query(conditions=list(table.conditions))
    query.where(f"{table.workspace} = {{}}", (workspace_id, "bigint"))
    if request.filter is not None:
        select(query, request.filter)
    named = ", ".join(f'{sql} AS "{name}"' for name, sql in table.expressions(request.format).items())
    statement = STATEMENT.format(
        job=query.bind(job_id, "uuid"),
        size=query.bind(PART_BYTES, "bigint"),
        key=table.key,
        columns=named,
        source=table.source,
        conditions=query.filter,
    )
    connection = await uow.session.connection()
    made = (await connection.exec_driver_sql(statement, tuple(query.arguments))).rowcount
    if made == 0:
        await connection.exec_driver_sql(EMPTY, (job_id,))
    return max(1, made)


async def hold_snapshots(uow: UnitOfWork, workspace_id: WorkspaceID, *, alone: bool = False) -> None:
    """Take snapshots of a workspace by turns with who makes rows unreadable in it: until the transaction ends.

    `alone`: no snapshot is under way when this returns, and the next sees what this transaction did.
    """
    function = "pg_advisory_xact_lock" if alone else "pg_advisory_xact_lock_shared"
    await uow.session.execute(
        text(f"SELECT {function}(hashtextextended('exports', :workspace))"), {"workspace": workspace_id}
    )
