"""Leads and the persons behind them, with the keys that tell duplicates apart."""

from migrations.supabase.mappings.mapping import (
    NO_ID,
    Mapping,
    Note,
    Rule,
    Shape,
    cut,
    text,
    too_long,
    unknown_word,
    whole,
    word,
)
from migrations.supabase.mappings.tenants import ORPHAN
from migrations.supabase.target.ledger import SCHEMA, accepted

LINKS = f"{SCHEMA}.links"
"""The leads that share a key with others, and what follows from it: which person, which keys they keep."""
PERSON_MARK = 'CASE WHEN t."UpdatedAt" = t."CreatedAt" THEN 1 ELSE 0 END'
HAS_KEY = "(a.linkedin_key IS NOT NULL OR a.email_key IS NOT NULL)"


def leads(shape: Shape, *, persons_base: int, first: bool) -> Mapping:
    """A lead. Of several with one key the oldest keeps it, the others come without.

    `persons_base` is added to a row's number for the id of its person; after the first run their map is asked before.
    """
    id_ = shape.uuid("leads", "id")
    own = f"{persons_base} + a.rowno" if first else f"coalesce(mp.target_id, {persons_base} + a.rowno)"
    known = "" if first else f" LEFT JOIN {SCHEMA}.id_map_persons mp ON mp.source_id = a.source_id"
    return Mapping(
        entity="leads",
        table="Leads",
        key="LeadID",
        source="leads",
        source_id=id_,
        joins=f" LEFT JOIN {accepted('campaigns')} c ON c.source_id = {shape.uuid('leads', 'campaign_id')}"
        + word("w", "LeadStatus", "status")
        + word("o", "LeadOutcome", "outcome"),
        refers={
            "campaign_id": "c.target_id",
            "workspace_id": "c.workspace_id",
            "client_id": "c.client_id",
            "experiment_id": "c.experiment_id",
            "created": shape.times("leads")["CreatedAt"],
            "linkedin_key": "s.linkedin_key",
            "email_key": "s.email_key",
            "company_key": "s.company_key",
            "status": "nullif(w.means, '')",
            "outcome": "nullif(o.means, '')",
        },
        scan_joins=f" LEFT JOIN {LINKS} k ON k.rowno = a.rowno{known}",
        rules=(
            Rule(f"({id_}) IS NULL", "id", NO_ID),
            Rule(f"{text('full_name')} IS NULL", "full_name", "no name", "'Name the lead at the source.'"),
            Rule(
                "s.campaign_id IS NULL",
                "campaign_id",
                "no campaign",
                "'Put the lead into a campaign at the source.'",
            ),
            Rule("c.source_id IS NULL", "campaign_id", "orphan: no such campaign", ORPHAN),
            Rule(
                f"s.workspace_id IS NOT NULL AND {shape.uuid('leads', 'workspace_id')} IS DISTINCT FROM c.place",
                "workspace_id",
                "its campaign is another workspace's",
                "'Which of the two is right? Correct the other at the source.'",
            ),
            unknown_word("w", "status"),
            unknown_word("o", "outcome"),
        ),
        columns={
            "CampaignID": "a.campaign_id",
            "ProjectID": "a.workspace_id",
            "PersonID": f"CASE WHEN k.rowno IS NOT NULL THEN k.person_id WHEN {HAS_KEY} THEN {own} END",
            **_profile(),
            "LinkedinKey": "CASE WHEN k.lost_linkedin IS NOT TRUE THEN a.linkedin_key END",
            "EmailKey": "CASE WHEN k.lost_email IS NOT TRUE THEN a.email_key END",
            "CompanyKey": "a.company_key",
            "Email": whole("email", 255),
            "AvatarUrl": whole("avatar_url", 512),
            "Status": "coalesce(a.status, 'found')::\"LeadStatus\"",
            "Outcome": 'a.outcome::"LeadOutcome"',
            "OutcomeReason": text("outcome_reason"),
            "EnrichmentData": shape.object("leads", "enrichment_data"),
            "OutboundMessage": text("outbound_message"),
            **shape.times("leads"),
        },
        notes=(
            *(too_long(column, 255) for column in ("full_name", "job_title", "company")),
            too_long("linkedin_url", 512, "left out"),
            too_long("email", 255, "left out"),
            too_long("avatar_url", 512, "left out"),
            Note(
                "s.enrichment_data IS NOT NULL AND left(s.enrichment_data, 1) <> '{' AND s.enrichment_data <> 'null'",
                "enrichment_data",
                "no JSON object: kept under `imported` when it is JSON",
            ),
            *shape.time_notes("leads", "created_at", "updated_at"),
        ),
        raw_json={"EnrichmentData": "s.enrichment_data"},
        uncompared=frozenset({"PersonID"}),
        fixed=frozenset({"PersonID"}),
        unique=shape.unique("leads"),
        large=True,
        keeps_extras=True,
        count_of="leads",
    )


def persons(shape: Shape) -> Mapping:
    """The human being behind leads of one Client, as the first of these leads says."""
    return Mapping(
        entity="persons",
        table="Persons",
        key="PersonID",
        source="leads",
        source_id=shape.uuid("leads", "id"),
        scan_joins=f" LEFT JOIN {LINKS} k ON k.rowno = a.rowno",
        columns={
            "ClientID": "a.client_id",
            "LinkedinKey": "a.linkedin_key",
            "EmailKey": "CASE WHEN k.rowno IS NULL OR k.keeps_email THEN a.email_key END",
            **_profile(),
            "Email": whole("email", 320),
            "CreatedAt": f"coalesce({shape.time('leads', 'created_at')}, {shape.moment})",
            "UpdatedAt": f"coalesce({shape.time('leads', 'created_at')}, {shape.moment})",
        },
        mark=PERSON_MARK,
        fixed=frozenset({"LinkedinKey", "EmailKey"}),
        unique=True,
        large=True,
    )


def _profile() -> dict[str, str]:
    """What a lead and its person have in common."""
    return {
        "FullName": cut("full_name", 255),
        "JobTitle": cut("job_title", 255),
        "Company": cut("company", 255),
        "LinkedinUrl": whole("linkedin_url", 512),
    }
