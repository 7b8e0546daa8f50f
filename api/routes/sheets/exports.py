"""Exports: ask for a file of what the workspace holds, and fetch it."""

from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID

from fastapi.responses import StreamingResponse

from api.deps import CallerDep, PathIDOf, ServicesDep, UnitOfWorkDep
from api.envelope import ok
from api.routing import api_router
from persistence.types import WorkspaceID
from tools.exports import service
from tools.exports.schemas import ExportFile, ExportRequest
from tools.exports.service import FileParts
from tools.jobs.schemas import JobStarted
from tools.schemas import Envelope
from tools.sheets.writing import FileFormat

router = api_router("exports")

MEDIA_TYPES = {FileFormat.CSV: "text/csv; charset=utf-8", FileFormat.JSON: "application/json"}
FILE: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The file, as it was asked for.",
        "content": {
            "text/csv": {
                "schema": {"type": "string"},
                "example": "id,campaignId,workspaceId,fullName\r\n301,7,3,Ada Lovelace\r\n",
            },
            "application/json": {
                "schema": {"type": "array", "items": {"type": "object"}},
                "example": [{"id": 301, "campaignId": 7, "workspaceId": 3, "fullName": "Ada Lovelace"}],
            },
        },
    }
}


@router.post("/workspaces/{workspace_id}/exports", status_code=202)
async def start_export(
    workspace_id: PathIDOf[WorkspaceID],
    body: ExportRequest,
    caller: CallerDep,
    uow: UnitOfWorkDep,
    services: ServicesDep,
) -> Envelope[JobStarted]:
    """Make a file of the workspace's leads, messages, campaigns, experiments or activities. For members and above.

    The file shows one moment. Ask for the job at `/jobs/{jobId}`; once it is completed its `output` says where the file
    is. The file lives as long as the job can be read, a day. In CSV what a spreadsheet would run begins with `'`.
    """
    job = await service.start_export(uow, caller, workspace_id, body, queue=services.queue)
    return ok(JobStarted(job_id=job.id, job_type=job.type), "The export is being made.")


@router.get("/exports/{export_id}/download", response_class=StreamingResponse, responses=FILE)
async def download_export(export_id: UUID, caller: CallerDep, services: ServicesDep) -> StreamingResponse:
    """The file of a finished export; its id is its job's. For members and above. 409 while it is not finished."""
    async with services.transactions.open() as uow:
        file = await service.fetch_export(uow, caller, export_id, services.settings.worker)
    parts = FileParts(services.transactions, file)
    headers = {
        "Content-Disposition": f'attachment; filename="{file.file_name}"',
        "Content-Length": str(file.bytes),
        "ETag": f'"{file.digest}"',
    }
    return StreamingResponse(_pieces(parts, file), headers=headers, media_type=MEDIA_TYPES[file.format])


async def _pieces(parts: FileParts, file: ExportFile) -> AsyncIterator[bytes]:
    """The file part by part; a part that was removed meanwhile cuts the answer short, which its length tells."""
    sent = position = 0
    while sent < file.bytes:
        piece = await parts.read(position)
        if piece is None:
            raise ConnectionAbortedError("the export was removed while it was being read")
        yield piece
        sent += len(piece)
        position += 1
