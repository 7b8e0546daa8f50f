"""Tables read and written: every fault is told of its row, no cell acts, nothing is lost on the way out and in."""

import csv
import io
import tracemalloc
from collections.abc import Iterator, Sequence
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.errors import Invalid
from tools.sheets.cells import disarmed, is_formula, rearmed
from tools.sheets.reading import BadRow, Row, open_sheet
from tools.sheets.writing import FileFormat, Part, write_part


def _read(data: bytes | str) -> list[Row | BadRow]:
    return list(open_sheet(io.BytesIO(data.encode() if isinstance(data, str) else data)).rows())


def _written(form: FileFormat, records: Sequence[dict[str, Any]], *, parts: int = 1) -> bytes:
    """A file of these records, written in so many parts."""
    size = max(1, -(-len(records) // parts))
    pieces = [records[start : start + size] for start in range(0, len(records), size)] or [records]
    return b"".join(
        write_part(
            form, list(records[0]) if records else ["a"], piece, Part(number == 0, number == len(pieces) - 1)
        )
        for number, piece in enumerate(pieces)
    )


def test_rows_have_their_cells_by_column_and_a_spreadsheets_number() -> None:
    assert _read("Name, Email \nAda,a@b.example\n\n,,\nBob,\n") == [
        Row(2, {"Name": "Ada", "Email": "a@b.example"}),
        Row(5, {"Name": "Bob"}),
    ]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_every_spreadsheets_form_is_read(separator: str, mark: str, end: str) -> None:
    data = f'{mark}Name{separator}Note{end}Jörg{separator}"one{separator} ""two""{end}three"{end}'
    assert _read(data) == [Row(2, {"Name": "Jörg", "Note": f'one{separator} "two"{end}three'})]


@pytest.mark.parametrize(
    ("line", "reason", "column"),
    [
        (b"Ada", "It has 1 cells; the header has 2.", None),
        (b"Ada,1,2", "It has 3 cells; the header has 2.", None),
        ("Jörg,1".encode("latin-1"), "It is not UTF-8 text. Save the file as CSV UTF-8.", "Name"),
        (b"=1+1,1", "It holds a formula; send what it computes.", "Name"),
        (b'Ada," =HYPERLINK(""x"")"', "It holds a formula; send what it computes.", "Note"),
        (b"A\x00da,1", "It holds a NUL character.", "Name"),
        (b'"Ada"x,1', "Its quotation marks do not match.", None),
    ],
)
def test_a_row_that_can_not_be_used_says_why_and_the_next_is_read(
    line: bytes, reason: str, column: str | None
) -> None:
    rows = _read(b"Name,Note\nFirst,1\n" + line + b"\nLast,2\n")
    assert rows == [
        Row(2, {"Name": "First", "Note": "1"}),
        BadRow(3, reason, column),
        Row(4, {"Name": "Last", "Note": "2"}),
    ]


@pytest.mark.parametrize("cut", range(1, 20))
def test_half_a_file_never_passes_for_a_whole_one(cut: int) -> None:
    sheet = open_sheet(io.BytesIO(b'Name,Note,City\nAda,"long note",Wien\n'[:-cut]))
    rows = list(sheet.rows())
    assert sheet.ends_in_mid_line
    whole_but_for_its_last_word = cut <= len(b"Wien\n")
    assert [type(row) for row in rows] == [Row if whole_but_for_its_last_word else BadRow]


def test_a_file_that_ends_within_quotes_says_so() -> None:
    assert _read('Name,Note\nAda,"half a no') == [BadRow(2, "The file ends in the middle of this row.")]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "csv_header"),
        (b"\n\nName\n", "csv_header"),
        (b"Name,name\nA,B\n", "csv_header"),
        (b'Name,"Note\n', "csv_header"),
        (b",".join(b"c%d" % number for number in range(201)), "csv_header"),
        ("Name\nAda\n".encode("utf-16"), "csv_encoding"),
        ("Größe\n1\n".encode("latin-1"), "csv_encoding"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "csv_encoding"),
    ],
)
def test_a_file_that_is_no_table_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        _read(data)
    assert refused.value.error_code == code
    assert refused.value.errors[0].pointer == "/file"


def test_a_line_without_end_stops_the_reading() -> None:
    rows = _read(b"Name\nAda\n" + b"x" * 3_000_000 + b"\nBob\n")
    assert rows[0] == Row(2, {"Name": "Ada"})
    assert isinstance(rows[1], BadRow)
    assert "Nothing behind it was read" in rows[1].reason
    assert len(rows) == 2


