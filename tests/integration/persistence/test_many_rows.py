"""Many rows in one statement are what they would be one by one."""

from typing import Any

from sqlalchemy import select

from persistence.many_rows import insert_many, insert_missing
from persistence.models.person import Person
from persistence.session import UnitOfWork
from tests.factories.workspaces import make_workspace

NAME = 'Zoë "quoted" \\ Ðé\' 🜁'


def person(client_id: int, number: int, **fields: Any) -> dict[str, Any]:
    """A person's fields by attribute name."""
    data = {"n": number, "huge": 10**30, "none": None, "text": NAME}
    key = f"in/person-{number}"
    return {
        "client_id": client_id,
        "linkedin_key": key,
        "full_name": NAME,
        "phone": None,
        "enrichment_data": data,
    } | fields


async def stored(uow: UnitOfWork, client_id: int) -> list[Person]:
    """The persons of a Client, by key."""
    found = select(Person).where(Person.client_id == client_id).order_by(Person.id)
    return list((await uow.session.execute(found)).scalars())


async def test_keys_come_in_the_order_of_the_rows(uow: UnitOfWork) -> None:
    client_id = (await make_workspace(uow)).client_id
    numbers = [number * 7919 % 3000 for number in range(3000)]
    keys = await insert_many(uow.session, Person, [person(client_id, number) for number in numbers])
    rows = await stored(uow, client_id)
    assert [row.id for row in rows] == keys
    assert [row.linkedin_key for row in rows] == [f"in/person-{number}" for number in numbers]


async def test_values_arrive_as_they_were_and_what_is_left_out_gets_its_default(uow: UnitOfWork) -> None:
    client_id = (await make_workspace(uow)).client_id
    await insert_many(uow.session, Person, [person(client_id, 1), person(client_id, 2, enrichment_data=None)])
    first, second = await stored(uow, client_id)
    assert (first.full_name, first.phone, first.email) == (NAME, None, None)
    assert first.enrichment_data == {"n": 1, "huge": 10**30, "none": None, "text": NAME}
    missing = select(Person.id).where(Person.client_id == client_id, Person.enrichment_data.is_(None))
    assert list((await uow.session.execute(missing)).scalars()) == [second.id]
    assert first.created_at.tzinfo is not None


async def test_rows_that_are_there_already_are_left_out(uow: UnitOfWork) -> None:
    client_id = (await make_workspace(uow)).client_id
    await insert_many(uow.session, Person, [person(client_id, 1, phone="old")])
    await insert_missing(uow.session, Person, [person(client_id, 1), person(client_id, 2)])
    assert [(row.linkedin_key, row.phone) for row in await stored(uow, client_id)] == [
        ("in/person-1", "old"),
        ("in/person-2", None),
    ]
