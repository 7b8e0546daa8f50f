"""Results to look at: two arms of a set whose leads were written to two months ago, and what became of them."""

from typing import Any

import httpx
import psycopg

from persistence.models.experiment import ExperimentType
from tests.dev import processes
from tests.factories.designs import VALUES, changed, design
from tests.fixtures.product import Product
from tools.experiments.design import DimensionName, ExperimentDesign

LEADS_IN = """
INSERT INTO "Leads" ("CampaignID", "ProjectID", "FullName", "JobTitle", "Company", "CompanyKey", "RelevanceScore",
    "Status", "Outcome", "ContactedAt", "RespondedAt")
SELECT %(campaign)s, %(workspace)s, 'Lead ' || n, 'Head of finance', 'Steel ' || n, %(campaign)s || '-' || n, 40 + n %% 60,
    CAST(CASE WHEN n <= %(replies)s THEN 'responded' ELSE 'sent' END AS "LeadStatus"),
    CAST(CASE WHEN n <= %(replies)s / 3 THEN 'meeting_booked' WHEN n <= %(replies)s THEN 'interested' END AS "LeadOutcome"),
    now() - interval '60 days', CASE WHEN n <= %(replies)s THEN now() - interval '59 days' END
FROM generate_series(1, %(leads)s) AS n
"""
ARMS: tuple[tuple[str, ExperimentType, ExperimentDesign, int, int], ...] = (
    ("Heads of finance who close by hand", ExperimentType.BULLSEYE, design(minimum_sample=400), 2420, 121),
    (
        "The same, but the owner himself",
        ExperimentType.VARIABLE_A,
        changed(DimensionName.PERSONA, minimum_sample=400),
        410,
        62,
    ),
    (
        "The same, on the day of the audit",
        ExperimentType.VARIABLE_B,
        changed(DimensionName.TRIGGER, minimum_sample=400),
        400,
        26,
    ),
    ("A letter instead of an e-mail", ExperimentType.CONTRARIAN, changed(DimensionName.CHANNEL), 90, 4),
    (
        "Owners of breweries",
        ExperimentType.LONG_SHOT,
        changed(DimensionName.PERSONA, DimensionName.FIRMOGRAPHIC, lead_share=0.1, budget_share=0.1),
        12,
        0,
    ),
)


async def measure(product: Product, client: httpx.AsyncClient, workspace_id: int) -> Any:
    """Fill the workspace; what the API then compares."""
    for name, kind, held, leads, replies in ARMS:
        body = {
            "name": name,
            "type": kind.value,
            "pattern": VALUES[DimensionName.FIRMOGRAPHIC],
            "pain": VALUES[DimensionName.SITUATION],
            "design": held.model_dump(mode="json", by_alias=True),
        }
        experiment = await client.post(f"/workspaces/{workspace_id}/experiments", json=body)
        assert experiment.is_success, experiment.text
        body = {"name": name, "experimentId": experiment.json()["data"]["id"]}
        campaign = (await client.post(f"/workspaces/{workspace_id}/campaigns", json=body)).raise_for_status()
        values = {"campaign": campaign.json()["data"]["id"], "workspace": workspace_id}
        _store(product, values | {"leads": leads, "replies": replies})
    command = ["-m", "api.cli", "db", "counters", "--repair"]
    processes.run("counters", command, product.environment, product.logs)
    answer = await client.get(f"/workspaces/{workspace_id}/experiments/comparison")
    return answer.raise_for_status().json()["data"]


def _store(product: Product, values: dict[str, Any]) -> None:
    with psycopg.connect(product.environment["DATABASE_URL"], autocommit=True) as connection:
        connection.execute(LEADS_IN, values)
