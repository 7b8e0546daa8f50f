"""Exports on the wire, and as the items of their jobs."""

from uuid import UUID

from pydantic import ConfigDict, Field, model_validator
from pydantic.config import JsonDict
from pydantic_core import PydanticCustomError

from tools.exports.tables import TABLES, Exported
from tools.leads.schemas import LeadSelection
from tools.schemas import WireModel
from tools.sheets.writing import FileFormat

EXAMPLE: JsonDict = {"what": "leads", "format": "csv", "filter": {"status": ["sent", "responded"]}}
FILE_EXAMPLE: JsonDict = {
    "exportId": "018f2c5e-7d1a-4c1e-9b57-0d2f3a4b5c6d",
    "what": "leads",
    "format": "csv",
    "fileName": "leads-2026-11-25.csv",
    "rows": 1200,
    "bytes": 284112,
    "digest": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "downloadPath": "/exports/018f2c5e-7d1a-4c1e-9b57-0d2f3a4b5c6d/download",
}


class ExportRequest(WireModel):
    """What to take away, and as what."""

    model_config = ConfigDict(json_schema_extra={"example": EXAMPLE})

    what: Exported = Field(description="Which of the workspace's things.")
    format: FileFormat = Field(FileFormat.CSV, description="As what; JSON holds the deeper fields too.")
    filter: LeadSelection | None = Field(
        None, description="Only these leads, or messages to them; not for anything else. Without it: all."
    )

    @model_validator(mode="after")
    def _filter_fits(self) -> "ExportRequest":
        """Refuse conditions on leads where there are none: the file would hold more than was asked for."""
        if self.filter is not None and not TABLES[self.what].of_leads:
            raise PydanticCustomError("filter", "A `filter` chooses leads or messages; leave it out here.")
        return self


class ExportFile(WireModel):
    """A finished file: the `output` of its job."""

    model_config = ConfigDict(json_schema_extra={"example": FILE_EXAMPLE})

    export_id: UUID = Field(description="The export; the same as its job.")
    what: Exported = Field(description="Which of the workspace's things it holds.")
    format: FileFormat = Field(description="As what.")
    file_name: str = Field(description="What to call the file.")
    rows: int = Field(description="Rows it holds.")
    bytes: int = Field(description="How long it is.")
    digest: str = Field(
        description="What tells this file from any other: the SHA-256 of its parts' SHA-256s."
    )
    download_path: str = Field(description="Where to get it, as long as the job can be read.")
