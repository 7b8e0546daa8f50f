"""Who stands behind a lead: one person within a Client, over all its workspaces, so that nobody is paid for twice.

Parts of the statement by which leads go in (`inserting.py`), whose rows are `given` and whose Client is `client`.
"""

from collections.abc import Sequence

from persistence.session import UnitOfWork
from persistence.types import LeadID

COPIED = {
    "linkedin_key": "LinkedinKey",
    "email_key": "EmailKey",
    "full_name": "FullName",
    "job_title": "JobTitle",
    "company": "Company",
    "company_domain": "CompanyDomain",
    "linkedin_url": "LinkedinUrl",
    "email": "Email",
    "phone": "Phone",
    "location": "Location",
}
"""What a person begins with, from the lead that brought it."""

# In one order everywhere, so that two workspaces that add the same people don't wait for each other.
MAKE = f"""
  INSERT INTO "Persons" ("ClientID", {", ".join(f'"{column}"' for column in COPIED.values())})
  SELECT client.id, {", ".join(f"given.{name}" for name in COPIED)}
  FROM client, given
  WHERE given.linkedin_key IS NOT NULL OR given.email_key IS NOT NULL
  ORDER BY coalesce(given.linkedin_key, '') COLLATE "C", coalesce(given.email_key, '') COLLATE "C"
  ON CONFLICT DO NOTHING
  RETURNING "PersonID" AS id, coalesce("LinkedinKey", '') AS linkedin, coalesce("EmailKey", '') AS email
"""  # noqa: S608 — names of our own
"""Makes the persons of those who can be recognised and are nobody's yet."""

MADE_FOR = "made.linkedin = coalesce(given.linkedin_key, '') AND made.email = coalesce(given.email_key, '')"

KNOWN = """coalesce(
  (SELECT p."PersonID" FROM "Persons" p WHERE p."ClientID" = client.id AND p."LinkedinKey" = {row}.{linkedin}),
  (SELECT p."PersonID" FROM "Persons" p WHERE p."ClientID" = client.id AND p."EmailKey" = {row}.{email})
)"""
"""The person with one of these keys, as the statement sees them."""

FIND = f"""
UPDATE "Leads" l SET "PersonID" = {KNOWN.format(row="l", linkedin='"LinkedinKey"', email='"EmailKey"')}
FROM (SELECT w."ClientID" AS id, w."ProjectID" FROM "Projects" w) client
WHERE l."LeadID" = ANY ($1::bigint[]) AND l."PersonID" IS NULL AND client."ProjectID" = l."ProjectID"
"""  # noqa: S608 — as above


async def find_persons(uow: UnitOfWork, lead_ids: Sequence[LeadID]) -> None:
    """Find the persons of new leads that another workspace made while the leads went in: that statement could not see them."""
    connection = await uow.session.connection()
    await connection.exec_driver_sql(FIND, (list(lead_ids),))
