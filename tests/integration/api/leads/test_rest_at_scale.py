"""A workspace of 100,000 leads: every list goes along an index, the last page as the first. `make test-full PART=rest`."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest
from sqlalchemy import text

from persistence.models.lead import LeadOutcome, LeadStatus
from persistence.models.workspace import Workspace
from persistence.session import Database
from persistence.types import CampaignID
from tests.factories.campaigns import make_campaign
from tests.factories.users import caller_of, make_user
from tests.factories.workspaces import make_workspace
from tools.access import Caller
from tools.campaigns.recount import recount
from tools.errors import Invalid
from tools.leads import reading
from tools.leads.bulk import change_many
from tools.leads.reading import SORTS, SortName
from tools.leads.schemas import BulkOutcome, LeadSelection
from tools.paging import PageRequest

LEADS, CAMPAIGNS = 100_000, 200

FILL = """
INSERT INTO "Leads" ("CampaignID", "ProjectID", "FullName", "JobTitle", "Company", "Email", "RelevanceScore", "Status",
  "Outcome", "AiSummary")
SELECT (:first + n % :campaigns), :workspace, 'Lead ' || md5(n::text), 'Head of ' || n % 50, 'Company ' || n / 3,
  'lead' || n || '@company.example', CASE WHEN n % 3 = 0 THEN NULL ELSE n % 101 END,
  (enum_range(NULL::"LeadStatus"))[1 + n % 7], CASE WHEN n % 9 = 0 THEN 'interested'::"LeadOutcome" END, repeat('x', 700)
FROM generate_series(1, :leads) n
"""


@dataclass
class Explaining:
    """Runs a statement and keeps what Postgres says of how it did."""

    database: Database
    plans: list[str] = field(default_factory=list)

    async def rows(self, statement: str, *arguments: Any) -> Sequence[Sequence[Any]]:
        """What the statement finds."""
        plan = await self.database.reads.rows(
            f"EXPLAIN (ANALYZE, BUFFERS, FORMAT TEXT) {statement}", *arguments
        )
        self.plans.append("\n".join(row[0] for row in plan))
        return await self.database.reads.rows(statement, *arguments)


@dataclass(frozen=True)
class Big:
    """The workspace, its reader, and one of its campaigns."""

    database: Database
    workspace: Workspace
    caller: Caller
    campaign_id: CampaignID


@pytest.fixture(scope="module")
async def big(database: Database) -> Big:
    """A workspace with very many leads."""
    async with database.unit_of_work() as uow:
        owner = await make_user(uow)
        workspace = await make_workspace(uow, owner=owner)
        campaigns = [await make_campaign(uow, workspace) for _ in range(CAMPAIGNS)]
        values = {"first": campaigns[0].id, "workspace": workspace.id, "leads": LEADS, "campaigns": CAMPAIGNS}
        await uow.session.execute(text("SET LOCAL statement_timeout = 0"))
        await uow.session.execute(text(FILL), values)
    async with database.engine.connect() as connection:
        await connection.execution_options(isolation_level="AUTOCOMMIT")
        await connection.execute(text("SET statement_timeout = 0"))
        await connection.execute(text('VACUUM ANALYZE "Leads"'))
        await connection.execute(text("RESET statement_timeout"))
    return Big(database, workspace, caller_of(owner), campaigns[0].id)


@pytest.mark.full
@pytest.mark.timeout(600)
@pytest.mark.parametrize("sort", SORTS)
async def test_a_sorted_list_goes_along_an_index_on_every_page(big: Big, sort: SortName) -> None:
    explaining = Explaining(big.database)
    page, chosen = PageRequest(50), LeadSelection()
    cursor = None
    for limit in (50, 1_000, 1_000, 50):
        page = PageRequest(limit, cursor)
        found = await reading.list_of_workspace(
            explaining, big.caller, big.workspace.id, page, chosen=chosen, sort=sort
        )
        assert len(found.items) == limit
        cursor = found.next_cursor
    for plan in explaining.plans:
        assert 'Seq Scan on "Leads"' not in plan, plan
        assert "rows=100000" not in plan, plan


@pytest.mark.full
@pytest.mark.timeout(600)
@pytest.mark.parametrize(
    "chosen",
    [
        LeadSelection(status=[LeadStatus.SENT]),
        LeadSelection(outcome=[LeadOutcome.INTERESTED]),
        LeadSelection(min_score=50),
        LeadSelection(q="company 5"),
        LeadSelection(q="nobody is called that"),
    ],
    ids=str,
)
async def test_a_filtered_list_answers(big: Big, chosen: LeadSelection) -> None:
    explaining = Explaining(big.database)
    found = await reading.list_of_workspace(
        explaining, big.caller, big.workspace.id, PageRequest(50, count=True), chosen=chosen
    )
    assert found.total is not None
    assert len(found.items) == min(50, found.total)


@pytest.mark.full
@pytest.mark.timeout(600)
async def test_a_campaigns_list_reads_its_leads_only(big: Big) -> None:
    explaining = Explaining(big.database)
    found = await reading.list_of_campaign(
        explaining, big.caller, big.campaign_id, PageRequest(50), chosen=LeadSelection()
    )
    assert len(found.items) == 50
    assert "IX_Leads_CampaignID" in explaining.plans[0]


@pytest.mark.full
@pytest.mark.timeout(600)
async def test_ten_thousand_are_changed_at_once_and_more_are_refused(big: Big) -> None:
    some = [CampaignID(big.campaign_id + number) for number in range(20)]
    whole = BulkOutcome(
        workspace_id=big.workspace.id, filter=LeadSelection(), action="outcome", value=LeadOutcome.REJECTED
    )
    async with big.database.unit_of_work() as uow:
        with pytest.raises(Invalid):
            await change_many(uow, big.caller, whole)
    for value in (LeadOutcome.MEETING_BOOKED, LeadOutcome.NO_RESPONSE):
        body = BulkOutcome(
            workspace_id=big.workspace.id,
            filter=LeadSelection(campaign_id=some),
            action="outcome",
            value=value,
        )
        started = time.monotonic()
        async with big.database.unit_of_work() as uow:
            done = await change_many(uow, big.caller, body)
        print(f"{done.changed} leads judged in {time.monotonic() - started:.1f} s")
        assert done.changed == 10_000
    async with big.database.unit_of_work() as uow:
        await recount(uow, big.workspace.id)
    async with big.database.unit_of_work() as uow:
        assert await recount(uow, big.workspace.id) == []
