"""New leads go in by one statement, with the persons behind them, and come back as the JSON that answers tell.

All of them are one parameter, a JSON array: building and binding arrays costs this process more than taking JSON apart
costs Postgres, which has more than one.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from persistence.many_rows import json_text
from persistence.models.campaign import Campaign
from persistence.models.lead import Lead
from persistence.session import UnitOfWork
from persistence.types import LeadID
from tools.leads.batch import Said
from tools.leads.identity import Keys
from tools.leads.persons import KNOWN, MADE_FOR, MAKE, find_persons
from tools.leads.reading import WHOLE, written_leads
from tools.read_models import InTransaction, row_as_json
from tools.scoring.stored import with_scores

KINDS = {
    "full_name": "text",
    "job_title": "text",
    "company": "text",
    "company_domain": "text",
    "linkedin_url": "text",
    "email": "text",
    "phone": "text",
    "location": "text",
    "avatar_url": "text",
    "ai_summary": "text",
    "relevance_score": "int",
    "relevance_reasons": "jsonb",
    "outbound_message": "text",
    "enrichment_data": "jsonb",
    "linkedin_key": "text",
    "email_key": "text",
    "company_key": "text",
}
"""What goes in with a new lead, by attribute name, with its Postgres type."""


def _statement(*, shown: bool) -> str:
    columns = ", ".join(f'"{getattr(Lead, name).expression.name}"' for name in KINDS)
    person = f"coalesce(made.id, {KNOWN.format(row='given', linkedin='linkedin_key', email='email_key')})"
    return f"""
        WITH client AS MATERIALIZED (
          SELECT w."ClientID" AS id FROM "Projects" w WHERE w."ProjectID" = $2::bigint
        ), given AS MATERIALIZED (
          SELECT * FROM ROWS FROM (
            jsonb_to_recordset($3::jsonb) AS ({", ".join(f"{name} {kind}" for name, kind in KINDS.items())})
          ) WITH ORDINALITY AS item ({", ".join(KINDS)}, place)
        ), made AS ({MAKE}
        ), saved AS (
          INSERT INTO "Leads" AS l ("CampaignID", "ProjectID", "PersonID", {columns})
          SELECT $1::bigint, $2::bigint, {person}, {", ".join(f"given.{name}" for name in KINDS)}
          FROM client CROSS JOIN given LEFT JOIN made ON {MADE_FOR}
          ORDER BY given.place
          RETURNING l."LeadID" AS id, {row_as_json(WHOLE, "l") if shown else "NULL"} AS item,
            l."PersonID" IS NULL AND (l."LinkedinKey" IS NOT NULL OR l."EmailKey" IS NOT NULL) AS alone
        )
        SELECT array_agg(id ORDER BY id), string_agg(item, ',' ORDER BY id), bool_or(alone) FROM saved
    """  # noqa: S608 — names of our own, values are bound


SILENT, SHOWN = _statement(shown=False), _statement(shown=True)


@dataclass(frozen=True)
class Inserted:
    """New leads in the order given: their ids, and when they are to be shown their JSON texts, joined by commas."""

    ids: list[LeadID]
    items: str


async def insert_leads(
    uow: UnitOfWork, campaign: Campaign, leads: Sequence[tuple[Said, Keys]], *, shown: bool
) -> Inserted:
    """Insert leads with their scores and the persons behind them."""
    if not leads:
        return Inserted([], "")
    scored = await with_scores(uow, campaign, [said for said, _ in leads])
    rows = [
        {**said, "linkedin_key": keys.linkedin, "email_key": keys.email, "company_key": keys.company}
        for said, (_, keys) in zip(scored, leads, strict=True)
    ]
    # Keys come from an identity, which counts up in the order of the rows.
    ((ids, items, alone),) = await InTransaction(uow).rows(
        SHOWN if shown else SILENT, campaign.id, campaign.workspace_id, json_text(rows)
    )
    if alone:
        await find_persons(uow, ids)
        items = ",".join(item for item, _ in await written_leads(uow, ids))
    return Inserted(ids, items or "")
