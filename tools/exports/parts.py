"""The work of an export's job: its first item takes the snapshot and names the others, each of which writes a part."""

import hashlib
from typing import Any

import orjson
from sqlalchemy import func, select

from persistence.models.entity import JsonObject
from persistence.models.job import ExportPart, Job, JobStatus
from persistence.repositories import Repository
from persistence.session import UnitOfWork
from persistence.types import JobID, utc_now
from tools.errors import Conflict
from tools.exports.schemas import ExportFile, ExportRequest
from tools.exports.snapshot import hold_snapshots, take_snapshot
from tools.exports.tables import TABLES
from tools.jobs import claims
from tools.jobs.claims import ClaimedItem
from tools.sheets.writing import Part, write_part

PART = "part"
"""What tells an item that writes a part from the one that takes the snapshot."""


def request_of(item: ClaimedItem) -> ExportRequest:
    """What an item's export is of."""
    return ExportRequest.model_validate(item.input["request"])


async def begin_export(uow: UnitOfWork, item: ClaimedItem) -> None:
    """Take the snapshot, and name an item for each of its parts. Raises LeaseLost, JobCancelled."""
    await hold_snapshots(uow, item.workspace_id)
    request = request_of(item)
    count = await take_snapshot(uow, item.job_id, item.workspace_id, request)
    said = {"request": item.input["request"]}
    inputs: list[JsonObject] = [
        {**said, PART: number, "last": number == count - 1} for number in range(count)
    ]
    await claims.add_items(uow, item, inputs)
    await claims.finish(uow, item, {"parts": count})


async def records_of(uow: UnitOfWork, item: ClaimedItem) -> str:
    """The records of an item's part, a JSON object a line. Raises Conflict when they were removed."""
    where = (ExportPart.job_id == item.job_id, ExportPart.position == item.input[PART])
    part = await Repository(uow.session, ExportPart).get(*where)
    if part is None or part.records is None:
        raise _removed()
    return part.records


def content_of(item: ClaimedItem, records: str) -> bytes:
    """A part of the file."""
    request = request_of(item)
    columns = list(TABLES[request.what].expressions(request.format))
    place = Part(first=item.input[PART] == 0, last=item.input["last"])
    return write_part(
        request.format, columns, (orjson.loads(line) for line in records.split("\n") if line), place
    )


async def keep_part(uow: UnitOfWork, item: ClaimedItem, content: bytes) -> None:
    """Keep a part; with the last one the file is finished. Raises LeaseLost, and Conflict when the parts were removed."""
    await claims.finish(uow, item, {"bytes": len(content)})
    values: dict[str, Any] = {
        "records": None,
        "content": content,
        "digest": hashlib.sha256(content).hexdigest(),
    }
    where = (ExportPart.job_id == item.job_id, ExportPart.position == item.input[PART])
    if not await Repository(uow.session, ExportPart).update(values, *where):
        raise _removed()
    await _finish_file(uow, item.job_id, request_of(item))


async def _finish_file(uow: UnitOfWork, job_id: JobID, request: ExportRequest) -> None:
    """Describe the file, once all its items are done."""
    jobs = Repository(uow.session, Job)
    if not await jobs.count(Job.id == job_id, Job.status == JobStatus.COMPLETED):
        return
    summed = select(func.sum(ExportPart.rows), func.sum(func.length(ExportPart.content))).where(
        ExportPart.job_id == job_id
    )
    rows, length = (await uow.session.execute(summed)).one()
    digests = select(ExportPart.digest).where(ExportPart.job_id == job_id).order_by(ExportPart.position)
    whole = hashlib.sha256("".join(map(str, (await uow.session.execute(digests)).scalars())).encode())
    file = ExportFile(
        export_id=job_id,
        what=request.what,
        format=request.format,
        file_name=f"{request.what.value}-{utc_now().date().isoformat()}.{request.format.value}",
        rows=rows,
        bytes=length,
        digest=whole.hexdigest(),
        download_path=f"/exports/{job_id}/download",
    )
    await jobs.update({"output": file.model_dump(mode="json", by_alias=True)}, Job.id == job_id)


def _removed() -> Conflict:
    return Conflict(
        "What was to be exported was removed, because somebody in it was erased; ask for the export again.",
        code="export_removed",
    )
