"""Suppressions: list, add and lift them, and whether somebody may be written to."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import and_, or_, select
from sqlalchemy.dialects.postgresql import insert

from persistence.models.suppression import Suppression, SuppressionKind, SuppressionReason
from persistence.models.workspace import ProjectRole, Workspace
from persistence.repositories import Repository
from persistence.session import UnitOfWork
from persistence.types import WorkspaceID
from tools.access import Caller, require_role
from tools.audit import service as audit
from tools.audit.service import Change
from tools.errors import Conflict, NotFound
from tools.paging import Page, PageRequest, page_of
from tools.suppressions.hashing import Contact, ContactHashes, masked
from tools.suppressions.schemas import SuppressionCreate

ENTITY = "suppression"

LASTING = frozenset({SuppressionReason.OPT_OUT, SuppressionReason.COMPLAINT, SuppressionReason.LEGAL})
"""What somebody asked for, or the law: never removed, and kept when the workspace goes."""


@dataclass(frozen=True)
class Added:
    """A suppression that was asked for. `new` is False when it was there before."""

    row: Suppression
    new: bool


async def list_suppressions(
    uow: UnitOfWork,
    caller: Caller,
    workspace_id: WorkspaceID,
    page: PageRequest,
    *,
    kinds: Collection[SuppressionKind] = (),
) -> Page[Suppression]:
    """A workspace's suppressions, oldest first. Raises NotFound."""
    await require_role(uow, caller, workspace_id)
    statement = select(Suppression).where(Suppression.workspace_id == workspace_id)
    if kinds:
        statement = statement.where(Suppression.kind.in_(kinds))
    return await page_of(uow, statement, [Suppression.id], page)


async def suppress(
    uow: UnitOfWork,
    caller: Caller,
    workspace_id: WorkspaceID,
    wanted: Sequence[SuppressionCreate],
    hashes: ContactHashes,
) -> list[Added]:
    """Add suppressions, in the order given. One that is there stays; a lasting reason takes the place of another.

    Raises NotFound, Forbidden.
    """
    await require_role(uow, caller, workspace_id, ProjectRole.MEMBER)
    return await add_suppressions(uow, caller, workspace_id, wanted, hashes)


async def add_suppressions(
    uow: UnitOfWork,
    caller: Caller,
    workspace_id: WorkspaceID,
    wanted: Sequence[SuppressionCreate],
    hashes: ContactHashes,
) -> list[Added]:
    """`suppress`, for who was checked to answer for the workspace in another way."""
    client_id = await hold_additions(uow, workspace_id)
    keys = {(item.kind, hashes.of(item.kind, item.value)): item for item in _strongest_last(wanted)}
    values = [
        {
            "client_id": client_id,
            "workspace_id": workspace_id,
            "kind": kind,
            "key_hash": key_hash,
            "masked_value": masked(kind, item.value),
            "reason": item.reason,
            "created_by_user_id": caller.user_id,
        }
        for (kind, key_hash), item in keys.items()
    ]
    statement = insert(Suppression).values(values).on_conflict_do_nothing().returning(Suppression.id)
    made = set((await uow.session.execute(statement)).scalars())
    rows = await Repository(uow.session, Suppression).get_all(
        Suppression.workspace_id == workspace_id, Suppression.key_hash.in_([key for _, key in keys])
    )
    stored = {(row.kind, row.key_hash): row for row in rows}
    changes = [Change(ENTITY, row.id, "created", None, _summary(row)) for row in rows if row.id in made]
    changes += [_strengthen(stored[key], item) for key, item in keys.items() if _stronger(item, stored[key])]
    await uow.session.flush()
    await audit.record_all(uow, caller, workspace_id, changes)
    return _in_order(wanted, stored, made, hashes)


async def lift(uow: UnitOfWork, caller: Caller, workspace_id: WorkspaceID, suppression_id: int) -> None:
    """Remove a suppression. For admins and owners.

    Raises NotFound, Forbidden, and Conflict for one that lasts.
    """
    await require_role(uow, caller, workspace_id, ProjectRole.ADMIN)
    rows = Repository(uow.session, Suppression)
    of_workspace = Suppression.workspace_id == workspace_id
    row = await rows.get(of_workspace, Suppression.id == suppression_id, for_update=True)
    if row is None:
        raise NotFound("There is no such suppression.")
    if row.reason in LASTING:
        raise Conflict(
            f"A suppression for `{row.reason.value}` lasts: nobody can remove it here.",
            code="suppression_lasts",
        )
    await rows.delete(Suppression.id == row.id)
    await audit.record(
        uow, caller, workspace_id, entity=ENTITY, entity_id=row.id, action="deleted", before=_summary(row)
    )


async def forbidding(
    uow: UnitOfWork, workspace_id: WorkspaceID, contact: Contact, hashes: ContactHashes
) -> Suppression | None:
    """The suppression that forbids writing to this contact, or None. `hold_suppressions` keeps it true until the end.

    What lasts also counts when it came from a workspace of the same Client that is gone. Access was checked before.
    """
    found = hashes.matching(contact)
    client_id = select(Workspace.client_id).where(Workspace.id == workspace_id).scalar_subquery()
    if not found:
        return None
    gone = and_(Suppression.workspace_id.is_(None), Suppression.reason.in_(LASTING))
    statement = (
        select(Suppression)
        .where(
            Suppression.client_id == client_id,
            Suppression.key_hash.in_(found),
            or_(Suppression.workspace_id == workspace_id, gone),
        )
        .order_by(Suppression.id)
        .limit(1)
    )
    return (await uow.session.execute(statement)).scalar_one_or_none()


async def hold_suppressions(uow: UnitOfWork, workspace_id: WorkspaceID) -> None:
    """Let nobody add a suppression to this workspace until the transaction ends. To be called before leads are locked."""
    statement = select(Workspace.id).where(Workspace.id == workspace_id).with_for_update(read=True)
    await uow.session.execute(statement)


async def hold_additions(uow: UnitOfWork, workspace_id: WorkspaceID) -> int:
    """The Client of the workspace, whose row is held: what is being queued waits, or is seen."""
    statement = (
        select(Workspace.client_id).where(Workspace.id == workspace_id).with_for_update(key_share=True)
    )
    return (await uow.session.execute(statement)).scalar_one()


def _strongest_last(wanted: Sequence[SuppressionCreate]) -> list[SuppressionCreate]:
    """What is asked for twice is kept for the reason that lasts."""
    return sorted(wanted, key=lambda item: item.reason in LASTING)


def _stronger(item: SuppressionCreate, row: Suppression) -> bool:
    return item.reason in LASTING and row.reason not in LASTING


def _strengthen(row: Suppression, item: SuppressionCreate) -> Change:
    """Give a suppression the reason that lasts."""
    before, row.reason = _summary(row), item.reason
    return Change(ENTITY, row.id, "changed", before, _summary(row))


def _in_order(
    wanted: Sequence[SuppressionCreate],
    stored: dict[tuple[SuppressionKind, bytes], Suppression],
    made: set[int],
    hashes: ContactHashes,
) -> list[Added]:
    """The rows in the order they were asked for; only the first mention of a new one made it."""
    added = []
    for item in wanted:
        row = stored[item.kind, hashes.of(item.kind, item.value)]
        added.append(Added(row, row.id in made))
        made.discard(row.id)
    return added


def _summary(row: Suppression) -> dict[str, object]:
    """What the audit log keeps: not whom it is about."""
    return {"kind": row.kind.value, "reason": row.reason.value}
