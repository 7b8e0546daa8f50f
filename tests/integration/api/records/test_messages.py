"""Messages over HTTP: written, queued, sent by a person, answered; the lead follows, the counters stay true."""

import asyncio
from typing import Any

import pytest

from persistence.models.lead import LeadStatus
from persistence.models.outreach import OutreachFormat
from persistence.types import WorkspaceID
from tests.fixtures.api import Api
from tests.integration.api.records.outreach import campaign_now, lead_now, message_now, new_lead, new_message
from tests.integration.api.team import Team, created
from tools.campaigns.recount import recount

EMAIL = {"channel": "email", "subject": "Closing the books", "body": "Would a two-day close be worth a talk?"}


async def _draft(api: Api, team: Team, **lead: Any) -> tuple[Any, str]:
    """A lead and the path of a draft to them."""
    lead_id = await new_lead(api, team, **lead)
    message = await created(team.owner, f"/leads/{lead_id}/messages", EMAIL)
    return lead_id, f"/messages/{message['id']}"


async def _move(team: Team, path: str, *statuses: str) -> None:
    for status in statuses:
        answer = await team.clients["member"].put(path, json={"status": status})
        assert (answer.status_code, answer.json()["data"]["status"]) == (200, status), answer.text


async def _true(api: Api, team: Team) -> bool:
    async with api.services.database.unit_of_work() as uow:
        return await recount(uow, WorkspaceID(team.workspace_id)) == []


async def test_a_draft_has_the_usual_format_and_makes_its_lead_drafted(api: Api, team: Team) -> None:
    lead_id = await new_lead(api, team)
    path = f"/leads/{lead_id}/messages"
    first = await created(team.clients["member"], path, EMAIL)
    assert first == first | {"format": "email_cold", "channel": "email", "messageType": "initial_outreach"}
    assert first["body"] == first["content"] == EMAIL["body"]
    note = await created(
        team.owner, path, {"channel": "linkedin", "messageType": "connection_request", "content": "Hi"}
    )
    assert (note["format"], note["isFollowup"]) == ("linkedin_connection", False)
    more = await created(
        team.owner, path, {"format": "linkedin_message", "isFollowup": True, "body": "Again"}
    )
    assert (more["messageType"], more["isFollowup"]) == ("follow_up", True)
    assert (await team.clients["viewer"].get(path)).json()["data"] == [first, note, more]
    history = (await team.owner.get(f"/leads/{lead_id}/outreach")).json()["data"]
    assert history == [more, note, first]
    assert (await team.owner.get(f"/messages/{note['id']}")).json()["data"] == note
    assert (await lead_now(api, lead_id)).status is LeadStatus.DRAFTED


@pytest.mark.parametrize(
    "body",
    [
        {"channel": "email"},
        {"body": "Hello"},
        {"channel": "linkedin", "format": "email_cold", "body": "Hello"},
        {"channel": "email", "body": "One", "content": "Two"},
        {"channel": "email", "body": " \n"},
        {"channel": "email", "body": "x" * 20_001},
        {"channel": "email", "body": "Hello", "subject": "two\nlines"},
        {"channel": "email", "body": "Hello", "status": "sent"},
        {"channel": "fax", "body": "Hello"},
    ],
)
async def test_a_message_that_says_too_little_or_two_things_is_refused(
    api: Api, team: Team, body: dict[str, Any]
) -> None:
    lead_id = await new_lead(api, team)
    assert (await team.owner.post(f"/leads/{lead_id}/messages", json=body)).status_code == 422


async def test_a_message_takes_its_lead_along_and_the_counters_stay_true(api: Api, team: Team) -> None:
    lead_id, path = await _draft(api, team)
    for status, lead_status in (
        ("scheduled", LeadStatus.QUEUED),
        ("draft", LeadStatus.DRAFTED),
        ("scheduled", LeadStatus.QUEUED),
        ("sent", LeadStatus.SENT),
        ("opened", LeadStatus.SENT),
        ("replied", LeadStatus.RESPONDED),
    ):
        await _move(team, path, status)
        assert (await lead_now(api, lead_id)).status is lead_status
    campaign, lead = await campaign_now(api, lead_id), await lead_now(api, lead_id)
    assert (campaign.contacted_count, campaign.replied_count) == (1, 1)
    assert lead.contacted_at and lead.responded_at
    shown = (await team.owner.get(path)).json()["data"]
    assert all(shown[name] for name in ("scheduledAt", "sentAt", "openedAt", "repliedAt"))
    assert await _true(api, team)


