"""Leads that share a LinkedIn profile or an address: which person they are, and which of them keeps the key.

Only those come into `links`; a lead that is not in it has a person of its own, and its keys. One person is known within
a Client, a key is unique within a workspace. The oldest comes first.
"""

from migrations.supabase.mappings.leads import LINKS
from migrations.supabase.target.connection import Target
from migrations.supabase.target.ledger import Run, accepted, id_map

LEADS = accepted("leads")

SHARING = f"""
CREATE TEMP TABLE sharing ON COMMIT DROP AS
SELECT a.rowno FROM {LEADS} a JOIN (
    SELECT client_id, linkedin_key FROM {LEADS} WHERE linkedin_key IS NOT NULL GROUP BY 1, 2 HAVING count(*) > 1
) d ON d.client_id = a.client_id AND d.linkedin_key = a.linkedin_key
UNION
SELECT a.rowno FROM {LEADS} a JOIN (
    SELECT client_id, email_key FROM {LEADS} WHERE email_key IS NOT NULL GROUP BY 1, 2 HAVING count(*) > 1
) d ON d.client_id = a.client_id AND d.email_key = a.email_key
"""

MET = f"""
CREATE TEMP TABLE met ON COMMIT DROP AS
SELECT a.rowno, max(p."PersonID") FILTER (WHERE p.by_profile) AS by_profile, max(p."PersonID") FILTER (WHERE NOT p.by_profile) AS by_address,
    bool_or(p.lost_linkedin) AS lost_linkedin, bool_or(p.lost_email) AS lost_email
FROM {LEADS} a JOIN LATERAL (
    SELECT p."PersonID", true AS by_profile, false AS lost_linkedin, false AS lost_email FROM "Persons" p
    WHERE p."ClientID" = a.client_id AND p."LinkedinKey" = a.linkedin_key
    UNION ALL SELECT p."PersonID", false, false, false FROM "Persons" p
    WHERE p."ClientID" = a.client_id AND p."EmailKey" = a.email_key
    UNION ALL SELECT NULL, NULL, true, false FROM "Leads" l
    WHERE l."ProjectID" = a.workspace_id AND l."LinkedinKey" = a.linkedin_key AND l."LeadID" <> a.target_id
    UNION ALL SELECT NULL, NULL, false, true FROM "Leads" l
    WHERE l."ProjectID" = a.workspace_id AND l."EmailKey" = a.email_key AND l."LeadID" <> a.target_id
) p ON true GROUP BY 1
"""
"""What our tables hold already of the keys of leads: after the first run, or in a database in use."""

NOTHING_MET = """
CREATE TEMP TABLE met (rowno bigint, by_profile bigint, by_address bigint, lost_linkedin boolean, lost_email boolean) ON COMMIT DROP
"""

LINK = f"""
CREATE UNLOGGED TABLE {LINKS} AS
WITH shared AS (
    SELECT row_number() OVER (ORDER BY a.created, a.rowno) AS place, a.rowno, a.client_id, a.workspace_id,
        a.linkedin_key AS lk, a.email_key AS ek, coalesce(m.by_profile, m.by_address) AS person, m.by_address,
        m.lost_linkedin, m.lost_email
    FROM {LEADS} a LEFT JOIN met m ON m.rowno = a.rowno
    WHERE a.rowno IN (SELECT rowno FROM sharing UNION SELECT rowno FROM met)
), by_profile AS (
    SELECT client_id, lk, min(place) AS stands FROM shared WHERE lk IS NOT NULL AND person IS NULL GROUP BY 1, 2
), holder AS (
    SELECT s.client_id, s.ek, min(s.place) AS stands FROM shared s JOIN by_profile p ON p.stands = s.place
    WHERE s.ek IS NOT NULL GROUP BY 1, 2
), by_address AS (
    SELECT client_id, ek, min(place) AS stands FROM shared
    WHERE lk IS NULL AND ek IS NOT NULL AND person IS NULL GROUP BY 1, 2
), profile_first AS (
    SELECT workspace_id, lk, min(place) FILTER (WHERE lost_linkedin IS NOT TRUE) AS keeps FROM shared
    WHERE lk IS NOT NULL GROUP BY 1, 2
), address_first AS (
    SELECT workspace_id, ek, min(place) FILTER (WHERE lost_email IS NOT TRUE) AS keeps FROM shared
    WHERE ek IS NOT NULL GROUP BY 1, 2
), linked AS (
    SELECT s.rowno, s.person, CASE WHEN s.person IS NOT NULL THEN NULL WHEN s.lk IS NOT NULL THEN p.stands
            ELSE coalesce(h.stands, e.stands) END AS stands_at,
        s.ek IS NOT NULL AND (CASE WHEN s.person IS NOT NULL THEN s.by_address = s.person
            WHEN s.lk IS NOT NULL THEN h.stands = s.place ELSE h.stands IS NULL END) AS keeps_email,
        s.lk IS NOT NULL AND (s.lost_linkedin IS TRUE OR pf.keeps IS DISTINCT FROM s.place) AS lost_linkedin,
        s.ek IS NOT NULL AND (s.lost_email IS TRUE OR af.keeps IS DISTINCT FROM s.place) AS lost_email
    FROM shared s
    LEFT JOIN by_profile p ON p.client_id = s.client_id AND p.lk = s.lk
    LEFT JOIN holder h ON h.client_id = s.client_id AND h.ek = s.ek
    LEFT JOIN by_address e ON e.client_id = s.client_id AND e.ek = s.ek
    LEFT JOIN profile_first pf ON pf.workspace_id = s.workspace_id AND pf.lk = s.lk
    LEFT JOIN address_first af ON af.workspace_id = s.workspace_id AND af.ek = s.ek
)
SELECT l.rowno, l.person, r.rowno AS person_row, l.keeps_email, l.lost_linkedin, l.lost_email,
    NULL::bigint AS person_id, false AS stands
FROM linked l LEFT JOIN shared r ON r.place = l.stands_at
"""


def link(target: Target, run: Run, base: int) -> None:
    """Make `links` of the accepted leads. Inside of a transaction; `base` is that of persons' ids."""
    target.run(f"DROP TABLE IF EXISTS {LINKS}")
    target.run(SHARING)
    alone = run.first and not target.value(
        'SELECT EXISTS (SELECT FROM "Persons") OR EXISTS (SELECT FROM "Leads")'
    )
    target.run(NOTHING_MET if alone else MET)
    target.run("ANALYZE sharing, met")
    target.run(LINK)
    target.run(f"CREATE UNIQUE INDEX ON {LINKS} (rowno)")
    _number(target, base)
    target.run("DROP TABLE sharing, met")
    target.run(f"ANALYZE {LINKS}")


def _number(target: Target, base: int) -> None:
    """The ids of the persons: of one that is there, of one brought before, or of a new one."""
    target.run(
        f"UPDATE {LINKS} k SET person_id = coalesce(k.person, mp.target_id, {base} + k.person_row),"
        f" stands = k.person_row = k.rowno OR k.person = own.target_id FROM {LEADS} a"
        f" LEFT JOIN {id_map('persons')} own ON own.source_id = a.source_id, {LINKS} r"
        f" LEFT JOIN {LEADS} ra ON ra.rowno = r.person_row LEFT JOIN {id_map('persons')} mp ON mp.source_id = ra.source_id"
        " WHERE a.rowno = k.rowno AND r.rowno = k.rowno"
    )
