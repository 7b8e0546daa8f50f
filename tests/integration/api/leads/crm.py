"""A team with an experiment, a campaign and leads: what the tests of leads begin with."""

from typing import Any

from persistence.models.campaign import Campaign
from persistence.models.lead import Lead, LeadOutcome, LeadStatus
from persistence.types import WorkspaceID
from tests.factories.numbers import next_number
from tests.fixtures.api import Api
from tests.integration.api.team import Team, created
from tools.campaigns.recount import recount


async def experiment(team: Team) -> int:
    """A new experiment's id."""
    body = {"name": "Finance leads", "type": "bullseye"}
    made = await created(team.owner, f"{team.path}/experiments", body)
    id_: int = made["id"]
    return id_


async def campaign(team: Team, experiment_id: int | None = None) -> str:
    """The path of a new campaign."""
    body = {"name": f"Campaign {next_number()}", "experimentId": experiment_id}
    made = await created(team.owner, f"{team.path}/campaigns", body)
    return f"/campaigns/{made['id']}"


def lead(**fields: Any) -> dict[str, Any]:
    """A lead as a client sends it, of a company of its own."""
    number = next_number()
    return {
        "fullName": f"Lead {number}",
        "company": f"Company {number}",
        "companyDomain": f"company{number}.example",
        "linkedinUrl": f"https://www.linkedin.com/in/lead-{number}",
        "email": f"lead@company{number}.example",
    } | fields


async def added(team: Team, campaign_path: str, **fields: Any) -> dict[str, Any]:
    """A lead that was added."""
    return await created(team.owner, f"{campaign_path}/leads", lead(**fields))


async def put_at(api: Api, lead_id: int, status: LeadStatus, outcome: LeadOutcome | None = None) -> None:
    """Put a lead where it did not walk to, and count it."""
    async with api.services.database.unit_of_work() as uow:
        row = await uow.session.get_one(Lead, lead_id)
        row.status, row.outcome = status, outcome
        await uow.session.flush()
        await recount(uow, row.workspace_id)


async def drift(api: Api, team: Team) -> list[str]:
    """The counters of the team's workspace that are not true."""
    async with api.services.database.unit_of_work() as uow:
        return await recount(uow, WorkspaceID(team.workspace_id))


async def counters(api: Api, campaign_path: str) -> tuple[int, int, int, int]:
    """A campaign's counters: total, contacted, replied, meetings."""
    async with api.services.database.unit_of_work() as uow:
        row = await uow.session.get_one(Campaign, int(campaign_path.rpartition("/")[2]))
        return row.total_leads, row.contacted_count, row.replied_count, row.meetings_booked