class _Endless(io.RawIOBase):
    """A file of so many rows, made as it is read."""

    def __init__(self, rows: int) -> None:
        self._pieces = self._made(rows)
        self._rest = b""

    @staticmethod
    def _made(rows: int) -> Iterator[bytes]:
        yield b"Name,Email\n"
        for number in range(rows):
            yield b"Lead %d,lead%d@example.com\n" % (number, number)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while len(self._rest) < len(buffer) and (piece := next(self._pieces, b"")):
            self._rest += piece
        count = min(len(buffer), len(self._rest))
        buffer[:count], self._rest = self._rest[:count], self._rest[count:]
        return count


@pytest.mark.parametrize(
    "rows",
    [20_000, pytest.param(1_000_000, marks=pytest.mark.full, id="rest-1000000")],
)
def test_a_file_of_any_length_is_read_in_flat_memory(rows: int) -> None:
    tracemalloc.start()
    sheet = open_sheet(_Peeked(_Endless(rows)))
    count = sum(isinstance(row, Row) for row in sheet.rows())
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == rows
    assert peak < 3_000_000


class _Peeked(io.BufferedReader):
    """A stream whose first two bytes can be read twice, as those of a file on disk."""

    def __init__(self, raw: io.RawIOBase) -> None:
        super().__init__(raw)
        self._first = True

    def read(self, size: int | None = -1, /) -> bytes:
        if self._first and size == 2:
            return self.peek(2)[:2]
        return super().read(size)

    def seek(self, offset: int, whence: int = 0, /) -> int:
        self._first = False
        return 0


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+49 30 1234",
        "-Anne",
        "@ada",
        "\tx",
        "\rx",
        "\x00x",
        "＝1",
        "－1",
        "  =1",
        "'=1",
        "''-x",
        "\n=1",
    ],
)
def test_a_cell_that_would_act_is_disarmed_and_stays_readable(text: str) -> None:
    assert disarmed(text) == f"'{text}"
    assert rearmed(disarmed(text)) == text


@pytest.mark.parametrize("text", ["Anne-Marie", "O'Neil", "'quoted'", "1-2", "a@b.example", "", "100 %"])
def test_a_harmless_cell_stays_as_it_is(text: str) -> None:
    assert disarmed(text) == rearmed(text) == text


@pytest.mark.parametrize(
    "text", ["=1", " =A1", "＝1", "@SUM(1)", "+cmd|' /C calc'!A0", "-HYPERLINK(1)", "-+A.b(1)"]
)
def test_a_formula_is_told_from_a_name(text: str) -> None:
    assert is_formula(text)


@pytest.mark.parametrize("text", ["-Anne", "+43 (1) 234", "@ada", "- Anne (CFO)", "-5", "+A", "a=b"])
def test_a_name_is_no_formula(text: str) -> None:
    assert not is_formula(text)


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_what_is_disarmed_can_always_be_taken_back(text: str) -> None:
    assert rearmed(disarmed(text)) == text
    assert not disarmed(text).lstrip().startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))


@pytest.mark.parametrize("parts", [1, 2])
def test_what_is_written_is_read_again_and_opens_in_spreadsheets(parts: int) -> None:
    records = [
        {"name": "-Anne", "note": 'a "b", c\nd', "score": -5, "tags": ["x"], "ok": True, "none": None},
        {"name": "Jörg", "note": "+49 30", "score": 1.5, "tags": {}, "ok": False, "none": None},
    ]
    data = _written(FileFormat.CSV, records, parts=parts)
    assert data.startswith(b"\xef\xbb\xbfname,note,score,tags,ok,none\r\n'-Anne,")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert rows[1] == ["'-Anne", 'a "b", c\nd', "-5", '["x"]', "true", ""]
    read = _read(data)
    assert isinstance(read[0], Row)
    assert read[0].cells["name"] == "-Anne"
    assert isinstance(read[1], Row)
    assert read[1].cells["note"] == "+49 30"


@pytest.mark.parametrize("count", [0, 1, 2, 7])
@pytest.mark.parametrize("parts", [1, 2, 3])
def test_the_parts_of_a_file_are_the_file(count: int, parts: int) -> None:
    records = [{"a": number, "b": f"x{number}"} for number in range(count)]
    assert orjson.loads(_written(FileFormat.JSON, records, parts=parts)) == records
    assert _written(FileFormat.CSV, records, parts=parts) == _written(FileFormat.CSV, records)
    assert len(_read(_written(FileFormat.CSV, records, parts=parts))) == count
