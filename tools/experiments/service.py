"""Experiments: list, save, read, change and delete them. A status moves only along `status.MOVES`."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import delete, select

from persistence.models.campaign import Campaign
from persistence.models.experiment import Experiment, ExperimentStatus, ExperimentType
from persistence.models.workspace import ProjectRole
from persistence.repositories import Repository
from persistence.session import UnitOfWork
from persistence.types import ExperimentID, SessionID, WorkspaceID
from tools.access import Caller, require_role
from tools.audit import service as audit
from tools.audit.service import Change
from tools.errors import Conflict, NotFound
from tools.experiments.design import ExperimentDesign
from tools.experiments.grounding import grounded
from tools.experiments.queries import experiment_of, set_of
from tools.experiments.rules import Arm
from tools.experiments.schemas import ExperimentCreate, ExperimentUpdate
from tools.experiments.status import check_move, check_start
from tools.experiments.targeting import check_targeting, design_of, has_begun
from tools.experiments.validity import check_design, check_drafts, check_in_set
from tools.paging import Page, PageRequest, page_of
from tools.versions import require_version

ENTITY = "experiment"


async def list_experiments(
    uow: UnitOfWork,
    caller: Caller,
    workspace_id: WorkspaceID,
    page: PageRequest,
    *,
    statuses: Collection[ExperimentStatus] = (),
    types: Collection[ExperimentType] = (),
    newest_first: bool = False,
) -> Page[Experiment]:
    """A workspace's experiments, oldest first unless asked otherwise; empty filters let all through."""
    await require_role(uow, caller, workspace_id)
    statement = select(Experiment).where(Experiment.workspace_id == workspace_id)
    if statuses:
        statement = statement.where(Experiment.status.in_(statuses))
    if types:
        statement = statement.where(Experiment.type.in_(types))
    return await page_of(uow, statement, [Experiment.id], page, descending=newest_first)


async def save_experiments(
    uow: UnitOfWork,
    caller: Caller,
    workspace_id: WorkspaceID,
    drafts: Sequence[ExperimentCreate],
    *,
    session_id: SessionID | None = None,
) -> Sequence[Experiment]:
    """Save new experiments, all or none; the rows in the order given.

    `session_id` names the talk they came from, which has checked their evidence; without it the evidence is checked here.
    Raises NotFound, Forbidden, Invalid naming the rule a design breaks, Conflict for a start other than pending.
    """
    await require_role(uow, caller, workspace_id, ProjectRole.MEMBER)
    for draft in drafts:
        check_start(draft.status)
    if session_id is None:
        drafts = await _with_checked_evidence(uow, workspace_id, drafts)
    check_drafts(drafts)
    rows = [
        Experiment(workspace_id=workspace_id, session_id=session_id, **_values(dict(draft)))
        for draft in drafts
    ]
    await Repository(uow.session, Experiment).create(*rows)
    made = [Change(ENTITY, row.id, "created", None, _summary(row)) for row in rows]
    await audit.record_all(uow, caller, workspace_id, made)
    return rows


async def read_experiment(uow: UnitOfWork, caller: Caller, experiment_id: ExperimentID) -> Experiment:
    """One experiment. Raises NotFound."""
    return await experiment_of(uow, caller, experiment_id)


async def update_experiment(
    uow: UnitOfWork,
    caller: Caller,
    experiment_id: ExperimentID,
    change: ExperimentUpdate,
    *,
    expected_version: int | None = None,
) -> Experiment:
    """Change what `change` names. For members and above.

    Raises NotFound, Forbidden, StaleVersion, Invalid for a design that breaks a rule, and Conflict for a status that
    may not follow and for a design that is fixed.
    """
    experiment = await experiment_of(uow, caller, experiment_id, ProjectRole.MEMBER, for_update=True)
    require_version(experiment, expected_version)
    sent = change.changes()
    status = sent.pop("status", experiment.status)
    await _check_design(uow, experiment, sent)
    if "wiza_filters" in sent:
        await change_filters(uow, caller, experiment, sent.pop("wiza_filters"))
    for name, value in _values(sent).items():
        setattr(experiment, name, value)
    if status is not experiment.status:
        await move_experiment(uow, caller, experiment, status)
    await uow.session.flush()
    return experiment


async def change_filters(
    uow: UnitOfWork,
    caller: Caller,
    experiment: Experiment,
    filters: dict[str, Any] | None,
    *,
    found: dict[str, Any] | None = None,
) -> None:
    """Give an experiment other filters; where it has a design, the audit log keeps what its arm was and is. The row is locked.

    `found` is what counting said of the new ones. Raises Conflict for those of a tested dimension once leads were looked for.
    """
    before = experiment.wiza_filters
    if filters == before:
        return
    check_targeting(experiment, filters)
    experiment.wiza_filters = filters
    if experiment.design is not None:
        after = {"wizaFilters": filters, **(found or {})}
        change = Change(ENTITY, experiment.id, "targeted", {"wizaFilters": before}, after)
        await audit.record_all(uow, caller, experiment.workspace_id, [change])


