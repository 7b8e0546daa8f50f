"""The tables the old front end wrote, and whether a source has them.

Columns beyond these are kept too (`extras` in the move's schema), except of accounts, whose other columns are secrets.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from migrations.supabase.problems import SourceProblem


@dataclass(frozen=True)
class OldTable:
    """One table of the source. `needed` are the columns without which its rows mean nothing."""

    name: str
    columns: tuple[str, ...]
    needed: tuple[str, ...]
    keeps_extras: bool = True


@dataclass(frozen=True)
class Column:
    """A column of the source. `kind` is Postgres' name of its type; of files everything is `text`."""

    name: str
    kind: str = "text"


Found = Mapping[str, Sequence[Column]]

TIMES = ("created_at", "updated_at")
OLD_TABLES = (
    OldTable(
        "users", ("id", "email", "raw_user_meta_data", *TIMES, "deleted_at", "banned_until"), ("id",), False
    ),
    OldTable(
        "workspaces",
        (
            "id",
            "user_id",
            "name",
            "website",
            "role",
            "favicon_url",
            "onboarding_status",
            "discovery_chat_history",
            *TIMES,
        ),
        ("id", "user_id", "name"),
    ),
    OldTable(
        "workspace_members", ("workspace_id", "user_id", "role", "created_at"), ("workspace_id", "user_id")
    ),
    OldTable("onboarding_data", ("id", "workspace_id", "data", *TIMES), ("workspace_id",)),
    OldTable(
        "experiments",
        (
            *(
                "id",
                "workspace_id",
                "name",
                "type",
                "pattern",
                "industries",
                "pain",
                "trigger",
                "wiza_filters",
            ),
            *("outreach_angle", "status", "leads_found", "leads_warming", "meetings_booked", *TIMES),
        ),
        ("id", "workspace_id", "name", "type"),
    ),
    OldTable(
        "campaigns",
        ("id", "workspace_id", "experiment_id", "name", "status", *TIMES),
        ("id", "workspace_id", "name"),
    ),
    OldTable(
        "leads",
        (
            *(
                "id",
                "campaign_id",
                "workspace_id",
                "full_name",
                "job_title",
                "company",
                "linkedin_url",
                "email",
            ),
            *(
                "avatar_url",
                "enrichment_data",
                "outbound_message",
                "outcome",
                "outcome_reason",
                "status",
                *TIMES,
            ),
        ),
        ("id", "campaign_id", "full_name"),
    ),
    OldTable(
        "generated_messages",
        (
            "id",
            "lead_id",
            "platform",
            "message_type",
            "content",
            "context",
            "thinking",
            "timestamp",
            "created_at",
        ),
        ("id", "lead_id", "content"),
    ),
    OldTable(
        "discovery_feedback",
        ("id", "workspace_id", "user_id", "rating", "feedback", "created_at"),
        ("id", "workspace_id", "user_id", "rating"),
    ),
)
BY_NAME = {table.name: table for table in OLD_TABLES}
JSON_COLUMNS = {
    "users": ("raw_user_meta_data",),
    "workspaces": ("discovery_chat_history",),
    "onboarding_data": ("data",),
    "experiments": ("industries", "wiza_filters"),
    "leads": ("enrichment_data",),
}


def require_shape(found: Found) -> None:
    """Raise SourceProblem unless this is a database of the old front end."""
    if "workspaces" not in found:
        seen = ", ".join(sorted(found)[:12]) or "nothing"
        raise SourceProblem(
            f"There is no table `workspaces`: this isn't a database of the old front end (it has {seen}).",
            "Name the database, or the folder of exports, that holds workspaces, campaigns and leads.",
        )
    for name, columns in found.items():
        if name in BY_NAME:
            _require_columns(BY_NAME[name], [column.name for column in columns])


def extra_columns(table: OldTable, columns: Sequence[Column]) -> list[Column]:
    """Columns of the source that have no place of their own here, and are kept as they are."""
    if not table.keeps_extras:
        return []
    return [column for column in columns if column.name not in table.columns]


def absent_columns(table: OldTable, columns: Sequence[Column]) -> list[str]:
    """Known columns that this source doesn't have."""
    present = {column.name for column in columns}
    return [name for name in table.columns if name not in present]


def _require_columns(table: OldTable, present: Sequence[str]) -> None:
    for name in table.needed:
        if name not in present:
            near = get_close_matches(name, present, n=1, cutoff=0.5)
            advice = f"Is it `{near[0]}`? " if near else ""
            raise SourceProblem(
                f"The table `{table.name}` has no column `{name}` (it has {', '.join(present[:20])}).",
                f"{advice}Give the column this name in a view or in the file's first line.",
            )
