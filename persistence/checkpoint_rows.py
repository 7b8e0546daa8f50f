"""Checkpoints as rows of the saver's tables: all that a run stores at once, and the proof that it may, in one statement.

The stock saver takes a transaction of six and more statements for it, and a thread for each packing. What is stored is the
same, row for row; a test compares them, so that a release of the saver that stores otherwise is noticed. It goes out by
asyncpg as JSON and arrays of bytes: psycopg writes arrays in Python, and takes six times as long.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import count
from typing import Any, LiteralString, NoReturn

import orjson
from langchain_core.runnables import RunnableConfig
from langgraph.checkpoint.base import (
    WRITES_IDX_MAP,
    ChannelVersions,
    Checkpoint,
    CheckpointMetadata,
    get_serializable_checkpoint_metadata,
)
from langgraph.checkpoint.serde.base import SerializerProtocol

from persistence.driver.connections import OneConnection

Row = tuple[Any, ...]

ROOT = ""
"""The namespace of a graph's own checkpoints, as against its subgraphs'."""


@dataclass(frozen=True)
class Proof:
    """What must hold while a run writes: a SELECT that finds a row, and should lock it. `refuse` raises when there is none.

    `values` are those of the SELECT's $1, $2 and so on.
    """

    select: LiteralString
    values: Sequence[Any]
    refuse: Callable[[], NoReturn]


@dataclass(frozen=True)
class Put:
    """A checkpoint to be stored, as the saver's `aput` gets it. For graphs without DeltaChannels."""

    config: RunnableConfig
    checkpoint: Checkpoint
    metadata: CheckpointMetadata
    new_versions: ChannelVersions

    def after(self, older: "Put") -> "Put":
        """This checkpoint, with what changed in the older one that is not going to be stored."""
        changed = {**older.new_versions, **self.new_versions}
        return Put(self.config, self.checkpoint, self.metadata, changed)


@dataclass(frozen=True)
class Writes:
    """What a task wrote, as the saver's `aput_writes` gets it."""

    config: RunnableConfig
    writes: Sequence[tuple[str, Any]]
    task_id: str
    task_path: str


@dataclass
class Rows:
    """The rows of a batch, their values in the order of `COLUMNS`."""

    blobs: list[Row] = field(default_factory=list)
    checkpoints: list[Row] = field(default_factory=list)
    writes: dict[Row, Row] = field(default_factory=dict)
    """By their keys."""
    replaced: dict[Row, Row] = field(default_factory=dict)
    """Writes that take the place of stored ones with the same key."""

    def add(self, put: Put, serde: SerializerProtocol) -> None:
        """Take a checkpoint in: plain values stay in it, all others are blobs of their own."""
        place = put.config["configurable"]
        thread, namespace = place["thread_id"], place["checkpoint_ns"]
        values = put.checkpoint["channel_values"]
        plain = {name: value for name, value in values.items() if _is_plain(value)}
        for name, version in put.new_versions.items():
            if name in values and name not in plain:
                self.blobs.append((thread, namespace, name, version, *serde.dumps_typed(values[name])))
        checkpoint = {**put.checkpoint, "channel_values": plain}
        metadata = get_serializable_checkpoint_metadata(put.config, put.metadata)
        parent = place.get("checkpoint_id")
        self.checkpoints.append((thread, namespace, put.checkpoint["id"], parent, checkpoint, metadata))

    def add_writes(self, item: Writes, serde: SerializerProtocol) -> None:
        """Take in what a task wrote. Errors, interrupts and answers replace what is stored; results are stored once."""
        place = item.config["configurable"]
        task = (place["thread_id"], place["checkpoint_ns"], place["checkpoint_id"], item.task_id)
        replaces = all(channel in WRITES_IDX_MAP for channel, _ in item.writes)
        for number, (channel, value) in enumerate(item.writes):
            key = (*task, WRITES_IDX_MAP.get(channel, number))
            row = (*key, item.task_path, channel, *serde.dumps_typed(value))
            if replaces:
                self.writes.pop(key, None)
                self.replaced[key] = row
            elif key not in self.replaced:
                self.writes.setdefault(key, row)


WRITE = {
    "thread_id": "text",
    "checkpoint_ns": "text",
    "checkpoint_id": "text",
    "task_id": "text",
    "idx": "int",
    "task_path": "text",
    "channel": "text",
    "type": "text",
    "blob": "bytea",
}
COLUMNS: Mapping[str, Mapping[str, str]] = {
    "blobs": {
        "thread_id": "text",
        "checkpoint_ns": "text",
        "channel": "text",
        "version": "text",
        "type": "text",
        "blob": "bytea",
    },
    "checkpoints": {
        "thread_id": "text",
        "checkpoint_ns": "text",
        "checkpoint_id": "text",
        "parent_checkpoint_id": "text",
        "checkpoint": "jsonb",
        "metadata": "jsonb",
    },
    "writes": WRITE,
    "replaced": WRITE,
}
"""Columns of each kind of rows with their types, in the order of their values; bytes come last."""

