"""Turns share a brief for as long as what it was made from is the same, and a process keeps only so many."""

import weakref
from dataclasses import replace
from typing import Any, cast
from uuid import uuid4

import orjson
import pytest

from persistence.types import ClientID, UserID, WorkspaceID
from tests.factories.states import brief
from tools.access import Caller
from tools.discovery.brief import CompanyBrief, brief_of
from tools.discovery.brief_rows import reference_of
from tools.discovery.shared_briefs import KeptBrief, KeptBriefs, SharedBrief, once
from tools.errors import NotFound

TOM = Caller(UserID(1), ClientID(1), uuid4(), None, "Tom")
HERE = WorkspaceID(1)
PAGE = {"url": "https://closewise.example", "title": "Closewise", "content": "Two days."}
EXPERIMENT: dict[str, Any] = {
    "id": 7,
    "name": "Traders",
    "type": "bullseye",
    "status": "pending",
    "pattern": None,
    "pain": None,
    "design": {"minimumSample": 1506, "persona": {"value": "Head of finance"}},
    "leads": 0,
    "contacted": 100,
    "replied": 4,
    "meetings": 1,
}
ROW: tuple[str | None, ...] = (
    "member",
    "Closewise",
    "https://closewise.example",
    None,
    None,
    '{"company": {"pitch": "Two days."}}',
    orjson.dumps([PAGE]).decode(),
    orjson.dumps([EXPERIMENT]).decode(),
    None,
)
CHANGES = [
    (1, "Renamed"),
    (2, "https://other.example"),
    (3, "de"),
    (5, '{"company": {"pitch": "One day."}}'),
    (6, orjson.dumps([{**PAGE, "content": "One day."}]).decode()),
    (6, None),
    (7, orjson.dumps([{**EXPERIMENT, "replied": 5}]).decode()),
    (8, '{"guide": {"tone": "dry"}, "learned_from": 900, "examples": ""}'),
]


class Stored:
    """A database that holds one row."""

    def __init__(self, row: tuple[str | None, ...] = ROW) -> None:
        self.row: tuple[str | None, ...] | None = row

    async def rows(self, *_: Any) -> list[tuple[str | None, ...]]:
        return [] if self.row is None else [tuple(text and "".join([*text]) for text in self.row)]

    def change(self, place: int, value: str | None) -> None:
        assert self.row is not None
        self.row = (*self.row[:place], value, *self.row[place + 1 :])


def is_kept(kept: KeptBriefs, workspace: int) -> bool:
    return any(key[0] == workspace for key in kept._kept)


async def test_what_has_not_changed_is_the_same_brief_under_the_same_name() -> None:
    kept, stored = KeptBriefs(), Stored()
    first = await kept.load(stored, TOM, HERE)
    first.stored = True
    stored.change(0, "owner")
    assert await kept.load(stored, replace(TOM, user_id=UserID(2)), HERE) is first
    assert first.brief == brief_of(list(ROW[1:]), TOM)
    assert first.reference == reference_of(first.brief)


@pytest.mark.parametrize(("place", "value"), CHANGES)
async def test_whatever_changes_makes_another_brief_that_is_not_known_to_be_stored(
    place: int, value: str | None
) -> None:
    kept, stored = KeptBriefs(), Stored()
    before = await kept.load(stored, TOM, HERE)
    before.stored = True
    stored.change(place, value)
    after = await kept.load(stored, TOM, HERE)
    assert after.brief != before.brief
    assert after.reference != before.reference
    assert not after.stored
    assert await kept.load(stored, TOM, HERE) is after


async def test_another_name_or_workspace_has_a_brief_of_its_own() -> None:
    kept, stored = KeptBriefs(), Stored()
    mine = await kept.load(stored, TOM, HERE)
    hers = await kept.load(stored, replace(TOM, name="Ada"), HERE)
    elsewhere = await kept.load(stored, TOM, WorkspaceID(2))
    assert [one.brief["user"] for one in (mine, hers, elsewhere)] == ["Tom", "Ada", "Tom"]
    assert elsewhere is not mine
    assert await kept.load(stored, TOM, HERE) is mine


async def test_who_is_no_member_any_more_is_told_nothing() -> None:
    kept, stored = KeptBriefs(), Stored()
    await kept.load(stored, TOM, HERE)
    stored.row = None
    with pytest.raises(NotFound):
        await kept.load(stored, TOM, HERE)


async def test_so_many_are_kept_and_those_asked_for_longest_ago_go_first() -> None:
    kept, stored = KeptBriefs(most=3), Stored()
    for number in (1, 2, 3, 1, 4):
        await kept.load(stored, TOM, WorkspaceID(number))
    assert [number for number in range(1, 5) if is_kept(kept, number)] == [1, 3, 4]


async def test_a_turn_goes_on_with_a_brief_that_was_pushed_out_and_holds_its_texts_alone() -> None:
    kept, stored = KeptBriefs(most=1), Stored()
    held = await kept.load(stored, TOM, HERE)
    before, there = held.brief, weakref.ref(cast(SharedBrief, held.brief))
    known = dict(before)
    del before
    await kept.load(stored, TOM, WorkspaceID(2))
    assert there() is None
    assert held.brief == known


async def test_so_many_bytes_are_kept_and_counted_again_when_a_brief_changes() -> None:
    stored = Stored()
    size = KeptBrief(list(ROW[1:]), TOM).size
    kept = KeptBriefs(most_bytes=3 * size)
    for number in (1, 2, 3):
        for _ in range(3):
            stored.change(5, orjson.dumps({"pitch": str(uuid4())[:8]}).decode())
            await kept.load(stored, TOM, WorkspaceID(number))
    assert all(is_kept(kept, number) for number in (1, 2, 3))
    stored.change(6, orjson.dumps([{**PAGE, "content": "x" * size}]).decode())
    large = await kept.load(stored, TOM, WorkspaceID(4))
    assert large.brief["pages"][0]["text"].startswith("xxx")
    assert kept._bytes == sum(one.size for one in kept._kept.values()) <= 3 * size


async def test_what_follows_from_a_shared_brief_is_worked_out_once() -> None:
    asked: list[CompanyBrief] = []

    def nothing(of: CompanyBrief) -> None:
        asked.append(of)

    def name(of: CompanyBrief) -> str:
        return of["workspace"]

    shared: Any = SharedBrief(brief())
    for _ in range(2):
        assert once(shared, name) == "Closewise"
        once(shared, nothing)
    assert len(asked) == 1
    for _ in range(2):
        once(brief(), nothing)
    assert len(asked) == 3
