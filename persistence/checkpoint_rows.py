"""Checkpoints as rows of the saver's tables: all that a run stores at once, and the proof that it may, in one statement.

The stock saver takes a transaction of six and more statements for it, and a thread for each packing. What is stored is the
same, row for row; a test compares them, so that a release of the saver that stores otherwise is noticed.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
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
from psycopg import AsyncConnection
from psycopg.rows import DictRow

Row = tuple[Any, ...]


@dataclass(frozen=True)
class Proof:
    """What must hold while a run writes: a SELECT that finds a row, and should lock it. `refuse` raises when there is none."""

    select: LiteralString
    values: Mapping[str, Any]
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
    """The rows of a batch, in the order of the columns of `STORE`."""

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
        checkpoint = _json({**put.checkpoint, "channel_values": plain})
        metadata = _json(get_serializable_checkpoint_metadata(put.config, put.metadata))
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


BLOBS: LiteralString = """
    INSERT INTO checkpoint_blobs (thread_id, checkpoint_ns, channel, version, type, blob)
    SELECT row.* FROM proved, unnest(
        %(blobs_0)b::text[], %(blobs_1)b::text[], %(blobs_2)b::text[], %(blobs_3)b::text[], %(blobs_4)b::text[],
        %(blobs_5)b::bytea[]
    ) AS row
    ON CONFLICT (thread_id, checkpoint_ns, channel, version) DO NOTHING
"""
CHECKPOINTS: LiteralString = """
    INSERT INTO checkpoints (thread_id, checkpoint_ns, checkpoint_id, parent_checkpoint_id, checkpoint, metadata)
    SELECT row.* FROM proved, unnest(
        %(checkpoints_0)b::text[], %(checkpoints_1)b::text[], %(checkpoints_2)b::text[], %(checkpoints_3)b::text[],
        %(checkpoints_4)b::jsonb[], %(checkpoints_5)b::jsonb[]
    ) AS row
    ON CONFLICT (thread_id, checkpoint_ns, checkpoint_id)
    DO UPDATE SET checkpoint = EXCLUDED.checkpoint, metadata = EXCLUDED.metadata
"""
WRITES: LiteralString = """
    INSERT INTO checkpoint_writes
        (thread_id, checkpoint_ns, checkpoint_id, task_id, idx, task_path, channel, type, blob)
    SELECT row.* FROM proved, unnest(
        %(writes_0)b::text[], %(writes_1)b::text[], %(writes_2)b::text[], %(writes_3)b::text[], %(writes_4)b::int[],
        %(writes_5)b::text[], %(writes_6)b::text[], %(writes_7)b::text[], %(writes_8)b::bytea[]
    ) AS row
    ON CONFLICT (thread_id, checkpoint_ns, checkpoint_id, task_id, idx) DO NOTHING
"""
REPLACED: LiteralString = """
    INSERT INTO checkpoint_writes
        (thread_id, checkpoint_ns, checkpoint_id, task_id, idx, task_path, channel, type, blob)
    SELECT row.* FROM proved, unnest(
        %(replaced_0)b::text[], %(replaced_1)b::text[], %(replaced_2)b::text[], %(replaced_3)b::text[],
        %(replaced_4)b::int[], %(replaced_5)b::text[], %(replaced_6)b::text[], %(replaced_7)b::text[],
        %(replaced_8)b::bytea[]
    ) AS row
    ON CONFLICT (thread_id, checkpoint_ns, checkpoint_id, task_id, idx)
    DO UPDATE SET channel = EXCLUDED.channel, type = EXCLUDED.type, blob = EXCLUDED.blob
"""


async def store(
    connection: AsyncConnection[DictRow],
    serde: SerializerProtocol,
    proof: Proof,
    puts: Iterable[Put],
    writes: Iterable[Writes],
) -> None:
    """Store a batch, all or nothing, if the proof holds. Raises psycopg.Error, and what `proof.refuse` raises."""
    rows = Rows()
    for put in puts:
        rows.add(put, serde)
    for item in writes:
        rows.add_writes(item, serde)
    wanted: list[tuple[str, LiteralString, Sequence[Row]]] = [
        ("blobs", BLOBS, rows.blobs),
        ("checkpoints", CHECKPOINTS, rows.checkpoints),
        ("writes", WRITES, list(rows.writes.values())),
        ("replaced", REPLACED, list(rows.replaced.values())),
    ]
    parts: LiteralString = ""
    values = dict(proof.values)
    for name, insert, given in wanted:
        if given:
            parts += f", {name} AS ({insert})"
            values |= {
                f"{name}_{number}": list(column) for number, column in enumerate(zip(*given, strict=True))
            }
    # Only literal text of ours is joined: mypy holds all of it to LiteralString.
    statement: LiteralString = f"WITH proved AS MATERIALIZED ({proof.select}){parts} SELECT 1 FROM proved"  # noqa: S608
    found = await connection.execute(statement, values)
    if await found.fetchone() is None:
        proof.refuse()


def _is_plain(value: object) -> bool:
    """Whether a value stands in its checkpoint itself."""
    return value is None or isinstance(value, str | int | float | bool)


def _json(value: object) -> str:
    return orjson.dumps(value).decode()
