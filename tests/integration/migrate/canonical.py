"""What was brought, with every id replaced by the source's: two moves of one source are the same when this is the same."""

import psycopg

from migrations.supabase.mappings.catalog import ENTITIES, TABLES
from migrations.supabase.target.ledger import id_map

REFERENCES = {
    "ClientID": "clients",
    "UserID": "users",
    "OwnerUserID": "users",
    "ProjectID": "workspaces",
    "ExperimentID": "experiments",
    "CampaignID": "campaigns",
    "LeadID": "leads",
    "PersonID": "persons",
}
UNDATED = ("CompanyAssignments",)
"""Tables whose rows are dated by the move."""


def canonical(url: str) -> dict[str, str]:
    """A hash of all brought rows of each entity, ids mapped back."""
    with psycopg.connect(url) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        row = connection.execute(
            "SELECT to_jsonb(min(snapshot_at)) #>> '{}' FROM supabase_move.runs"
        ).fetchone()
        assert row is not None
        # What has no time is dated by the snapshot: the offset is written in two ways.
        moment = str(row[0]).partition("+")[0]
        return {entity: _hashed(connection, entity, moment) for entity in ENTITIES}


def _hashed(connection: psycopg.Connection, entity: str, moment: str) -> str:
    table, key = TABLES[entity]
    joins, replaced = "", ""
    names = connection.execute(
        "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0", [f'"{table}"']
    )
    for (column,) in names.fetchall():
        if column in REFERENCES and column != key:
            alias = f"m_{column.lower()}"
            joins += f' LEFT JOIN {id_map(REFERENCES[column])} {alias} ON {alias}.target_id = t."{column}"'
            replaced += f" || jsonb_build_object('{column}', {alias}.source_id)"
    dated = " - 'CreatedAt'" if table in UNDATED else ""
    said = f"((to_jsonb(t) - '{key}'{dated}){replaced})::text"
    row = connection.execute(
        "SELECT count(*) || ' ' || coalesce(md5(string_agg(said, '|' ORDER BY said)), '') FROM"
        f" (SELECT md5(m.source_id::text || replace({said}, '{moment}', 'the snapshot')) AS said"
        f' FROM {id_map(entity)} m JOIN "{table}" t ON t."{key}" = m.target_id{joins}) rows'.encode()
    ).fetchone()
    assert row is not None
    return str(row[0])
