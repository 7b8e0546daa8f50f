"""Exports for people: ask for one, and fetch its file."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select

from persistence.models.job import AsyncJobType, ExportPart, Job, JobStatus
from persistence.models.workspace import ProjectRole
from persistence.repositories import Repository
from persistence.session import UnitOfWork
from persistence.types import WorkspaceID
from tools.access import Caller, require_role
from tools.audit import service as audit
from tools.errors import Conflict, NotFound, QuotaExceeded
from tools.exports.schemas import ExportFile, ExportRequest
from tools.exports.snapshot import hold_snapshots
from tools.jobs.lifetimes import readable
from tools.jobs.service import NewItem, submit
from tools.jobs.settings import WorkerSettings
from tools.jobs.steps import FINAL
from tools.queue import Queue
from tools.read_models import Reader

ENTITY = "export"
MAX_AT_ONCE = 3
"""Exports of a workspace that may be under way."""

NO_EXPORT = "There is no such export."
NEXT_PART = """SELECT "Content" FROM "ExportParts" WHERE "JobID" = $1 AND "Position" = $2"""


async def start_export(
    uow: UnitOfWork, caller: Caller, workspace_id: WorkspaceID, request: ExportRequest, *, queue: Queue
) -> Job:
    """A job that makes the file. For members and above; noted in the audit log.

    Raises NotFound, Forbidden, and QuotaExceeded while several are under way.
    """
    await require_role(uow, caller, workspace_id, ProjectRole.MEMBER)
    await _refuse_many(uow, workspace_id)
    item = NewItem({"request": request.model_dump(mode="json", by_alias=True)})
    job = await submit(uow, caller, workspace_id, AsyncJobType.DATA_EXPORT, [item], queue=queue)
    said = {
        "what": request.what.value,
        "format": request.format.value,
        "filtered": request.filter is not None,
    }
    await audit.record(
        uow, caller, workspace_id, entity=ENTITY, entity_id=job.id, action="requested", after=said
    )
    return job


async def fetch_export(
    uow: UnitOfWork, caller: Caller, export_id: UUID, settings: WorkerSettings
) -> ExportFile:
    """A finished file, which is about to be handed out: that is noted in the audit log.

    Raises NotFound (also when its time is over, or it was removed because somebody in it was erased), Forbidden, and
    Conflict while it is not finished, or never will be.
    """
    job = await Repository(uow.session, Job).get(
        Job.id == export_id, Job.type == AsyncJobType.DATA_EXPORT, readable(settings)
    )
    if job is None:
        raise NotFound(NO_EXPORT)
    try:
        await require_role(uow, caller, job.workspace_id, ProjectRole.MEMBER)
    except NotFound as missing:
        raise NotFound(NO_EXPORT) from missing
    if job.status not in FINAL:
        raise Conflict("The export is not finished yet.", code="export_not_ready")
    if job.status is not JobStatus.COMPLETED or job.output is None:
        raise Conflict(f"The export is {job.status.value}: there is no file.", code="export_failed")
    if not await Repository(uow.session, ExportPart).count(ExportPart.job_id == job.id):
        raise NotFound("The file was removed, because somebody in it was erased.", code="export_removed")
    file = ExportFile.model_validate(job.output)
    await audit.record(
        uow,
        caller,
        job.workspace_id,
        entity=ENTITY,
        entity_id=job.id,
        action="downloaded",
        after={"rows": file.rows},
    )
    return file


@dataclass(frozen=True)
class FileParts:
    """Reads a finished file part by part, holding nothing in between."""

    reader: Reader
    file: ExportFile

    async def read(self, position: int) -> bytes | None:
        """The part; None behind the last."""
        rows: Sequence[Sequence[bytes | None]] = await self.reader.rows(
            NEXT_PART, self.file.export_id, position
        )
        return rows[0][0] if rows else None


async def remove_exports(uow: UnitOfWork, workspace_ids: Sequence[WorkspaceID]) -> int:
    """Remove the files of these workspaces, finished or not: they are copies, and hold somebody who is being erased.

    How many exports had any. What is under way fails; what begins from now on sees this transaction's changes.
    """
    for workspace_id in sorted(workspace_ids):
        await hold_snapshots(uow, workspace_id, alone=True)
    jobs = select(Job.id).where(Job.workspace_id.in_(workspace_ids), Job.type == AsyncJobType.DATA_EXPORT)
    counted = select(func.count(ExportPart.job_id.distinct())).where(ExportPart.job_id.in_(jobs))
    exports: int = (await uow.session.execute(counted)).scalar_one()
    await Repository(uow.session, ExportPart).delete(ExportPart.job_id.in_(jobs))
    return exports


async def forget_useless(uow: UnitOfWork, *, batch: int = 1_000) -> int:
    """Remove parts that never will be a file, of failed and cancelled exports; their number."""
    dead = select(Job.id).where(
        Job.type == AsyncJobType.DATA_EXPORT, Job.status.in_([JobStatus.FAILED, JobStatus.CANCELLED])
    )
    parts = select(ExportPart.id).where(ExportPart.job_id.in_(dead)).limit(batch)
    return await Repository(uow.session, ExportPart).delete(ExportPart.id.in_(parts))


async def _refuse_many(uow: UnitOfWork, workspace_id: WorkspaceID) -> None:
    where = (
        Job.workspace_id == workspace_id,
        Job.type == AsyncJobType.DATA_EXPORT,
        Job.status.not_in(FINAL),
    )
    if await Repository(uow.session, Job).count(*where) >= MAX_AT_ONCE:
        raise QuotaExceeded(
            f"{MAX_AT_ONCE} exports are under way already.", retry_after=10, code="too_many_exports"
        )
