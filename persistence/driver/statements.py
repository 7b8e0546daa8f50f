"""Statements that SQLAlchemy builds once, as text for the driver's own connections (`direct_connections.py`)."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy.dialects.postgresql import asyncpg
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.expression import Executable

from persistence.many_rows import json_text

_DIALECT = asyncpg.dialect(json_serializer=json_text)  # type: ignore[no-untyped-call]


class DirectStatement:
    """A statement and the order of its values. What it finds comes as the driver reads it: JSON as text, enums as words."""

    def __init__(self, statement: Executable) -> None:
        compiled = statement.compile(dialect=_DIALECT)  # type: ignore[attr-defined]
        assert isinstance(compiled, SQLCompiler)
        self.text = str(compiled)
        self._names: Sequence[str] = tuple(compiled.positiontup or ())
        kinds = {bind.key: bind.type.dialect_impl(_DIALECT) for bind in compiled.binds.values()}
        self._written = {
            name: write
            for name in self._names
            if (write := kinds[compiled.binds[name].key].bind_processor(_DIALECT)) is not None
        }
        self._fixed = self._as_written({name: compiled.params[name] for name in self._names})

    def arguments(self, **values: Any) -> list[Any]:
        """The values in their order. Raises KeyError for one that the statement does not take."""
        given = self._fixed | self._as_written(values)
        if len(given) > len(self._fixed):
            raise KeyError(", ".join(sorted(given.keys() - self._fixed.keys())))
        return list(given.values())

    def _as_written(self, values: dict[str, Any]) -> dict[str, Any]:
        """These values, now as the driver takes them."""
        for name, write in self._written.items():
            if values.get(name) is not None:
                values[name] = write(values[name])
        return values