INSERTS: Mapping[str, str] = {
    "blobs": """
        INSERT INTO checkpoint_blobs ({names}) SELECT row.* FROM proved, {rows}
        ON CONFLICT (thread_id, checkpoint_ns, channel, version) DO NOTHING
    """,
    "checkpoints": """
        INSERT INTO checkpoints ({names}) SELECT row.* FROM proved, {rows}
        ON CONFLICT (thread_id, checkpoint_ns, checkpoint_id)
        DO UPDATE SET checkpoint = EXCLUDED.checkpoint, metadata = EXCLUDED.metadata
    """,
    "writes": """
        INSERT INTO checkpoint_writes ({names}) SELECT row.* FROM proved, {rows}
        ON CONFLICT (thread_id, checkpoint_ns, checkpoint_id, task_id, idx) DO NOTHING
    """,
    "replaced": """
        INSERT INTO checkpoint_writes ({names}) SELECT row.* FROM proved, {rows}
        ON CONFLICT (thread_id, checkpoint_ns, checkpoint_id, task_id, idx)
        DO UPDATE SET channel = EXCLUDED.channel, type = EXCLUDED.type, blob = EXCLUDED.blob
    """,
}


DELETES: Mapping[str, str] = {
    "old_checkpoints": """
        DELETE FROM checkpoints old USING proved, {newest}
        WHERE old.thread_id = newest.thread_id AND old.checkpoint_ns = newest.checkpoint_ns
        AND old.checkpoint_id <> newest.checkpoint_id
    """,
    "old_writes": """
        DELETE FROM checkpoint_writes old USING proved, {newest}
        WHERE old.thread_id = newest.thread_id AND old.checkpoint_ns = newest.checkpoint_ns
        AND old.checkpoint_id <> newest.checkpoint_id
    """,
    "old_blobs": """
        DELETE FROM checkpoint_blobs old USING proved, {newest}
        WHERE old.thread_id = newest.thread_id AND old.checkpoint_ns = newest.checkpoint_ns
        AND newest.channel_versions ->> old.channel IS DISTINCT FROM old.version
    """,
}
"""What a thread's only checkpoint takes the place of. What the same statement stores is not seen by these.

Ids are times: that of a process whose clock is ahead may be later, though the proof says that it comes before.
"""
NEWEST = """
    jsonb_to_record(${number}::jsonb) AS
    newest(thread_id text, checkpoint_ns text, checkpoint_id text, channel_versions jsonb)
"""


async def store(
    connection: OneConnection,
    serde: SerializerProtocol,
    proof: Proof,
    puts: Iterable[Put],
    writes: Iterable[Writes],
    *,
    only: Put | None = None,
) -> None:
    """Store a batch, all or nothing, if the proof holds. Raises as the connection does, and what `proof.refuse` raises.

    `only`: one of `puts`, the newest of its thread, which keeps no other.
    """
    rows = Rows()
    for put in puts:
        rows.add(put, serde)
    for item in writes:
        rows.add_writes(item, serde)
    kinds: list[tuple[str, Sequence[Row]]] = [
        ("blobs", rows.blobs),
        ("checkpoints", rows.checkpoints),
        ("writes", list(rows.writes.values())),
        ("replaced", list(rows.replaced.values())),
    ]
    given = [(kind, found) for kind, found in kinds if found]
    kept = tuple(kind for kind, _ in given)
    statement = _statement(proof.select, len(proof.values), kept, prunes=only is not None)
    values = [value for kind, found in given for value in _values(kind, found)]
    if only is not None:
        values.append(_json(_newest(only)))
    if not await connection.rows(statement, *proof.values, *values):
        proof.refuse()


def _values(kind: str, rows: Sequence[Row]) -> Iterator[Any]:
    """Rows as values of the statement: JSON, and an array of bytes where there are some.

    An array of each column would have the driver look at every value twice whether it is an array itself.
    """
    columns = COLUMNS[kind]
    told = [name for name, type_ in columns.items() if type_ != "bytea"]
    yield _json([dict(zip(told, row, strict=False)) for row in rows])
    if len(told) < len(columns):
        yield [row[-1] for row in rows]


def _newest(put: Put) -> dict[str, Any]:
    place, checkpoint = put.config["configurable"], put.checkpoint
    return {
        "thread_id": place["thread_id"],
        "checkpoint_ns": place["checkpoint_ns"],
        "checkpoint_id": checkpoint["id"],
        "channel_versions": checkpoint["channel_versions"],
    }


@cache
def _statement(proof: LiteralString, first: int, kinds: Sequence[str], *, prunes: bool) -> str:
    """What stores these kinds of rows if the proof holds, whose own values are the `first` ones. Its row stands for the proof."""
    numbers = count(first + 1)
    parts = [f", {kind} AS ({_insert(kind, numbers)})" for kind in kinds]
    if prunes:
        newest = NEWEST.format(number=next(numbers))
        parts += [f", {kind} AS ({delete.format(newest=newest)})" for kind, delete in DELETES.items()]
    return f"WITH proved AS MATERIALIZED ({proof}){''.join(parts)} SELECT 1 FROM proved"  # noqa: S608 — SQL of our own


def _insert(kind: str, numbers: Iterator[int]) -> str:
    """The part for one kind, with the numbers of its values."""
    columns = COLUMNS[kind]
    told = ", ".join(f"{name} {type_}" for name, type_ in columns.items() if type_ != "bytea")
    sources = [f"jsonb_to_recordset(${next(numbers)}::jsonb) AS ({told})"]
    if "bytea" in columns.values():
        sources.append(f"unnest(${next(numbers)}::bytea[])")
    rows = f"ROWS FROM ({', '.join(sources)}) AS row"
    return INSERTS[kind].format(names=", ".join(columns), rows=rows)


def _is_plain(value: object) -> bool:
    """Whether a value stands in its checkpoint itself."""
    return value is None or isinstance(value, str | int | float | bool)


def _json(value: object) -> str:
    return orjson.dumps(value).decode()
