"""Carries out what the user approved: typed actions on experiments, each at most once.

A graph node may run again after a crash, so the session's row is locked and the audit log asked whether this tool call was
carried out already; then what it gave is given again. Ids and contents come from the talk's state, never from a client.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import load_only

from persistence.models.audit import AuditEntry
from persistence.models.discovery import DiscoverySession
from persistence.models.experiment import Experiment
from persistence.repositories import Repository
from persistence.session import UnitOfWork
from persistence.types import ExperimentID, SessionID, WorkspaceID
from tools.access import Caller
from tools.audit import service as audit
from tools.errors import NotFound
from tools.experiments import service as experiments
from tools.experiments.queries import saved_as
from tools.experiments.schemas import ExperimentCreate
from tools.sender.service import keep_style_guide
from tools.turns.lease import LeaseLost

ActionTool = Literal["save_experiments", "replace_experiments", "delete_experiments"]
ENTITY = "discovery_session"


@dataclass(frozen=True)
class Order:
    """What is to be done: by which turn of which session, to which experiments, with which new ones."""

    session_id: SessionID
    turn_id: str
    tool: ActionTool
    tool_call_id: str
    experiment_ids: Sequence[ExperimentID]
    drafts: Sequence[dict[str, Any]]
    style_guide: dict[str, Any] | None = None
    """How the founder writes, to be kept with what is saved: outreach is written in that style."""


async def carry_out(
    uow: UnitOfWork, caller: Caller, workspace_id: WorkspaceID, order: Order
) -> dict[str, Any]:
    """Do it, or tell what it gave when it was done before: `{tool, experimentIds, count}`.

    Raises LeaseLost when the session belongs to another turn by now, Forbidden, and Invalid naming a broken rule.
    """
    await _lock_session(uow, workspace_id, order)
    done = await _done_before(uow, workspace_id, order)
    if done is not None:
        return done
    removed = saved = 0
    ids: list[int] = []
    if order.tool != "save_experiments":
        removed = await experiments.delete_experiments(uow, caller, workspace_id, order.experiment_ids)
    if order.tool != "delete_experiments":
        drafts = [ExperimentCreate.model_validate(draft) for draft in order.drafts]
        # A job may have saved the very set that the talk has on its table.
        rows: Sequence[Experiment] = await saved_as(uow, workspace_id, order.session_id, drafts)
        rows = rows or await experiments.save_experiments(
            uow, caller, workspace_id, drafts, session_id=order.session_id
        )
        ids, saved = [row.id for row in rows], len(rows)
        if order.style_guide is not None:
            await keep_style_guide(uow, caller, workspace_id, order.style_guide)
    result = {"tool": order.tool, "experimentIds": ids, "count": saved or removed}
    await _note(uow, caller, workspace_id, order, "approved", result)
    return result


async def note_declined(uow: UnitOfWork, caller: Caller, workspace_id: WorkspaceID, order: Order) -> None:
    """Note in the audit log that the user said no; once, however often the node runs."""
    await _lock_session(uow, workspace_id, order)
    if await _done_before(uow, workspace_id, order) is None:
        await _note(uow, caller, workspace_id, order, "declined", {"tool": order.tool})


async def _lock_session(uow: UnitOfWork, workspace_id: WorkspaceID, order: Order) -> None:
    """Hold the session until the transaction ends. Raises NotFound, LeaseLost."""
    session = await Repository(uow.session, DiscoverySession).get(
        DiscoverySession.id == order.session_id,
        DiscoverySession.workspace_id == workspace_id,
        options=[load_only(DiscoverySession.id, DiscoverySession.active_turn_id)],
        for_update=True,
    )
    if session is None:
        raise NotFound("There is no such conversation.")
    if session.active_turn_id != UUID(order.turn_id):
        raise LeaseLost


async def _done_before(uow: UnitOfWork, workspace_id: WorkspaceID, order: Order) -> dict[str, Any] | None:
    statement = select(AuditEntry.to).where(
        AuditEntry.workspace_id == workspace_id,
        AuditEntry.entity == ENTITY,
        AuditEntry.entity_id == str(order.session_id),
        AuditEntry.to["toolCallId"].astext == order.tool_call_id,
    )
    noted = (await uow.session.execute(statement)).scalars().first()
    return None if noted is None else dict(noted["result"])


async def _note(
    uow: UnitOfWork,
    caller: Caller,
    workspace_id: WorkspaceID,
    order: Order,
    action: str,
    result: dict[str, Any],
) -> None:
    await audit.record(
        uow,
        caller,
        workspace_id,
        entity=ENTITY,
        entity_id=order.session_id,
        action=action,
        after={"toolCallId": order.tool_call_id, "result": result},
    )
