"""What becomes of one table: a declaration, from which accepting, inserting, updating and verifying are made.

Everywhere `s` is the staged row, `a` the accepted one with what it refers to, `t` the row in our table.
"""

from collections.abc import Mapping as Pairs
from dataclasses import dataclass, field
from typing import Any

from migrations.supabase.target.ledger import SCHEMA, staged


@dataclass(frozen=True)
class Rule:
    """A row for which `when` holds is set aside. `suggestion` is SQL for what to do about it."""

    when: str
    column: str
    reason: str
    suggestion: str = "NULL"


@dataclass(frozen=True)
class Note:
    """A value that comes otherwise than it was, which is kept with the remarks."""

    when: str
    column: str
    reason: str


@dataclass(frozen=True)
class Mapping:
    """One table of ours and where its rows come from."""

    entity: str
    table: str
    key: str
    source: str
    source_id: str
    """SQL of a uuid over `s`: what the row is called in the source."""
    columns: Pairs[str, str]
    """Our columns, as SQL over `s`, `a` and `scan_joins`."""
    joins: str = ""
    """What is needed to accept a row: SQL behind FROM … s."""
    refers: Pairs[str, str] = field(default_factory=dict)
    """What an accepted row keeps: SQL over `s` and `joins`."""
    scan_joins: str = ""
    rules: tuple[Rule, ...] = ()
    notes: tuple[Note, ...] = ()
    hashed: tuple[str, ...] = ()
    """SQL of further texts whose change is a change of the row."""
    adopts: str = "NULL::bigint"
    """SQL of the id of a row that is ours already and stands for the source's."""
    mark: str = 't."Version"'
    """SQL of a number over `t` that another one has after any change by the product."""
    first_mark: str | None = "1"
    """The mark of a new row, where that is known."""
    raw_json: Pairs[str, str] = field(default_factory=dict)
    """JSON columns with the source's own text: equal texts need no closer look."""
    uncompared: frozenset[str] = frozenset()
    """Columns that are counted, linked or dated by us; verified in another way, if at all."""
    fixed: frozenset[str] = frozenset()
    """Columns that an update leaves alone."""
    unique: bool = False
    """Whether the source itself sees to it that no id is there twice."""
    large: bool = False
    """Whether it may have millions of rows: it comes piece by piece."""
    keeps_extras: bool = False
    count_of: str | None = None
    """The table of the source whose every row is accounted for by this entity; None for derived ones."""

    @property
    def staged(self) -> str:
        """Where the source's rows are."""
        return staged(self.source)

    @property
    def unchanged_version(self) -> bool:
        """Whether the table counts its changes."""
        return "Version" in self.mark


@dataclass(frozen=True)
class Shape:
    """What is known of the source's columns, for choosing casts: values of a typed column need no care."""

    tables: Pairs[str, Any]
    dated_at: str

    def unique(self, table: str) -> bool:
        """Whether ids of a table are unique at the source."""
        return bool(self.tables[table]["unique"])

    def uuid(self, table: str, column: str) -> str:
        """A uuid, NULL when it is none."""
        return (
            f"s.{column}::uuid" if self._kind(table, column) == "uuid" else f"{SCHEMA}.try_uuid(s.{column})"
        )

    def time(self, table: str, column: str) -> str:
        """A time between the years 1000 and 3000, else NULL: others can't be read back."""
        if self._kind(table, column) == "timestamp with time zone":
            usable = f"left(s.{column}, 1) IN ('1', '2') AND substr(s.{column}, 5, 1) = '-'"
            return f"CASE WHEN {usable} THEN s.{column}::timestamptz END"
        return f"{SCHEMA}.try_time(s.{column})"

    def times(self, table: str, created: str = "created_at", updated: str = "updated_at") -> dict[str, str]:
        """CreatedAt and UpdatedAt; what has no time is dated by the snapshot."""
        began = f"coalesce({self.time(table, created)}, {self.moment})"
        return {
            "CreatedAt": began,
            "UpdatedAt": f"coalesce({self.time(table, updated)}, {self.time(table, created)}, {self.moment})",
        }

    def time_notes(self, table: str, *columns: str) -> tuple[Note, ...]:
        """Times that can't be used."""
        return tuple(
            Note(f"s.{column} IS NOT NULL AND ({self.time(table, column)}) IS NULL", column, "no usable time")
            for column in columns
        )

    def json(self, table: str, column: str) -> str:
        """A JSON value, NULL when it is none."""
        return (
            f"s.{column}::jsonb" if self._kind(table, column) == "jsonb" else f"{SCHEMA}.try_json(s.{column})"
        )

    def object(self, table: str, column: str) -> str:
        """A JSON object; any other value becomes its field `imported`. JSON null is no value."""
        value = self.json(table, column)
        return (
            f"CASE WHEN left(s.{column}, 1) = '{{' THEN {value} WHEN s.{column} = 'null' THEN NULL"
            f" WHEN s.{column} IS NOT NULL THEN {SCHEMA}.wrapped({value}) END"
        )

    @property
    def moment(self) -> str:
        """When the first snapshot was taken."""
        return f"'{self.dated_at}'::timestamptz"

    def _kind(self, table: str, column: str) -> str:
        return str(self.tables[table]["kinds"].get(column, "text"))


SPACE = r"E' \t\n\r\f\x0b\u00a0'"
"""White space, as SQL: `btrim` alone takes spaces only, and a name of a line end would pass for one."""


def trimmed(column: str) -> str:
    """A text without white space around it."""
    return f"btrim(s.{column}, {SPACE})"


def text(column: str) -> str:
    """A text, NULL when it is blank."""
    return f"nullif({trimmed(column)}, '')"


def cut(column: str, most: int) -> str:
    """A text, at most so long."""
    return f"left({text(column)}, {most})"


def whole(column: str, most: int) -> str:
    """A text that means nothing when it is cut: NULL when it is too long."""
    return f"CASE WHEN char_length(s.{column}) <= {most} THEN {text(column)} END"


def too_long(column: str, most: int, what: str = "cut") -> Note:
    """The note of a text that was too long."""
    return Note(f"char_length(s.{column}) > {most}", column, f"longer than {most} characters: {what}")


def word(alias: str, kind: str, column: str) -> str:
    """The join to what a word means."""
    return f" LEFT JOIN {SCHEMA}.words {alias} ON {alias}.kind = '{kind}' AND {alias}.raw = s.{column}"


def unknown_word(alias: str, column: str) -> Rule:
    """The rule of words that nobody knows."""
    return Rule(
        f"s.{column} IS NOT NULL AND {alias}.means IS NULL", column, "unknown word", f"{alias}.suggestion"
    )


NO_ID = "no valid id"
