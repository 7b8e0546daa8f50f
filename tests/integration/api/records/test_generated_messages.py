"""Drafts of a model: kept with what was found in them, checked again when edited and when queued, against what is stored then."""

from datetime import timedelta
from typing import Any

import pytest

from persistence.models.campaign import Campaign
from persistence.models.lead import Lead, LeadSignal, SignalType
from persistence.models.page_snapshot import PageSnapshot
from persistence.models.user import User
from persistence.models.workspace import Workspace
from persistence.session import UnitOfWork
from persistence.types import WorkspaceID, utc_now
from tests.factories.experiments import make_experiment
from tests.factories.users import caller_of
from tests.fixtures.api import Api
from tests.integration.api.records.outreach import message_now, new_lead, new_message
from tests.integration.api.team import Team
from tools.access import Caller
from tools.messages.generated import keep_generated
from tools.outreach.evidence import DraftText, EvidencePacket
from tools.outreach.packet import packet_of

SENDER = {
    "name": "Maik Tal",
    "title": "Founder",
    "company": "Tidewerk",
    "postalAddress": "Kai 1, 20457 Hamburg",
    "optOutLine": "Tell me if you would rather not hear from me.",
    "approvedFacts": ["Tidewerk plans crews for harbour tugs."],
}
BODY = "Hi Jonna,\n\nBrennholt is hiring two crew planners. Is redoing the plan what they would do?"


async def _lead(api: Api, team: Team, *, days: int = 9) -> Any:
    """A lead of Brennholt, whose page said so many days ago that two planners are wanted."""
    await team.owner.put(f"{team.path}/sender", json=SENDER)
    lead_id = await new_lead(
        api,
        team,
        full_name="Jonna Reiff",
        company="Brennholt Towage",
        company_domain="brennholt.example",
    )
    async with api.services.database.unit_of_work() as uow:
        for url in ("https://brennholt.example/jobs", "https://brennholt-design.example/jobs"):
            number = "two" if "design" not in url else "nine"
            page = PageSnapshot(
                workspace_id=WorkspaceID(team.workspace_id),
                url=url,
                final_url=url,
                content=f"We are hiring {number} crew planners.",
                content_hash="0" * 64,
                fetched_at=utc_now() - timedelta(days=days),
            )
            uow.session.add(page)
    return lead_id


async def _caller(uow: UnitOfWork, team: Team) -> Caller:
    return caller_of(await uow.session.get_one(User, team.user_ids["owner"]))


async def _keep(api: Api, team: Team, lead_id: Any, body: str = BODY, **values: Any) -> str:
    draft = DraftText(**{"format": "email_cold", "subject": "the night desk", "body": body, **values})
    async with api.services.database.unit_of_work() as uow:
        message = await keep_generated(
            uow, await _caller(uow, team), lead_id, draft, api.services.contact_hashes
        )
        return f"/messages/{message.id}"


async def _packet(api: Api, lead_id: Any) -> EvidencePacket:
    async with api.services.database.unit_of_work() as uow:
        return await packet_of(uow, await uow.session.get_one(Lead, lead_id))


async def test_a_packet_holds_what_is_stored_of_the_lead_and_leaves_out_the_rest(
    api: Api, team: Team
) -> None:
    lead_id = await _lead(api, team)
    async with api.services.database.unit_of_work() as uow:
        quoted = [{"quote": "Brennholt raised money.", "source": "page:https://news.example/a", "url": None}]
        signal = LeadSignal(
            lead_id=lead_id,
            headline="Raised",
            signal_type=SignalType.FUNDING,
            citations=quoted,
            detected_at=utc_now(),
        )
        uow.session.add(signal)
    await new_message(api, lead_id, content="Would a talk help?")
    packet = await _packet(api, lead_id)
    texts = {item.id: item.text for item in packet.evidence}
    assert texts["lead.fullName"] == "Jonna Reiff"
    assert texts["fact.1"] == SENDER["approvedFacts"][0]
    assert [text for name, text in texts.items() if name.startswith("page.")] == [
        "We are hiring two crew planners."
    ]
    assert [(item.kind, item.why) for item in packet.left_out] == [("funding", "other_company")]
    assert packet.thread == []
    assert packet.sender.opt_out_line == SENDER["optOutLine"]


