"""One person over HTTP: everything about them handed out, and erased."""

import asyncio
from dataclasses import dataclass
from uuid import UUID, uuid4

from sqlalchemy import delete, select, text

from persistence.models import Entity
from persistence.models.agent_run import AgentRun, AgentRunStatus
from persistence.models.campaign import ActivityType, Campaign, CampaignActivity
from persistence.models.discovery import DiscoveryMessage, DiscoverySession, LearnedStyle
from persistence.models.job import AsyncJobType, Job, JobItem
from persistence.models.lead import Lead, LeadSignal, LeadStatus, SignalType
from persistence.models.paid_call import PaidCall, PaidCallState
from persistence.models.person import Person
from persistence.models.workspace import OnboardingData, Workspace
from persistence.session import UnitOfWork
from persistence.types import LeadID, PersonID, WorkspaceID
from tests.factories.leads import make_message
from tests.factories.sessions import make_session
from tests.fixtures.api import Api
from tests.integration.api.records.outreach import campaign_now, new_lead
from tests.integration.api.team import Team, make_team
from tools.campaigns.recount import recount
from tools.discovery.learned_style import keep_style
from tools.turns.forks import newest_base
from tools.turns.states import read_state

NAME, EMAIL, PROFILE = "Wilhelmina Quarz", "wilma@quarz-test.example", "wilma-quarz"
FOUND = {"full_name": NAME, "email": EMAIL, "linkedin_url": f"https://www.linkedin.com/in/{PROFILE}"}


@dataclass(frozen=True)
class Known:
    """A person whom the workspace knows twice: once written to, once only found. And a talk that names them."""

    person_id: PersonID
    written_to: LeadID
    found: LeadID
    session_id: int
    thread_id: UUID
    run_thread: UUID


async def _know(api: Api, team: Team) -> Known:
    """Everything that can be stored about a person."""
    written_to = await new_lead(api, team, **FOUND, status=LeadStatus.SENT, raw_data={"name": NAME})
    found = await new_lead(api, team, full_name=NAME, email=None, linkedin_url=None)
    run_thread = uuid4()
    async with api.services.database.unit_of_work() as uow:
        workspace = await uow.session.get_one(Workspace, team.workspace_id)
        person = Person(
            client_id=workspace.client_id, full_name=NAME, email_key=EMAIL, linkedin_key=PROFILE, email=EMAIL
        )
        uow.session.add(person)
        await uow.session.flush()
        (await uow.session.get_one(Lead, found)).person_id = person.id
        session = await make_session(uow, workspace)
        await _write(uow, workspace, session, written_to, run_thread)
        for thread in (session.thread_id, run_thread):
            await uow.session.execute(CHECKPOINT, {"thread": str(thread), "name": f'{{"name": "{NAME}"}}'})
    return Known(person.id, written_to, found, session.id, session.thread_id, run_thread)


CHECKPOINT = text(
    "INSERT INTO checkpoints (thread_id, checkpoint_ns, checkpoint_id, checkpoint, metadata) "
    "VALUES (:thread, '', '1', CAST(:name AS jsonb), '{}')"
)


async def _write(
    uow: UnitOfWork, workspace: Workspace, session: DiscoverySession, lead_id: LeadID, run_thread: UUID
) -> None:
    lead = await uow.session.get_one(Lead, lead_id)
    scope = {"workspace_id": workspace.id}
    await make_message(uow, lead, content=f"Dear {NAME}, shall we talk?")
    job = Job(**scope, type=AsyncJobType.LEAD_ENRICHMENT)
    uow.session.add(job)
    await uow.session.flush()
    turn = {
        "input": {"text": f"I met {NAME} ({EMAIL.upper()})."},
        "state": {"notes": [f"{NAME} asked for a demo"]},
    }
    activity = {"activity_type": ActivityType.LEAD_CONTACTED, "title": f"{NAME} was written to"}
    uow.session.add_all(
        [
            LeadSignal(lead_id=lead_id, headline=f"{NAME} speaks", signal_type=SignalType.NEWS_MENTION),
            CampaignActivity(campaign_id=lead.campaign_id, lead_id=lead_id, **activity),
            JobItem(job_id=job.id, lead_id=lead_id, position=0, output={"email": EMAIL}),
            AgentRun(**scope, graph="outreach", lead_id=lead_id, thread_id=run_thread, state={"lead": NAME}),
            AgentRun(
                **scope, graph="discovery", session_id=session.id, thread_id=session.thread_id,
                status=AgentRunStatus.DONE, **turn,
            ),
            LearnedStyle(**scope, guide={"examples": [f"Hi {NAME}"]}),
            DiscoveryMessage(session_id=session.id, position=0, message={"role": "user", "content": f"Meet {NAME}"}),
            PaidCall(
                call_key=uuid4().hex, client_id=workspace.client_id, **scope, provider="wiza",
                operation="reveal", state=PaidCallState.SUCCEEDED, response={"email": EMAIL},
            ),
        ]
    )  # fmt: skip


