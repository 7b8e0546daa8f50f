"""Exports."""

import hashlib
from typing import Any

from persistence.models.job import AsyncJobType, ExportPart, Job, JobStatus
from persistence.models.workspace import Workspace
from persistence.session import UnitOfWork
from persistence.types import utc_now
from tests.factories.rows import insert
from tools.exports.schemas import ExportFile
from tools.exports.tables import Exported
from tools.sheets.writing import FileFormat

CONTENT = b"\xef\xbb\xbfid,fullName\r\n1,Ada Lovelace\r\n"


async def make_export(uow: UnitOfWork, workspace: Workspace, **values: Any) -> Job:
    """A finished export of one lead, or one that stands as `values` say."""
    defaults = {
        "workspace_id": workspace.id,
        "type": AsyncJobType.DATA_EXPORT,
        "status": JobStatus.COMPLETED,
        "completed_at": utc_now(),
    }
    job = await insert(uow, Job, defaults, values)
    digest = hashlib.sha256(CONTENT).hexdigest()
    part = {"job_id": job.id, "position": 0, "rows": 1, "content": CONTENT, "digest": digest}
    await insert(uow, ExportPart, part, {})
    file = ExportFile(
        export_id=job.id,
        what=Exported.LEADS,
        format=FileFormat.CSV,
        file_name="leads-2026-11-25.csv",
        rows=1,
        bytes=len(CONTENT),
        digest=digest,
        download_path=f"/exports/{job.id}/download",
    )
    if job.status is JobStatus.COMPLETED:
        job.output = file.model_dump(mode="json", by_alias=True)
        await uow.session.flush()
    return job