async def test_an_illegal_move_says_which_are_legal(api: Api, team: Team) -> None:
    _, path = await _draft(api, team)
    refused = await team.owner.put(path, json={"status": "sent"})
    assert (refused.status_code, refused.json()["code"]) == (409, "illegal_move")
    assert refused.json()["legal"] == ["scheduled"]


async def test_a_second_draft_does_not_take_a_queued_lead_back(api: Api, team: Team) -> None:
    lead_id, path = await _draft(api, team)
    await _move(team, path, "scheduled")
    second = await created(team.owner, f"/leads/{lead_id}/messages", EMAIL)
    assert (await lead_now(api, lead_id)).status is LeadStatus.QUEUED
    await _move(team, f"/messages/{second['id']}", "scheduled", "draft")
    assert (await lead_now(api, lead_id)).status is LeadStatus.QUEUED
    await _move(team, path, "draft")
    assert (await lead_now(api, lead_id)).status is LeadStatus.DRAFTED


async def test_a_removed_draft_takes_its_lead_back_and_what_was_sent_stays(api: Api, team: Team) -> None:
    lead_id, path = await _draft(api, team)
    await _move(team, path, "scheduled")
    assert (await team.clients["viewer"].delete(path)).status_code == 403
    assert (await team.owner.delete(path)).status_code == 200
    assert (await lead_now(api, lead_id)).status is LeadStatus.ENRICHED
    assert (await team.owner.get(path)).status_code == 404
    other, path = await _draft(api, team)
    await _move(team, path, "scheduled", "sent")
    refused = await team.owner.delete(path)
    assert (refused.status_code, refused.json()["code"]) == (409, "message_sent")
    assert (await lead_now(api, other)).status is LeadStatus.SENT
    assert await _true(api, team)


async def test_only_drafts_are_edited_and_checks_go_with_their_text(api: Api, team: Team) -> None:
    lead_id = await new_lead(api, team)
    text = "You hire a controller. Shall we talk?"
    claims = [
        {"text": "You hire a controller.", "start": 0, "end": 22, "evidenceIds": ["e1"]},
        {"text": "Shall we talk?", "start": 23, "end": 37, "evidenceIds": []},
    ]
    checks = [{"name": "length", "passed": True, "detail": None}]
    path = f"/messages/{await new_message(api, lead_id, content=text, claims=claims, checks=checks)}"
    edited = await team.owner.put(path, json={"body": "Hello. You hire a controller."})
    data = edited.json()["data"]
    kept = {"text": "You hire a controller.", "start": 7, "end": 29, "evidenceIds": ["e1"]}
    assert data["claims"] == [{**kept, "part": "body", "objection": None}]
    assert data["checks"] == []
    await _move(team, path, "scheduled")
    refused = await team.owner.put(path, json={"body": "Other"})
    assert (refused.status_code, refused.json()["code"]) == (409, "message_fixed")
    back = await team.owner.put(path, json={"body": "Other", "status": "draft"})
    assert (back.json()["data"]["body"], back.json()["data"]["status"]) == ("Other", "draft")
    both = await team.owner.put(path, json={"subject": "New", "status": "scheduled"})
    assert (both.json()["data"]["subject"], both.json()["data"]["status"]) == ("New", "scheduled")


async def test_a_draft_that_failed_a_check_can_not_be_queued(api: Api, team: Team) -> None:
    lead_id = await new_lead(api, team)
    checks = [{"name": "claims_have_evidence", "passed": False, "detail": "No source."}]
    path = f"/messages/{await new_message(api, lead_id, checks=checks)}"
    refused = await team.owner.put(path, json={"status": "scheduled"})
    assert (refused.status_code, refused.json()["failed"]) == (409, ["claims_have_evidence"])