async def _left(api: Api) -> list[str]:
    """The tables in which the person can still be found, checkpoints included."""
    async with api.services.database.unit_of_work() as uow:
        names = [f'"{table}"' for table in Entity.metadata.tables] + ["checkpoints"]
        looking = (
            "SELECT count(*) FROM {0} t WHERE t::text ILIKE '%Wilhelmina%' OR t::text ILIKE '%wilma%quarz%'"
        )
        return [
            name for name in names if (await uow.session.execute(text(looking.format(name)))).scalar_one() > 0
        ]


async def test_the_export_holds_everything_and_is_noted(api: Api, team: Team) -> None:
    known = await _know(api, team)
    export = (await team.owner.get(f"/persons/{known.person_id}/export")).json()["data"]
    assert export["person"]["fullName"] == NAME
    assert [lead["id"] for lead in export["leads"]] == [known.written_to, known.found]
    assert export["leads"][0]["rawData"] == {"name": NAME}
    for part in ("messages", "signals", "activities", "runs", "jobItems", "paidCalls", "mentions"):
        assert len(export[part]) == 1, part
    log = (await team.owner.get(f"{team.path}/audit", params={"entity": "person"})).json()["data"]
    assert [(entry["action"], entry["entityId"]) for entry in log] == [("exported", str(known.person_id))]
    await team.owner.delete(f"/persons/{known.person_id}")


async def test_an_erased_person_is_nowhere_and_rates_stay_true(api: Api, team: Team) -> None:
    known = await _know(api, team)
    assert {'"Leads"', '"Persons"', '"AgentRuns"', '"PaidCalls"', '"LearnedStyles"', "checkpoints"} <= set(
        await _left(api)
    )
    answer = await team.clients["admin"].delete(f"/persons/{known.person_id}")
    assert answer.status_code == 200, answer.text
    assert await _left(api) == []
    erased = answer.json()["data"]
    assert (erased["leadsRemoved"], erased["leadsEmptied"], erased["messages"], erased["runs"]) == (
        1,
        1,
        1,
        1,
    )
    campaign = await campaign_now(api, known.written_to)
    assert (campaign.total_leads, campaign.contacted_count) == (1, 1)
    async with api.services.database.unit_of_work() as uow:
        assert await recount(uow, WorkspaceID(team.workspace_id)) == []
    log = (await team.owner.get(f"{team.path}/audit", params={"entity": "person"})).json()["data"]
    assert log[0]["action"] == "erased"
    assert (await team.owner.get(f"/persons/{known.person_id}/export")).status_code == 404


async def test_a_talk_that_named_them_goes_on_from_its_record(api: Api, team: Team) -> None:
    known = await _know(api, team)
    await team.owner.delete(f"/persons/{known.person_id}")
    async with api.services.database.unit_of_work() as uow:
        session = await uow.session.get_one(DiscoverySession, known.session_id)
        assert session.thread_id != known.thread_id
        base = await newest_base(uow, session)
        assert base.seed is not None
        assert (await read_state(uow, base.seed)).state == {"notes": ["[erased] asked for a demo"]}


async def test_nothing_is_erased_while_a_talk_that_names_them_is_answered(api: Api, team: Team) -> None:
    known = await _know(api, team)
    async with api.services.database.unit_of_work() as uow:
        (await uow.session.get_one(DiscoverySession, known.session_id)).active_turn_id = uuid4()
    before = await _left(api)
    refused = await team.owner.delete(f"/persons/{known.person_id}")
    assert (refused.status_code, refused.json()["code"]) == (409, "turn_running")
    assert await _left(api) == before
    async with api.services.database.unit_of_work() as uow:
        (await uow.session.get_one(DiscoverySession, known.session_id)).active_turn_id = None
    assert (await team.owner.delete(f"/persons/{known.person_id}")).status_code == 200


async def test_who_is_erased_may_be_suppressed_for_good(api: Api, team: Team) -> None:
    known = await _know(api, team)
    answer = await team.owner.delete(f"/persons/{known.person_id}", params={"suppress": True})
    assert answer.status_code == 200, answer.text
    rows = (await team.owner.get(f"{team.path}/suppressions")).json()["data"]
    assert [(row["kind"], row["reason"]) for row in rows] == [("email", "legal"), ("linkedin", "legal")]


async def test_it_takes_an_admin_of_every_workspace_that_knows_them(api: Api, team: Team) -> None:
    known = await _know(api, team)
    path = f"/persons/{known.person_id}/export"
    for role, status in (("viewer", 403), ("member", 403), ("admin", 200)):
        assert (await team.clients[role].get(path)).status_code == status
    assert (await team.stranger.get(path)).status_code == 404
    elsewhere = (await team.owner.post("/workspaces", json={"name": "Second"})).json()["data"]["id"]
    await new_lead(api, Team(elsewhere, {}, {}, team.stranger), **FOUND)
    assert (await team.clients["admin"].get(path)).status_code == 403
    assert (await team.clients["admin"].delete(f"/persons/{known.person_id}")).status_code == 403
    export = (await team.owner.get(path)).json()["data"]
    assert len(export["leads"]) == 3
    await team.owner.delete(f"/persons/{known.person_id}")


