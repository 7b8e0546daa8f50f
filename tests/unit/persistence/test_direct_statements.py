"""Statements for the driver: values in their order, each as SQLAlchemy would write it."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Enum, Integer, bindparam, select
from sqlalchemy.dialects.postgresql import JSONB, asyncpg
from sqlalchemy.types import TypeEngine

from persistence.driver.statements import DirectStatement
from persistence.models.agent_run import AgentRunStatus

VALUES: dict[str, TypeEngine[Any]] = {"number": Integer(), "status": Enum(AgentRunStatus), "told": JSONB()}
STATEMENT = DirectStatement(
    select(*(bindparam(name, type_=kind) for name, kind in VALUES.items()), bindparam("fixed", 7))
)
DIALECT = asyncpg.dialect()  # type: ignore[no-untyped-call]

_json: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(), lambda inner: st.dictionaries(st.text(), inner)
)


@given(number=st.none() | st.integers(), status=st.none() | st.sampled_from(AgentRunStatus), told=_json)
def test_values_are_written_as_sqlalchemy_writes_them(
    number: int | None, status: AgentRunStatus | None, told: object
) -> None:
    values = {"told": told, "status": status, "number": number}
    written = STATEMENT.arguments(**values)
    assert written[3] == 7
    for argument, (name, kind) in zip(written[:2], VALUES.items(), strict=False):
        write = kind.dialect_impl(DIALECT).bind_processor(DIALECT)
        value = values[name]
        assert argument == (value if write is None or value is None else write(value))
    assert json.loads(written[2] or "null") == told


def test_a_value_that_is_not_known_is_named() -> None:
    with pytest.raises(KeyError, match="colour"):
        STATEMENT.arguments(number=1, colour="red")