async def move_experiment(
    uow: UnitOfWork, caller: Caller, experiment: Experiment, status: ExperimentStatus
) -> None:
    """Move an experiment and note who did. Raises Conflict, naming the legal moves. The row must be locked."""
    check_move(experiment.status, status)
    before, experiment.status = experiment.status, status
    await audit.record(
        uow,
        caller,
        experiment.workspace_id,
        entity=ENTITY,
        entity_id=experiment.id,
        action="moved",
        before={"status": before.value},
        after={"status": status.value},
    )


async def delete_experiment(uow: UnitOfWork, caller: Caller, experiment_id: ExperimentID) -> None:
    """Remove one experiment; its campaigns stay. Raises NotFound, Forbidden."""
    experiment = await experiment_of(uow, caller, experiment_id, ProjectRole.MEMBER)
    if not await _remove(uow, caller, experiment.workspace_id, [experiment.id]):
        raise NotFound("There is no such experiment.")


async def delete_experiments(
    uow: UnitOfWork, caller: Caller, workspace_id: WorkspaceID, experiment_ids: Collection[ExperimentID]
) -> int:
    """Remove those of the named experiments that belong to this workspace; their number. Raises NotFound, Forbidden."""
    await require_role(uow, caller, workspace_id, ProjectRole.MEMBER)
    return await _remove(uow, caller, workspace_id, experiment_ids)


async def _remove(
    uow: UnitOfWork, caller: Caller, workspace_id: WorkspaceID, experiment_ids: Collection[ExperimentID]
) -> int:
    """Delete what of these is in this workspace, and note what is gone; how many.

    Their campaigns are locked first, as counters lock them (`campaigns/counters.py`): deleting takes them out of the
    experiment, and would wait for a change that waits for the experiment.
    """
    theirs = select(Campaign.id).where(
        Campaign.workspace_id == workspace_id, Campaign.experiment_id.in_(experiment_ids)
    )
    await uow.session.execute(theirs.order_by(Campaign.id).with_for_update())
    these = (Experiment.workspace_id == workspace_id, Experiment.id.in_(experiment_ids))
    await uow.session.execute(select(Experiment.id).where(*these).order_by(Experiment.id).with_for_update())
    statement = delete(Experiment).where(*these).returning(Experiment)
    gone = list((await uow.session.execute(statement)).scalars())
    changes = [Change(ENTITY, row.id, "deleted", _summary(row)) for row in gone]
    await audit.record_all(uow, caller, workspace_id, changes)
    return len(gone)


async def _with_checked_evidence(
    uow: UnitOfWork, workspace_id: WorkspaceID, drafts: Sequence[ExperimentCreate]
) -> list[ExperimentCreate]:
    checked = iter(await grounded(uow, workspace_id, [draft.design for draft in drafts if draft.design]))
    return [draft.model_copy(update={"design": next(checked)}) if draft.design else draft for draft in drafts]


async def _check_design(uow: UnitOfWork, experiment: Experiment, sent: dict[str, Any]) -> None:
    """Refuse a design that breaks a rule, and any change of type or design once leads were found.

    The evidence of a new design is checked first; `sent` then holds what was found of it.
    """
    design: ExperimentDesign | None = sent.get("design")
    if design is not None and _stored(design) != experiment.design:
        (design,) = await grounded(uow, experiment.workspace_id, [design])
        sent["design"] = design
    changes_design = "design" in sent and _stored(design) != experiment.design
    changes_type = sent.get("type", experiment.type) is not experiment.type
    if not (changes_design or changes_type):
        return
    if has_begun(experiment):
        raise Conflict("Type and design are fixed once leads are looked for.", code="design_fixed")
    if "design" not in sent:
        design = design_of(experiment)
    if design is None:
        return
    kind = sent.get("type", experiment.type)
    check_design(kind, design)
    siblings = await set_of(uow, experiment)
    if siblings:
        before = [Arm(row.type, ExperimentDesign.model_validate(row.design)) for row in siblings]
        after = [
            Arm(kind, design) if row.id == experiment.id else arm
            for row, arm in zip(siblings, before, strict=True)
        ]
        check_in_set(kind, before, after)


def _values(fields: dict[str, Any]) -> dict[str, Any]:
    """Attributes of the row."""
    return {**fields, "design": _stored(fields["design"])} if "design" in fields else fields


def _stored(design: ExperimentDesign | None) -> dict[str, Any] | None:
    """A design as the row holds it: as it stands on the wire."""
    return None if design is None else design.model_dump(mode="json", by_alias=True)


def _summary(experiment: Experiment) -> dict[str, Any]:
    """What the audit log keeps of an experiment."""
    return {"name": experiment.name, "type": experiment.type.value, "status": experiment.status.value}
