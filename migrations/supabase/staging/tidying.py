"""What SQL alone can't do to staged rows: JSON that isn't quite, keys of odd addresses, words.

Only the odd rows come to Python; the plain majority is never looked at one by one.
"""

from collections.abc import Iterator
from enum import StrEnum
from typing import Any

from migrations.supabase.sources.json_text import repaired
from migrations.supabase.sources.quoting import name as quoted
from migrations.supabase.sources.shape import JSON_COLUMNS
from migrations.supabase.target.connection import Target
from migrations.supabase.target.ledger import SCHEMA, staged
from migrations.supabase.words import Meaning, format_of, meaning
from persistence.models.campaign import CampaignStatus
from persistence.models.experiment import ExperimentStatus, ExperimentType
from persistence.models.lead import LeadOutcome, LeadStatus
from persistence.models.workspace import OnboardingStatus, ProjectRole
from tools.leads.identity import keys_of

ENUM_COLUMNS: tuple[tuple[type[StrEnum], str, str], ...] = (
    (ProjectRole, "workspace_members", "role"),
    (OnboardingStatus, "workspaces", "onboarding_status"),
    (ExperimentType, "experiments", "type"),
    (ExperimentStatus, "experiments", "status"),
    (CampaignStatus, "campaigns", "status"),
    (LeadStatus, "leads", "status"),
    (LeadOutcome, "leads", "outcome"),
)
FORMAT = "format"
BATCH = 1_000


def tidy(target: Target, shape: dict[str, Any]) -> None:
    """Mend JSON, look words up, make missing keys. Inside of staging's transaction."""
    _learn_words(target)
    for table, columns in JSON_COLUMNS.items():
        for column in columns:
            if shape[table]["kinds"].get(column, "jsonb") != "jsonb":
                _mend_json(target, table, column)
    _make_keys(target)


def _learn_words(target: Target) -> None:
    """One line a distinct word of each enum column, and a distinct pair of platform and type of messages."""
    target.run(f"DROP TABLE IF EXISTS {SCHEMA}.words")
    target.run(f"CREATE UNLOGGED TABLE {SCHEMA}.words (kind text, raw text, means text, suggestion text)")
    for kind, table, column in ENUM_COLUMNS:
        rows = target.rows(f"SELECT DISTINCT {column} FROM {staged(table)} WHERE {column} IS NOT NULL")
        _note_words(target, kind.__name__, ((raw, _word(kind, raw)) for (raw,) in rows))
    pairs = target.rows(
        f"SELECT DISTINCT coalesce(platform, ''), coalesce(message_type, '') FROM {staged('generated_messages')}"
    )
    _note_words(target, FORMAT, ((f"{one}\x1f{two}", format_of(one, two)) for one, two in pairs))
    target.run(f"ANALYZE {SCHEMA}.words")


def _word(kind: type[StrEnum], raw: str) -> Meaning:
    """An empty word is no word: the column's default, like NULL."""
    return meaning(kind, raw) if raw.strip() else Meaning("")


def _note_words(target: Target, kind: str, words: Iterator[tuple[str, Meaning]]) -> None:
    with target.copying(f"COPY {SCHEMA}.words FROM STDIN") as copy:
        for raw, meant in words:
            copy.write_row([kind, raw, meant.means, meant.suggestion])


def _mend_json(target: Target, table: str, column: str) -> None:
    """Replace what jsonb refuses by what was meant: NULs and lone surrogates go. What is no JSON at all stays."""
    asked = (
        f"SELECT rowno, {quoted(column)} FROM {staged(table)}"
        f" WHERE {quoted(column)} IS NOT NULL AND {SCHEMA}.try_json({quoted(column)}) IS NULL"
    )
    batch: list[tuple[int, str]] = []
    for rowno, raw in target.stream(asked):
        mended = repaired(raw)
        if mended is not None:
            batch.append((rowno, mended))
        if len(batch) == BATCH:
            _replace(target, table, column, batch)
            batch = []
    _replace(target, table, column, batch)


def _replace(target: Target, table: str, column: str, rows: list[tuple[int, str]]) -> None:
    if rows:
        target.run(
            f"UPDATE {staged(table)} s SET {quoted(column)} = n.value"
            " FROM unnest(%s::bigint[], %s::text[]) AS n(rowno, value) WHERE s.rowno = n.rowno",
            [[rowno for rowno, _ in rows], [value for _, value in rows]],
        )


def _make_keys(target: Target) -> None:
    """Keys of leads that the source's SQL left to `tools/keys.py`."""
    asked = f"SELECT rowno, linkedin_url, email, company FROM {staged('leads')} WHERE NOT keyed"
    target.run(
        "CREATE TEMP TABLE made_keys (rowno bigint, linkedin text, email text, company text) ON COMMIT DROP"
    )
    batch: list[list[Any]] = []
    for rowno, linkedin, email, company in target.stream(asked):
        keys = keys_of(linkedin_url=linkedin, email=email, company=company, company_domain=None)
        batch.append([rowno, keys.linkedin, keys.email, keys.company])
        if len(batch) == BATCH:
            _note_keys(target, batch)
            batch = []
    _note_keys(target, batch)
    target.run(
        f"UPDATE {staged('leads')} s SET linkedin_key = k.linkedin, email_key = k.email, company_key = k.company,"
        " keyed = true FROM made_keys k WHERE k.rowno = s.rowno"
    )
    target.run("DROP TABLE made_keys")


def _note_keys(target: Target, rows: list[list[Any]]) -> None:
    with target.copying("COPY made_keys FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)
