"""Awkward leads by the thousand, spread over plain tenants: sixteen kinds in turn, six of which may not come."""

import psycopg

KINDS = 16
REFUSED = {
    0: "orphan: no such campaign",
    1: "no campaign",
    2: "its campaign is another workspace's",
    3: "no name",
    4: "unknown word",
    5: "unknown word",
}
"""Which kinds are set aside, and why."""

LEADS = """
INSERT INTO leads (id, campaign_id, workspace_id, full_name, job_title, company, linkedin_url, email, enrichment_data,
    status, outcome, created_at, updated_at, notes, raw)
SELECT md5('odd lead ' || i)::uuid,
    CASE kind WHEN 0 THEN md5('nowhere ' || i)::uuid WHEN 1 THEN NULL
        ELSE md5('campaign ' || tenant || ' ' || i % 10 + 1)::uuid END,
    CASE kind WHEN 2 THEN md5('workspace ' || tenant % {tenants} + 1)::uuid ELSE md5('workspace ' || tenant)::uuid END,
    CASE kind WHEN 3 THEN E' \\n' WHEN 6 THEN repeat('Ünal ', 100) ELSE 'Zoë 🍞 𝔘 ' || i END,
    CASE WHEN kind <> 15 THEN E'Head\\tof "Baking" \\\\ {{a,b}}' END, CASE WHEN kind <> 15 THEN 'Bäcker ' || i % 50 || ' & Söhne KG' END,
    -- The profile and the address of a plain lead of the same tenant, or ones that SQL leaves to Python.
    CASE kind WHEN 7 THEN 'linkedin.com/in/LEAD-' || twin || '/?trk=x' WHEN 8 THEN 'https://de.linkedin.com/in/zo%C3%AB-' || i
        WHEN 9 THEN repeat('u', 600) END,
    CASE kind WHEN 10 THEN 'LEAD' || twin || '@company' || twin % 5000 || '.example' WHEN 11 THEN 'zoë' || i || '@bäcker.example'
        WHEN 9 THEN repeat('e', 300) END,
    CASE kind WHEN 12 THEN jsonb_build_object('text', repeat('ü', 20000), 'n', 10::numeric ^ 40) WHEN 13 THEN '[1, null, "two"]'
        WHEN 15 THEN NULL ELSE 'null' END,
    CASE kind WHEN 4 THEN 'teleported' WHEN 15 THEN NULL ELSE 'Contacted' END, CASE kind WHEN 5 THEN 'eaten' WHEN 6 THEN 'Closed Won' END,
    CASE kind WHEN 14 THEN 'infinity' WHEN 15 THEN NULL ELSE '2031-01-01'::timestamptz END,
    CASE kind WHEN 14 THEN '0044-03-15 BC' WHEN 15 THEN NULL ELSE '2001-01-01'::timestamptz END,
    CASE WHEN kind = 13 THEN 'kept' END, CASE WHEN kind = 13 THEN '{{"nul": "\\u0000"}}'::json END
FROM (SELECT i, i % {kinds} AS kind, i % {tenants} + 1 AS tenant, i % {leads} AS twin FROM generate_series(1, {odd}) i) rows
"""
MESSAGES = """
INSERT INTO generated_messages (id, lead_id, platform, message_type, content)
SELECT md5('odd message ' || i)::uuid, md5('odd lead ' || i)::uuid, 'Email', 'coldEmail', E'Subject: Brötchen\\r\\n\\r\\nGrüße 🥖'
FROM generate_series(1, {odd}) i
"""


def scatter(url: str, *, tenants: int, leads: int, odd: int) -> None:
    """Add so many awkward leads, each with a message, to a source that was filled with plain and awkward rows."""
    sizes = {"tenants": tenants, "leads": leads, "odd": odd, "kinds": KINDS}
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(LEADS.format(**sizes).encode())
        connection.execute(MESSAGES.format(**sizes).encode())
        connection.execute("ANALYZE")


def refused(odd: int) -> int:
    """How many of so many may not come."""
    return sum(1 for number in range(1, odd + 1) if number % KINDS in REFUSED)
