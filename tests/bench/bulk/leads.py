"""Leads to enrich, each somebody the ledger has not heard of, and a budget to pay with; put in by SQL."""

import itertools

import psycopg

_SLUGS = itertools.count(1)

LEADS_IN = """
WITH people AS (
  INSERT INTO "Persons" ("ClientID", "FullName", "LinkedinUrl", "LinkedinKey")
  SELECT p."ClientID", 'Person ' || n, 'https://www.linkedin.com/in/batch' || %(batch)s || '-' || n,
    'batch' || %(batch)s || '-' || n
  FROM generate_series(1, %(leads)s) n, "Projects" p WHERE p."ProjectID" = %(workspace)s
  RETURNING "PersonID", "FullName", "LinkedinUrl", "LinkedinKey"
)
INSERT INTO "Leads" ("CampaignID", "ProjectID", "PersonID", "FullName", "LinkedinUrl", "LinkedinKey")
SELECT %(campaign)s, %(workspace)s, "PersonID", "FullName", "LinkedinUrl", "LinkedinKey" FROM people
"""
CAMPAIGN_IN = 'INSERT INTO "Campaigns" ("ProjectID", "Name", "TotalLeads") VALUES (%s, \'Bulk\', %s) RETURNING "CampaignID"'
BUDGET_IN = """
INSERT INTO "Budgets" ("ProjectID", "CreditsPerMonth") VALUES (%(workspace)s, 9000000000)
ON CONFLICT ("ProjectID") DO UPDATE SET "CreditsPerMonth" = 9000000000
"""
WORKSPACE_IN = """
INSERT INTO "Projects" ("ClientID", "Name", "OwnerUserID")
SELECT "ClientID", 'Beside', "OwnerUserID" FROM "Projects" WHERE "ProjectID" = %(workspace)s RETURNING "ProjectID"
"""
MEMBERS_IN = """
INSERT INTO "ProjectUsers" ("ProjectID", "UserID", "Role")
SELECT %(other)s, "UserID", "Role" FROM "ProjectUsers" WHERE "ProjectID" = %(workspace)s
"""


def fill(database: str, workspace_id: int, campaigns: int, leads: int) -> list[int]:
    """New campaigns of so many leads each; their ids."""
    ids = []
    with psycopg.connect(database, autocommit=True) as connection:
        for _ in range(campaigns):
            row = connection.execute(CAMPAIGN_IN, [workspace_id, leads]).fetchone()
            assert row is not None
            ids.append(int(row[0]))
            values = {"campaign": row[0], "workspace": workspace_id, "batch": next(_SLUGS), "leads": leads}
            connection.execute(LEADS_IN, values)
        connection.execute('ANALYZE "Leads", "Persons"')
    return ids


def leads(database: str, campaign: int) -> list[int]:
    """The ids of a campaign's leads."""
    with psycopg.connect(database) as connection:
        told = 'SELECT "LeadID" FROM "Leads" WHERE "CampaignID" = %s ORDER BY "LeadID"'
        return [int(row[0]) for row in connection.execute(told, [campaign])]


def give_budget(database: str, workspace_id: int) -> None:
    """More credits than there is to spend them on."""
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute(BUDGET_IN, {"workspace": workspace_id})


def other_workspace(database: str, workspace_id: int) -> int:
    """A new workspace of the same people."""
    with psycopg.connect(database, autocommit=True) as connection:
        row = connection.execute(WORKSPACE_IN, {"workspace": workspace_id}).fetchone()
        assert row is not None
        connection.execute(MEMBERS_IN, {"workspace": workspace_id, "other": row[0]})
        return int(row[0])