@pytest.mark.parametrize(
    ("form", "length", "tier", "fits"),
    [
        (OutreachFormat.LINKEDIN_CONNECTION, 200, None, True),
        (OutreachFormat.LINKEDIN_CONNECTION, 201, None, False),
        (OutreachFormat.LINKEDIN_CONNECTION, 300, "premium", True),
        (OutreachFormat.LINKEDIN_CONNECTION, 301, "premium", False),
        (OutreachFormat.LINKEDIN_INMAIL, 1_901, "premium", False),
        (OutreachFormat.LINKEDIN_MESSAGE, 8_000, None, True),
    ],
)
async def test_what_is_queued_fits_its_channel(
    api: Api, team: Team, form: OutreachFormat, length: int, tier: str | None, fits: bool
) -> None:
    await team.owner.put(f"{team.path}/sender", json={"linkedinTier": tier})
    lead_id = await new_lead(api, team)
    path = f"/messages/{await new_message(api, lead_id, format=form, content='x' * length)}"
    answer = await team.owner.put(path, json={"status": "scheduled"})
    assert answer.status_code == (200 if fits else 422)
    if not fits:
        assert [error["pointer"] for error in answer.json()["errors"]] == ["/content"]


async def test_an_email_without_a_subject_can_not_be_queued(api: Api, team: Team) -> None:
    lead_id = await new_lead(api, team)
    path = f"/messages/{await new_message(api, lead_id, subject=None)}"
    refused = await team.owner.put(path, json={"status": "scheduled"})
    assert [error["pointer"] for error in refused.json()["errors"]] == ["/subject"]


@pytest.mark.parametrize(
    "suppression",
    [
        {"kind": "email", "value": "KIM@acme.example", "reason": "opt_out"},
        {"kind": "domain", "value": "acme.example"},
        {"kind": "linkedin", "value": "https://linkedin.com/in/kim-lee"},
    ],
)
async def test_nobody_is_queued_who_is_suppressed_and_who_is_queued_is_taken_out(
    api: Api, team: Team, suppression: dict[str, str]
) -> None:
    contact = {"email": "kim@acme.example", "linkedin_url": "https://www.linkedin.com/in/Kim-Lee/"}
    lead_id, path = await _draft(api, team, **contact)
    bystander, other = await _draft(api, team)
    await _move(team, path, "scheduled")
    await _move(team, other, "scheduled")
    await created(team.owner, f"{team.path}/suppressions", suppression)
    assert (await lead_now(api, lead_id)).status is LeadStatus.DRAFTED
    assert (await lead_now(api, bystander)).status is LeadStatus.QUEUED
    refused = await team.owner.put(path, json={"status": "scheduled"})
    assert (refused.status_code, refused.json()["code"]) == (409, "suppressed")
    assert await _true(api, team)


@pytest.mark.parametrize(
    ("kind", "value", "change"),
    [
        ("email", "kim@taboo-mail.example", {"email": "Kim@Taboo-Mail.example"}),
        ("domain", "taboo.example", {"companyDomain": "taboo.example"}),
        ("linkedin", "kim-taboo", {"linkedinUrl": "https://www.linkedin.com/in/kim-taboo/"}),
    ],
)
async def test_a_lead_that_becomes_somebody_suppressed_is_taken_out_of_the_queue(
    api: Api, team: Team, kind: str, value: str, change: dict[str, str]
) -> None:
    await created(team.owner, f"{team.path}/suppressions", {"kind": kind, "value": value})
    lead_id, path = await _draft(api, team)
    await _move(team, path, "scheduled")
    assert (await team.owner.put(f"/leads/{lead_id}", json={"location": "Wien"})).status_code == 200
    assert (await message_now(api, int(path.rpartition("/")[2]))).status.value == "scheduled"
    changed = await team.owner.put(f"/leads/{lead_id}", json=change)
    assert (changed.status_code, changed.json()["data"]["status"]) == (200, "drafted"), changed.text
    assert (await message_now(api, int(path.rpartition("/")[2]))).status.value == "draft"
    assert await _true(api, team)