async def test_a_sentence_in_the_experiment_s_words_is_shown_with_the_field_it_is_from(
    api: Api, team: Team
) -> None:
    lead_id = await _lead(api, team)
    pain = "Shift plans are redone by hand after each delay"
    async with api.services.database.unit_of_work() as uow:
        lead = await uow.session.get_one(Lead, lead_id)
        campaign = await uow.session.get_one(Campaign, lead.campaign_id)
        workspace = await uow.session.get_one(Workspace, lead.workspace_id)
        experiment = await make_experiment(uow, workspace, pain=pain, trigger=None, outreach_angle="")
        campaign.experiment_id = experiment.id
    said = "Perhaps shift plans are redone by hand after each delay."
    path = await _keep(api, team, lead_id, f"{BODY}\n\n{said}")
    data = (await team.owner.get(path)).json()["data"]

    (claim,) = [each for each in data["claims"] if each["text"] == said]
    assert (claim["evidenceIds"], claim["objection"]) == (["experiment.pain"], None)
    assert data["body"][claim["start"] : claim["end"]] == said
    (source,) = [each for each in data["evidence"] if each["id"] == "experiment.pain"]
    assert (source["source"], source["text"], source["subject"]) == ("experiment:pain", pain, "experiment")
    assert (await team.owner.put(path, json={"status": "scheduled"})).status_code == 200


async def test_a_draft_that_rests_on_evidence_is_queued_with_it(api: Api, team: Team) -> None:
    path = await _keep(api, team, await _lead(api, team))
    queued = await team.owner.put(path, json={"status": "scheduled"})
    assert queued.status_code == 200, queued.text
    data = queued.json()["data"]
    assert [claim["text"] for claim in data["claims"] if claim["evidenceIds"]] == [
        "Hi Jonna,",
        "Brennholt is hiring two crew planners.",
    ]
    for claim in data["claims"]:
        assert data["content"][claim["start"] : claim["end"]] == claim["text"]
        assert set(claim["evidenceIds"]) <= {item["id"] for item in data["evidence"]}
    assert all(check["passed"] for check in data["checks"] if check["hard"])
    assert data["content"].endswith(SENDER["optOutLine"])


@pytest.mark.parametrize(
    ("body", "subject"),
    [
        (BODY.replace("two", "nine"), "the night desk"),
        (BODY.replace("Brennholt", "Globex"), "the night desk"),
        (BODY + "\n\nP.S. Congratulations on your Series B!", "the night desk"),
        (BODY, "Your $5M round"),
    ],
)
async def test_a_draft_that_invents_can_not_be_queued(api: Api, team: Team, body: str, subject: str) -> None:
    path = await _keep(api, team, await _lead(api, team), body, subject=subject)
    refused = await team.owner.put(path, json={"status": "scheduled"})
    assert (refused.status_code, refused.json()["code"]) == (409, "checks_failed")
    assert "supported_claims" in refused.json()["failed"]
    assert refused.json()["claims"]
    assert (await message_now(api, int(path.rpartition("/")[2]))).status.value == "draft"


async def test_a_persons_edit_of_a_draft_is_checked_again(api: Api, team: Team) -> None:
    path = await _keep(api, team, await _lead(api, team))
    content = (await team.owner.get(path)).json()["data"]["content"]
    edited = await team.owner.put(path, json={"body": content.replace("two crew", "forty crew")})
    failed = {
        check["name"] for check in edited.json()["data"]["checks"] if not check["passed"] and check["hard"]
    }
    assert failed == {"supported_claims"}
    assert (await team.owner.put(path, json={"status": "scheduled"})).status_code == 409
    mended = await team.owner.put(path, json={"body": content, "status": "scheduled"})
    assert mended.status_code == 200, mended.text


async def test_evidence_that_grew_old_since_stops_a_draft_at_the_queue(api: Api, team: Team) -> None:
    old = await _keep(api, team, await _lead(api, team, days=46), BODY.replace("Hi Jonna", "Hello Jonna"))
    assert (await team.owner.put(old, json={"status": "scheduled"})).json()["failed"] == ["supported_claims"]


async def test_what_a_person_writes_from_nothing_is_their_own_word(api: Api, team: Team) -> None:
    lead_id = await _lead(api, team)
    path = f"/messages/{await new_message(api, lead_id, content='Brennholt hired nine planners in May.')}"
    assert (await team.owner.put(path, json={"status": "scheduled"})).status_code == 200
