"""A workspace of 100,000 leads in 200 campaigns, with 1 KB of JSON a lead, put in by SQL."""

import psycopg

LEADS, CAMPAIGNS = 100_000, 200

CAMPAIGNS_IN = """
INSERT INTO "Campaigns" ("ProjectID", "Name", "TotalLeads")
SELECT %(workspace)s, 'Campaign ' || n, %(leads)s / %(campaigns)s FROM generate_series(1, %(campaigns)s) n
RETURNING "CampaignID"
"""
LEADS_IN = """
INSERT INTO "Leads" ("CampaignID", "ProjectID", "FullName", "JobTitle", "Company", "CompanyDomain", "CompanyKey", "Email",
  "EmailKey", "Location", "RelevanceScore", "Status", "EnrichmentData", "RawData")
SELECT (%(campaigns)s::bigint[])[1 + n %% cardinality(%(campaigns)s::bigint[])], %(workspace)s, 'Lead ' || md5(n::text),
  'Head of ' || n %% 50, 'Company ' || n / 3, 'company' || n / 3 || '.example', 'company' || n / 3 || '.example',
  'lead' || n || '@company.example', 'lead' || n || '@company.example', 'London', n %% 101,
  (enum_range(NULL::"LeadStatus"))[1 + n %% 7],
  jsonb_build_object('about', repeat(md5(n::text), 14), 'size', n), jsonb_build_object('source', repeat(md5(n::text), 14))
FROM generate_series(1, %(leads)s) n
"""


def fill(database: str, workspace_id: int) -> tuple[list[int], int]:
    """Put them in; the ids of the campaigns, and the first lead's."""
    with psycopg.connect(database, autocommit=True) as connection:
        values = {"workspace": workspace_id, "leads": LEADS, "campaigns": CAMPAIGNS}
        campaigns = [row[0] for row in connection.execute(CAMPAIGNS_IN, values)]
        connection.execute(LEADS_IN, values | {"campaigns": campaigns})
        connection.execute('VACUUM ANALYZE "Leads"')
        first = connection.execute('SELECT min("LeadID") FROM "Leads"').fetchone()
    assert first is not None
    return campaigns, int(first[0])


def backends(database: str, application: str) -> list[int]:
    """The processes of Postgres that serve an application."""
    with psycopg.connect(database) as connection:
        rows = connection.execute(
            "SELECT pid FROM pg_stat_activity WHERE application_name = %s AND backend_type = 'client backend'",
            [application],
        )
        return [row[0] for row in rows]
