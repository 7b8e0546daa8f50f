"""An import of any length holds a batch in memory, and its report stays a page."""

import tracemalloc
from collections.abc import Sequence
from pathlib import Path

import pytest

from tools.leads.importing import LeadRows
from tools.leads.schemas import LeadCreate
from tools.sheets.importing import SHOWN, Numbered, Saved, import_sheet
from tools.sheets.reading import BadRow, open_sheet


@pytest.mark.timeout(1_200)
@pytest.mark.parametrize("rows", [3_000, pytest.param(1_000_000, marks=pytest.mark.full, id="rest-1000000")])
async def test_a_file_of_any_length_is_imported_in_flat_memory(tmp_path: Path, rows: int) -> None:
    file = tmp_path / "leads.csv"
    with file.open("w") as written:
        written.write("Name,Email,Company\n")
        # Every third has no address that could be one, and every third is there already.
        for number in range(rows):
            address = "nobody" if number % 3 == 0 else f"lead{number}@example.com"
            written.write(f"Lead {number},{address},Company {number}\n")

    async def save(batch: Sequence[Numbered[LeadCreate]]) -> Saved:
        known = [BadRow(row.number, "It is there already.") for row in batch[::2]]
        return Saved(len(batch) - len(known), known)

    with file.open("rb") as opened:
        tracemalloc.start()
        sheet = open_sheet(opened)
        report = await import_sheet(sheet, LeadRows(sheet, None), save)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert peak < 12_000_000
    assert (report.rows, report.refused) == (rows, -(-rows // 3))
    assert report.added + report.duplicates + report.refused == rows
    assert len(report.problems) == SHOWN
    assert report.problems_left_out == report.duplicates + report.refused - SHOWN
