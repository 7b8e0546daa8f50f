"""Leads out of a table: which columns are meant, and what each row says."""

from collections.abc import Collection, Sequence

from pydantic import ValidationError

from persistence.session import UnitOfWork
from persistence.types import CampaignID
from tools.access import Caller
from tools.errors import FieldError, Invalid
from tools.leads.adding import add_leads
from tools.leads.schemas import LeadCreate
from tools.sheets.importing import Numbered, Saved
from tools.sheets.mapping import Columns, columns_of, fields_in
from tools.sheets.reading import BadRow, Row, Sheet

FIRST, LAST, NAME, SCORE = "firstName", "lastName", "fullName", "relevanceScore"
FIELDS = (
    *(NAME, FIRST, LAST, "jobTitle", "company", "companyDomain", "linkedinUrl", "email", "phone", "location"),
    *("avatarUrl", "aiSummary", SCORE, "outboundMessage"),
)
"""What a column may say. First and last name make the name where there is none."""
OTHER_NAMES = {
    "name": NAME,
    "title": "jobTitle",
    "position": "jobTitle",
    "companyname": "company",
    "organization": "company",
    "website": "companyDomain",
    "domain": "companyDomain",
    "linkedin": "linkedinUrl",
    "linkedinprofile": "linkedinUrl",
    "profileurl": "linkedinUrl",
    "emailaddress": "email",
    "mail": "email",
    "phonenumber": "phone",
    "city": "location",
    "score": SCORE,
}


class LeadRows:
    """Reads the rows of one sheet as leads."""

    def __init__(self, sheet: Sheet, mapping: str | None) -> None:
        """Raises Invalid for a mapping that does not fit the file, and when nothing says who the leads are."""
        self._columns: Columns = columns_of(sheet, mapping, FIELDS, OTHER_NAMES)
        if not {NAME, FIRST, LAST} & self._columns.keys():
            reason = f"No column is mapped to {NAME}; the file has {', '.join(sheet.columns)[:500]}."
            raise Invalid(
                "The file does not say who the leads are.",
                [FieldError("/mapping", reason)],
                code="csv_mapping",
            )

    @property
    def columns(self) -> Collection[str]:
        """The columns that say something."""
        return self._columns.values()

    def read(self, row: Row) -> LeadCreate | BadRow:
        """The lead of a row, or why it is none."""
        said: dict[str, object] = dict(fields_in(row, self._columns))
        names = [str(said.pop(name)).strip() for name in (FIRST, LAST) if name in said]
        if NAME not in said and names:
            said[NAME] = " ".join(names)
        score = str(said.get(SCORE, ""))
        if score.strip().isdecimal() and len(score) < 10:
            said[SCORE] = int(score)
        try:
            return LeadCreate.model_validate(said)
        except ValidationError as error:
            first = error.errors(include_url=False, include_input=False)[0]
            field = str(first["loc"][0]) if first["loc"] else NAME
            reason = "It does not say who the lead is." if first["type"] == "missing" else str(first["msg"])
            return BadRow(row.number, reason, self._columns.get(field))


async def save_rows(
    uow: UnitOfWork, caller: Caller, campaign_id: CampaignID, rows: Sequence[Numbered[LeadCreate]]
) -> Saved:
    """Add one batch of leads. Raises as `add_leads` does."""
    added = await add_leads(uow, caller, campaign_id, [row.item for row in rows])
    known = [
        BadRow(rows[item.index].number, f"It is lead {item.lead_id} already ({item.reason}).")
        for item in added.duplicates
    ]
    refused = [BadRow(rows[item.index].number, item.errors[0].reason) for item in added.rejected]
    return Saved(len(added.lead_ids), known, refused)
