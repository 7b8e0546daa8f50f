"""Clients, users, and the caller a signed-in user becomes."""

from typing import Any
from uuid import uuid4

from persistence.models.user import Client, User
from persistence.session import UnitOfWork
from tests.factories.numbers import next_number
from tests.factories.rows import insert
from tools.access import Caller


async def make_client(uow: UnitOfWork, **values: Any) -> Client:
    """An organisation."""
    unique = uuid4().hex[:12]
    return await insert(uow, Client, {"name": f"Organisation {unique}", "slug": f"org-{unique}"}, values)


async def make_user(uow: UnitOfWork, *, client: Client | None = None, **values: Any) -> User:
    """A user in `client`, or in a Client of their own."""
    client = client or await make_client(uow)
    number = next_number()
    defaults = {
        "client_id": client.id,
        "supabase_user_id": uuid4(),
        "email": f"person{number}@example.com",
        "name": f"Person {number}",
    }
    return await insert(uow, User, defaults, values)


def caller_of(user: User) -> Caller:
    """The caller that a token of this user gives."""
    assert user.supabase_user_id is not None
    return Caller(user.id, user.client_id, user.supabase_user_id, user.email, user.name)
