"""Statements that SQLAlchemy builds once, as text for the driver's own connections (`direct_connections.py`)."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.dialects.postgresql import asyncpg
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.expression import Executable

_DIALECT = asyncpg.dialect()  # type: ignore[no-untyped-call]


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
        self._fixed = self._converted({name: compiled.params[name] for name in self._names})

    def arguments(self, **values: Any) -> list[Any]:
        """The values in their order. Raises KeyError for one that the statement does not take."""
        unknown = values.keys() - self._fixed.keys()
        if unknown:
            raise KeyError(", ".join(sorted(unknown)))
        return list((self._fixed | self._converted(values)).values())

    def _converted(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Values as the driver takes them."""
        return {
            name: self._written[name](value) if name in self._written and value is not None else value
            for name, value in values.items()
        }
