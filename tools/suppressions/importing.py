"""Suppressions out of a table: columns `kind` and `value`, or one named `email`, `domain` or `linkedin`; `reason` may be there."""

from collections.abc import Collection, Sequence

from pydantic import ValidationError

from persistence.models.suppression import SuppressionKind, SuppressionReason
from tools.errors import FieldError, Invalid
from tools.sheets.importing import Numbered, Saved
from tools.sheets.mapping import Columns, columns_of, fields_in
from tools.sheets.reading import BadRow, Row, Sheet
from tools.suppressions.schemas import SuppressionCreate
from tools.suppressions.service import Added

KINDS = tuple(kind.value for kind in SuppressionKind)
FIELDS = ("kind", "value", "reason", *KINDS)
OTHER_NAMES = {"emailaddress": "email", "mail": "email", "linkedinurl": "linkedin", "website": "domain"}


class SuppressionRows:
    """Reads the rows of one sheet as suppressions."""

    def __init__(self, sheet: Sheet, mapping: str | None, reason: SuppressionReason) -> None:
        """`reason`: of rows that say none. Raises Invalid for a mapping that does not fit, and when nothing says whom to suppress."""
        self._columns: Columns = columns_of(sheet, mapping, FIELDS, OTHER_NAMES)
        self._reason = reason
        if not ({*KINDS} & self._columns.keys() or {"kind", "value"} <= self._columns.keys()):
            names = "No column is named email, domain, linkedin, or kind and value."
            raise Invalid(
                "The file does not say whom to suppress.", [FieldError("/mapping", names)], code="csv_mapping"
            )

    @property
    def columns(self) -> Collection[str]:
        """The columns that say something."""
        return self._columns.values()

    def read(self, row: Row) -> SuppressionCreate | BadRow:
        """The suppression of a row, or why it is none."""
        said = fields_in(row, self._columns)
        named = [kind for kind in KINDS if kind in said]
        if len(named) > 1:
            return BadRow(row.number, f"It names {' and '.join(named)}; a row may name one.")
        if named:
            said["kind"], said["value"] = named[0], said.pop(named[0])
        said.setdefault("reason", self._reason.value)
        try:
            return SuppressionCreate.model_validate({name: text.strip() for name, text in said.items()})
        except ValidationError as error:
            first = error.errors(include_url=False, include_input=False)[0]
            field = str(first["loc"][0]) if first["loc"] else "value"
            column = self._columns.get(named[0] if named and field in {"kind", "value"} else field)
            return BadRow(row.number, str(first["msg"]), column)


def saved_of(rows: Sequence[Numbered[SuppressionCreate]], added: Sequence[Added]) -> Saved:
    """What became of one batch."""
    known = [
        BadRow(row.number, "It is suppressed already.")
        for row, item in zip(rows, added, strict=True)
        if not item.new
    ]
    return Saved(len(rows) - len(known), known)