async def test_queueing_and_suppressing_at_once_never_leaves_somebody_queued(api: Api, team: Team) -> None:
    for number in range(8):
        email = f"kim{number}@acme.example"
        lead_id, path = await _draft(api, team, email=email)
        body = {"kind": "email", "value": email, "reason": "opt_out"}
        queued, added = await asyncio.gather(
            team.clients["member"].put(path, json={"status": "scheduled"}),
            team.owner.post(f"{team.path}/suppressions", json=body),
        )
        assert queued.status_code in {200, 409}
        assert added.status_code == 201
        assert (await lead_now(api, lead_id)).status is LeadStatus.DRAFTED


async def test_a_reply_ends_the_sequence(api: Api, team: Team) -> None:
    lead_id, path = await _draft(api, team)
    await _move(team, path, "scheduled", "sent")
    follow_up = await created(team.owner, f"/leads/{lead_id}/messages", EMAIL | {"messageType": "follow_up"})
    await _move(team, f"/messages/{follow_up['id']}", "scheduled")
    assert (await lead_now(api, lead_id)).status is LeadStatus.SENT
    await _move(team, path, "replied")
    assert (await message_now(api, follow_up["id"])).status == "draft"
    assert (await lead_now(api, lead_id)).status is LeadStatus.RESPONDED


async def test_a_queued_message_has_a_time(api: Api, team: Team) -> None:
    _, path = await _draft(api, team)
    at = "2027-01-04T08:00:00+00:00"
    assert (await team.owner.put(path, json={"scheduledAt": at})).json()["code"] == "not_queued"
    queued = await team.owner.put(path, json={"status": "scheduled", "scheduledAt": at})
    assert queued.json()["data"]["scheduledAt"].startswith("2027-01-04T08:00:00")
    later = await team.owner.put(path, json={"scheduledAt": "2027-01-05T08:00:00+00:00"})
    assert later.json()["data"]["scheduledAt"].startswith("2027-01-05")
    assert (await team.owner.put(path, json={"status": "draft"})).json()["data"]["scheduledAt"] is None


async def test_a_lead_that_is_being_enriched_is_queued_afterwards(api: Api, team: Team) -> None:
    lead_id = await new_lead(api, team, status=LeadStatus.ENRICHING)
    path = f"/messages/{(await created(team.owner, f'/leads/{lead_id}/messages', EMAIL))['id']}"
    refused = await team.owner.put(path, json={"status": "scheduled"})
    assert (refused.status_code, refused.json()["code"]) == (409, "lead_being_enriched")


async def test_two_stale_saves_and_twenty_moves_at_once(api: Api, team: Team) -> None:
    lead_id, path = await _draft(api, team)
    tag = (await team.owner.get(path)).headers["ETag"]
    saves = [
        team.owner.put(path, json={"subject": f"Subject {number}"}, headers={"If-Match": tag})
        for number in range(2)
    ]
    assert sorted(answer.status_code for answer in await asyncio.gather(*saves)) == [200, 412]
    moves = [
        team.owner.put(path, json={"status": status})
        for status in ("scheduled", "sent", "draft", "replied") * 5
    ]
    answers = await asyncio.gather(*moves)
    assert {answer.status_code for answer in answers} <= {200, 409}
    stored = await message_now(api, int(path.rpartition("/")[2]))
    expected = {
        "draft": LeadStatus.DRAFTED,
        "scheduled": LeadStatus.QUEUED,
        "sent": LeadStatus.SENT,
        "replied": LeadStatus.RESPONDED,
    }
    assert (await lead_now(api, lead_id)).status is expected[stored.status]
    assert await _true(api, team)


async def test_strangers_find_nothing(api: Api, team: Team) -> None:
    lead_id, path = await _draft(api, team)
    assert (await team.stranger.get(path)).status_code == 404
    assert (await team.stranger.put(path, json={"status": "scheduled"})).status_code == 404
    assert (await team.stranger.post(f"/leads/{lead_id}/messages", json=EMAIL)).status_code == 404
    assert (await team.clients["viewer"].put(path, json={"status": "scheduled"})).status_code == 403
