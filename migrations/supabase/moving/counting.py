"""What follows from leads as they stand: which experiment a company belongs to, and the counters of campaigns."""

from collections.abc import Iterable
from enum import StrEnum

from migrations.supabase.target.connection import Target
from migrations.supabase.target.ledger import SCHEMA, Run, accepted, id_map, staged
from tools.moves import CONTACTED, MET, REPLIED

FIRST_OF_COMPANY = f"""
SELECT a.workspace_id, a.company_key, a.experiment_id, a.source_id FROM {accepted("leads")} a JOIN (
    SELECT workspace_id, company_key, min(rowno) AS rowno FROM {accepted("leads")}
    WHERE experiment_id IS NOT NULL AND company_key IS NOT NULL GROUP BY 1, 2
) f ON f.rowno = a.rowno
"""


def assign_companies(target: Target, run: Run) -> None:
    """A company belongs to the experiment of its first lead; leads of it in other arms are kept, and not compared."""
    target.run(
        f"WITH first AS ({FIRST_OF_COMPANY}), made AS ("
        'INSERT INTO "CompanyAssignments" ("ProjectID", "CompanyKey", "ExperimentID", "Origin")'
        " SELECT workspace_id, company_key, experiment_id, 'migration' FROM first ON CONFLICT DO NOTHING"
        ' RETURNING "CompanyAssignmentID", "ProjectID", "CompanyKey", "ExperimentID")'
        f" INSERT INTO {id_map('company_assignments')} (source_id, target_id, mark, made, run_id)"
        f' SELECT first.source_id, made."CompanyAssignmentID", made."ExperimentID", true, {run.id} FROM made'
        ' JOIN first ON first.workspace_id = made."ProjectID" AND first.company_key = made."CompanyKey"'
        " ON CONFLICT (source_id) DO UPDATE SET target_id = EXCLUDED.target_id, mark = EXCLUDED.mark"
    )


def _words(words: Iterable[StrEnum]) -> str:
    return ", ".join(f"'{word.value}'" for word in sorted(words))


def counted(where: str) -> str:
    """SQL of what leads say of each campaign that matches: id, total, contacted, replied, met."""
    return (
        'SELECT c."CampaignID" AS id, c."ExperimentID" AS experiment, count(l."LeadID") AS total,'
        f' count(*) FILTER (WHERE l."Status"::text IN ({_words(CONTACTED)})) AS contacted,'
        f' count(*) FILTER (WHERE l."Status"::text IN ({_words(REPLIED)})) AS replied,'
        f' count(*) FILTER (WHERE l."Outcome"::text IN ({_words(MET)})) AS met'
        f' FROM "Campaigns" c LEFT JOIN "Leads" l ON l."CampaignID" = c."CampaignID" WHERE {where} GROUP BY 1, 2'
    )


NOT_DELETED = 'c."DeletedAt" IS NULL'
OURS = f'c."CampaignID" IN (SELECT target_id FROM {id_map("campaigns")})'
OF_EXPERIMENTS = (
    'SELECT e."ExperimentID" AS id, coalesce(sum(n.total), 0) AS total, coalesce(sum(n.contacted), 0) AS contacted,'
    ' coalesce(sum(n.met), 0) AS met FROM "Experiments" e'
    f' LEFT JOIN ({counted(NOT_DELETED)}) n ON n.experiment = e."ExperimentID"'
    f' WHERE e."ExperimentID" IN (SELECT target_id FROM {id_map("experiments")}) GROUP BY 1'
)


def count_anew(target: Target, run: Run) -> None:
    """Set the counters of all campaigns and experiments that came; what the source said otherwise is kept."""
    target.run(
        f'UPDATE "Campaigns" t SET "TotalLeads" = n.total, "ContactedCount" = n.contacted, "RepliedCount" = n.replied,'
        f' "MeetingsBooked" = n.met FROM ({counted(OURS)}) n WHERE t."CampaignID" = n.id'
    )
    target.run(
        'UPDATE "Experiments" t SET "LeadsFound" = n.total, "LeadsWarming" = n.contacted, "MeetingsBooked" = n.met'
        f' FROM ({OF_EXPERIMENTS}) n WHERE t."ExperimentID" = n.id'
    )
    for column, ours in (
        ("leads_found", "LeadsFound"),
        ("leads_warming", "LeadsWarming"),
        ("meetings_booked", "MeetingsBooked"),
    ):
        target.run(
            f'INSERT INTO {SCHEMA}.remarks (run_id, entity, row_number, source_id, kind, "column", reason, value)'
            f" SELECT {run.id}, 'experiments', s.rowno, a.source_id::text, 'changed', '{column}',"
            f" 'counted anew from the leads', to_jsonb(s.{column}) FROM {staged('experiments')} s"
            f' JOIN {accepted("experiments")} a ON a.rowno = s.rowno JOIN "Experiments" t ON t."ExperimentID" = a.target_id'
            f' WHERE {SCHEMA}.try_int(s.{column}) IS DISTINCT FROM t."{ours}" AND s.{column} IS NOT NULL'
        )
