"""Looking up many keys at once, in a workspace that is being filled faster than Postgres' statistics follow.

`IN` with a thousand parameters, and plans that a connection keeps from when the table was empty, compare each key with
each row. One array, known to a plan that is made anew, is either looked up along the index or hashed: a pass over the
workspace's rows at worst.
"""

from collections.abc import Iterable

from sqlalchemy import ARRAY, ColumnElement, Text, any_, bindparam
from sqlalchemy.orm import InstrumentedAttribute


def is_any(key: InstrumentedAttribute[str | None], keys: Iterable[str | None]) -> ColumnElement[bool]:
    """Whether `key` is one of these; None is none of them."""
    distinct = sorted({word for word in keys if word is not None})
    return key == any_(bindparam(None, distinct, type_=ARRAY(Text), unique=True))