async def test_what_was_written_of_the_own_company_is_told_and_not_changed(api: Api, team: Team) -> None:
    known = await _know(api, team)
    facts = {"facts": [f"Our first customer is {NAME.upper()}", f"https://{PROFILE}.example"]}
    worldview = f"Ask {EMAIL} first."
    history = [{"role": "user", "content": f"I know {NAME}"}]
    async with api.services.database.unit_of_work() as uow:
        workspace = await uow.session.get_one(Workspace, team.workspace_id)
        workspace.worldview, workspace.discovery_chat_history = worldview, history
        onboarding = OnboardingData(workspace_id=workspace.id, data=facts)
        innocent = Campaign(workspace_id=workspace.id, name=f"{NAME}ia and wilhelminas")
        named = Campaign(
            workspace_id=workspace.id, name="Fall", settings={"note": f"see linkedin.com/in/{PROFILE}"}
        )
        uow.session.add_all([onboarding, innocent, named])
        await uow.session.flush()
        ids = {"onboarding": onboarding.id, "campaign": named.id, "workspace": workspace.id}
    expected = [
        {"workspaceId": team.workspace_id, "kind": kind, "id": ids[kind], "field": field}
        for kind, field in (("campaign", "settings"), ("onboarding", "data"), ("workspace", "worldview"))
    ]
    export = (await team.owner.get(f"/persons/{known.person_id}/export")).json()["data"]
    assert export["places"] == expected
    erased = (await team.owner.delete(f"/persons/{known.person_id}")).json()["data"]
    assert erased["places"] == expected
    assert {name.strip('"') for name in await _left(api)} == {"Projects", "OnboardingData", "Campaigns"}
    async with api.services.database.unit_of_work() as uow:
        workspace = await uow.session.get_one(Workspace, team.workspace_id)
        assert workspace.worldview == worldview
        assert workspace.discovery_chat_history == [{"role": "user", "content": "I know [erased]"}]
        assert (await uow.session.get_one(OnboardingData, ids["onboarding"])).data == facts
    log = (await team.owner.get(f"{team.path}/audit", params={"entity": "person"})).json()["data"]
    assert log[0]["to"]["places"] == 3
    await _unwrite(api, team)


async def _unwrite(api: Api, team: Team) -> None:
    """Take away what later tests would find of the person."""
    async with api.services.database.unit_of_work() as uow:
        (await uow.session.get_one(Workspace, team.workspace_id)).worldview = None
        for entity in (OnboardingData, Campaign):
            await uow.session.execute(delete(entity).where(entity.workspace_id == team.workspace_id))


async def test_another_organisations_lead_with_the_same_address_stays(api: Api, team: Team) -> None:
    known, other = await _know(api, team), await make_team(api)
    theirs = await new_lead(api, other, **FOUND)
    await team.owner.delete(f"/persons/{known.person_id}")
    async with api.services.database.unit_of_work() as uow:
        assert (await uow.session.get_one(Lead, theirs)).full_name == NAME
        await uow.session.delete(await uow.session.get_one(Lead, theirs))


async def test_nothing_is_erased_while_any_turn_may_have_read_a_guide_that_names_them(
    api: Api, team: Team
) -> None:
    known = await _know(api, team)
    async with api.services.database.unit_of_work() as uow:
        workspace = await uow.session.get_one(Workspace, team.workspace_id)
        later = await make_session(uow, workspace, active_turn_id=uuid4())
    refused = await team.owner.delete(f"/persons/{known.person_id}")
    assert (refused.status_code, refused.json()["code"]) == (409, "turn_running")
    async with api.services.database.unit_of_work() as uow:
        (await uow.session.get_one(DiscoverySession, later.id)).active_turn_id = None
    assert (await team.owner.delete(f"/persons/{known.person_id}")).status_code == 200
    assert await _left(api) == []


async def test_an_erasure_and_a_turn_that_keeps_a_style_do_not_wait_for_each_other(
    api: Api, team: Team
) -> None:
    known = await _know(api, team)
    async with api.services.database.unit_of_work() as uow:
        (await uow.session.get_one(DiscoverySession, known.session_id)).active_turn_id = uuid4()
    async with api.services.database.unit_of_work() as uow:
        mine = select(DiscoverySession.id).where(DiscoverySession.id == known.session_id)
        await uow.session.execute(mine.with_for_update(read=True))
        erasing = asyncio.create_task(team.owner.delete(f"/persons/{known.person_id}"))
        await asyncio.sleep(0.5)
        await keep_style(
            uow, WorkspaceID(team.workspace_id), {"guide": {}, "learned_from": 1, "examples": "mark"}
        )
    assert (await erasing).json()["code"] == "turn_running"
