"""CSV files sent in over HTTP: a clear report of every row, nothing half-done that isn't said."""

import asyncio
import json
from typing import Any
from uuid import uuid4

import httpx
import pytest
from sqlalchemy import func, select

from persistence.models.lead import Lead, LeadStatus
from persistence.models.workspace import Workspace
from persistence.types import WorkspaceID
from tests.factories.campaigns import make_campaign
from tests.fixtures.api import Api
from tests.integration.api.records.outreach import lead_now, new_lead
from tests.integration.api.team import Team, created
from tools.campaigns.recount import recount
from tools.leads import importing


async def _campaign(api: Api, team: Team) -> str:
    async with api.services.database.unit_of_work() as uow:
        campaign = await make_campaign(uow, await uow.session.get_one(Workspace, team.workspace_id))
    return f"/campaigns/{campaign.id}/leads/import"


async def _send(
    client: httpx.AsyncClient, path: str, data: bytes | str, mapping: Any = None, **form: str
) -> httpx.Response:
    if mapping is not None:
        form["mapping"] = mapping if isinstance(mapping, str) else json.dumps(mapping)
    return await client.post(path, files={"file": ("leads.csv", data, "text/csv")}, data=form)


async def _report(client: httpx.AsyncClient, path: str, data: bytes | str, mapping: Any = None) -> Any:
    answer = await _send(client, path, data, mapping)
    assert answer.status_code == 202, answer.text
    return answer.json()["data"]


async def _leads(api: Api, team: Team) -> list[Lead]:
    async with api.services.database.unit_of_work() as uow:
        statement = select(Lead).where(Lead.workspace_id == team.workspace_id).order_by(Lead.id)
        return list((await uow.session.execute(statement)).scalars())


async def test_columns_are_mapped_and_every_row_is_told_of(api: Api, team: Team) -> None:
    path = await _campaign(api, team)
    data = (
        "Person,Mail,Firm,Junk\n"
        "Ada Lovelace,ada@engines.example,Engines,x\n"
        "'-Anne,anne@engines.example,Engines,=ignored\n"
        "Ada Again,ADA@engines.example,Engines,x\n"
        ",nobody@engines.example,Engines,x\n"
        "Bad Mail,no-address,Engines,x\n"
        "Short,row\n"
    )
    mapping = {"Person": "fullName", "Mail": "email", "Firm": "company", "Junk": None}
    report = await _report(team.clients["member"], path, data, mapping)
    assert (report["rows"], report["added"], report["duplicates"], report["refused"]) == (6, 2, 1, 3)
    assert [(problem["row"], problem["column"], problem["duplicate"]) for problem in report["problems"]] == [
        (4, None, True),
        (5, "Person", False),
        (6, "Mail", False),
        (7, None, False),
    ]
    assert report["complete"]
    ada, anne = await _leads(api, team)
    assert (ada.full_name, ada.email, ada.company) == ("Ada Lovelace", "ada@engines.example", "Engines")
    assert anne.full_name == "-Anne"


async def test_without_a_mapping_the_names_of_columns_are_matched(api: Api, team: Team) -> None:
    path = await _campaign(api, team)
    data = "First Name;Last Name;E-Mail;LinkedIn;Title;Score\nJörg;Müller;j@m.example;linkedin.com/in/jm;CFO;80\n"
    assert (await _report(team.owner, path, "\ufeff" + data))["added"] == 1
    (lead,) = await _leads(api, team)
    assert (lead.full_name, lead.job_title, lead.relevance_score) == ("Jörg Müller", "CFO", 80)
    assert (lead.email, lead.linkedin_key) == ("j@m.example", "jm")


async def test_the_same_file_again_adds_nothing_and_the_counters_stay_true(api: Api, team: Team) -> None:
    path = await _campaign(api, team)
    data = "Name,Email\n" + "".join(f"Lead {n},lead{n}@many.example\n" for n in range(2_300))
    assert (await _report(team.owner, path, data))["added"] == 2_300
    again = await _report(team.owner, path, data)
    assert (again["added"], again["duplicates"]) == (0, 2_300)
    assert (len(again["problems"]), again["problemsLeftOut"]) == (1_000, 1_300)
    async with api.services.database.unit_of_work() as uow:
        assert await recount(uow, WorkspaceID(team.workspace_id)) == []


async def test_the_same_file_twice_at_once_is_imported_once(api: Api, team: Team) -> None:
    path = await _campaign(api, team)
    data = "Name,Email\n" + "".join(f"Lead {n},lead{n}@twice.example\n" for n in range(50))
    reports = await asyncio.gather(*(_report(team.owner, path, data) for _ in range(4)))
    assert sum(report["added"] for report in reports) == 50
    assert sum(report["duplicates"] for report in reports) == 150


async def test_wrong_encoding_is_told_row_by_row_and_half_a_file_is_told(api: Api, team: Team) -> None:
    path = await _campaign(api, team)
    data = "Name,Email\nJörg,j@e.example\nAda,a@e.example\nBob,b@e.exam".encode("latin-1")
    report = await _report(team.owner, path, data)
    assert (report["added"], report["refused"]) == (2, 1)
    assert report["problems"][0] == {
        "row": 2,
        "column": "Name",
        "reason": "It is not UTF-8 text. Save the file as CSV UTF-8.",
        "duplicate": False,
    }
    assert report["warnings"] == ["The last line has no end: the file may have been cut off there."]


async def test_a_formula_is_refused_with_its_cell_and_the_other_rows_are_added(api: Api, team: Team) -> None:
    path = await _campaign(api, team)
    data = (
        'Name,Company\n"=HYPERLINK(""http://x.example"")",Engines\nAda Lovelace,@SUM(1+1)\n-Anne,\'-Engines\n'
    )
    report = await _report(team.owner, path, data)
    assert (report["added"], report["refused"], report["complete"]) == (1, 2, True)
    reason = "It holds a formula; send what it computes."
    assert [(problem["row"], problem["column"], problem["reason"]) for problem in report["problems"]] == [
        (2, "Name", reason),
        (3, "Company", reason),
    ]
    (anne,) = await _leads(api, team)
    assert (anne.full_name, anne.company) == ("-Anne", "-Engines")


async def test_a_file_that_ends_within_quotes_is_told_with_the_row_they_began_in(
    api: Api, team: Team
) -> None:
    report = await _report(
        team.owner, await _campaign(api, team), 'Name,Company\nAda,Engines\nBob,"Half a na'
    )
    assert (report["added"], report["refused"]) == (1, 1)
    assert [problem["row"] for problem in report["problems"]] == [3]
    assert report["warnings"] == ["The last line has no end: the file may have been cut off there."]


@pytest.mark.parametrize("data", ["Name\nAda\n".encode("utf-16"), "Näme\nAda\n".encode("latin-1")])
async def test_a_header_that_is_no_utf_8_is_refused_whole(api: Api, team: Team, data: bytes) -> None:
    answer = await _send(team.owner, await _campaign(api, team), data)
    assert answer.status_code == 422
    (error,) = answer.json()["errors"]
    assert error["pointer"] == "/file"
    assert "UTF-8" in error["reason"]
    assert await _leads(api, team) == []


@pytest.mark.parametrize(
    ("data", "mapping", "pointer"),
    [
        ("", None, "/file"),
        ("Name,Name\nAda,B\n", None, "/file"),
        ("Email\na@b.example\n", None, "/mapping"),
        ("Name\nAda\n", {"Nom": "fullName"}, "/mapping/Nom"),
        ("Name\nAda\n", {"Name": "shoeSize"}, "/mapping/Name"),
        ("Name,N\nAda,B\n", {"Name": "fullName", "N": "fullName"}, "/mapping/N"),
        ("Name\nAda\n", "[1]", "/mapping"),
        ("Name\nAda\n", "{", "/mapping"),
        ("Name\nAda\n", {"Name": 1}, "/mapping"),
    ],
)
async def test_a_file_that_can_not_be_read_is_refused_whole(
    api: Api, team: Team, data: str, mapping: Any, pointer: str
) -> None:
    answer = await _send(team.owner, await _campaign(api, team), data, mapping)
    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.json()["errors"]] == [pointer]
    assert await _leads(api, team) == []


async def test_what_is_no_form_is_refused(api: Api, team: Team) -> None:
    path = await _campaign(api, team)
    assert (await team.owner.post(path)).status_code == 422
    assert (await team.owner.post(path, data={"file": "text"})).status_code == 422
    broken = await team.owner.post(
        path, content=b"--x\r\nbroken", headers={"Content-Type": "multipart/form-data"}
    )
    assert broken.status_code == 422
    assert broken.json()["errors"]


async def test_what_fails_on_the_way_is_said_with_its_row(
    api: Api, team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = await _campaign(api, team)
    add, batches = importing.add_leads, 0

    async def add_twice(*arguments: Any) -> Any:
        nonlocal batches
        batches += 1
        if batches > 2:
            raise TimeoutError
        return await add(*arguments)

    monkeypatch.setattr(importing, "add_leads", add_twice)
    data = "Name,Email\n" + "".join(f"Lead {n},lead{n}@way.example\n" for n in range(2_500))
    report = await _report(team.owner, path, data)
    assert (report["complete"], report["stoppedAtRow"], report["added"]) == (False, 2_002, 2_000)
    async with api.services.database.unit_of_work() as uow:
        count = select(func.count()).select_from(Lead).where(Lead.workspace_id == team.workspace_id)
        assert (await uow.session.execute(count)).scalar_one() == 2_000
    monkeypatch.undo()
    assert (await _report(team.owner, path, data))["added"] == 500


async def _keyed(
    client: httpx.AsyncClient, path: str, data: str, key: str, name: str = "leads.csv", **form: str
) -> httpx.Response:
    files, headers = {"file": (name, data, "text/csv")}, {"Idempotency-Key": key}
    return await client.post(path, files=files, data=form, headers=headers)


async def test_an_import_sent_again_under_its_key_gets_its_report_again(api: Api, team: Team) -> None:
    """Its bytes differ the second time: a form has a boundary of its own each time it is sent."""
    path, key = await _campaign(api, team), uuid4().hex
    data = "Name,Email\n" + "".join(f"Lead {n},lead{n}@keyed.example\n" for n in range(20))
    first = await _keyed(team.owner, path, data, key)
    again = await _keyed(team.owner, path, data, key, name="renamed.csv")
    assert (first.status_code, first.json()["data"]["added"]) == (202, 20)
    assert first.headers["Content-Type"] == "application/json"
    assert (again.status_code, again.content) == (202, first.content)
    assert again.headers["Idempotency-Replayed"] == "true"
    assert len(await _leads(api, team)) == 20


async def test_another_file_or_another_field_under_the_key_of_an_import_is_refused(
    api: Api, team: Team
) -> None:
    path, key, data = await _campaign(api, team), uuid4().hex, "Name\nAda\n"
    assert (await _keyed(team.owner, path, data, key)).status_code == 202
    changed = [
        await _keyed(team.owner, path, "Name\nBob\n", key),
        await _keyed(team.owner, path, data, key, mapping='{"Name": "fullName"}'),
        await team.owner.post(path, headers={"Idempotency-Key": key}, data={"file": data}),
    ]
    assert [(answer.status_code, answer.json()["code"]) for answer in changed] == [
        (409, "idempotency_key_reused")
    ] * 3
    assert [lead.full_name for lead in await _leads(api, team)] == ["Ada"]


async def test_one_key_sent_many_times_at_once_imports_once(api: Api, team: Team) -> None:
    path, key = await _campaign(api, team), uuid4().hex
    data = "Name,Email\n" + "".join(f"Lead {n},lead{n}@once.example\n" for n in range(200))
    answers = await asyncio.gather(*(_keyed(team.owner, path, data, key) for _ in range(5)))
    assert {answer.status_code for answer in answers} <= {202, 409}
    assert {answer.json()["data"]["added"] for answer in answers if answer.status_code == 202} == {200}
    assert {answer.json()["code"] for answer in answers if answer.status_code == 409} <= {
        "request_in_progress"
    }


async def test_a_refused_file_frees_its_key(api: Api, team: Team) -> None:
    path, key = await _campaign(api, team), uuid4().hex
    assert (await _keyed(team.owner, path, "Email\na@b.example\n", key)).status_code == 422
    headers = {"Idempotency-Key": key, "Content-Type": "multipart/form-data"}
    assert (await team.owner.post(path, content=b"--x\r\nbroken", headers=headers)).status_code == 422
    assert (await _keyed(team.owner, path, "Name\nAda\n", key)).json()["data"]["added"] == 1


async def test_suppressions_sent_again_under_their_key_get_their_report_again(api: Api, team: Team) -> None:
    path, key, data = f"{team.path}/suppressions/import", uuid4().hex, "Email\nkim@keyed.example\n"
    first = await _keyed(team.owner, path, data, key, reason="legal")
    again = await _keyed(team.owner, path, data, key, reason="legal")
    other = await _keyed(team.owner, path, data, key, reason="complaint")
    assert first.json()["data"]["added"] == 1
    assert (again.content, other.status_code) == (first.content, 409)


async def test_viewers_import_nothing_and_strangers_find_nothing(api: Api, team: Team) -> None:
    path = await _campaign(api, team)
    assert (await _send(team.clients["viewer"], path, "no header")).status_code == 403
    assert (await _send(team.stranger, path, "no header")).status_code == 404


async def test_a_list_of_suppressions_is_imported_and_takes_effect_at_once(api: Api, team: Team) -> None:
    lead_id = await new_lead(api, team, email="kim@list.example")
    body = {"channel": "email", "subject": "Hello", "body": "Hello"}
    message = await created(team.owner, f"/leads/{lead_id}/messages", body)
    await team.owner.put(f"/messages/{message['id']}", json={"status": "scheduled"})
    path = f"{team.path}/suppressions/import"
    data = "Email,Reason\nkim@list.example,opt_out\nKIM@list.example,\nnobody,\nbob@list.example,mood\n"
    report = await _report(team.owner, path, data)
    assert (report["added"], report["duplicates"], report["refused"]) == (1, 1, 2)
    assert [(problem["row"], problem["column"]) for problem in report["problems"]] == [
        (3, None),
        (4, "Email"),
        (5, "Reason"),
    ]
    assert (await lead_now(api, lead_id)).status is LeadStatus.DRAFTED
    more = "kind,value\ndomain,acme.example\nlinkedin,https://linkedin.com/in/kim\nphone,1\n"
    answer = await _send(team.owner, path, more, reason="complaint")
    assert (answer.json()["data"]["added"], answer.json()["data"]["refused"]) == (2, 1)
    rows = (await team.owner.get(f"{team.path}/suppressions")).json()["data"]
    assert [(row["kind"], row["reason"]) for row in rows] == [
        ("email", "opt_out"),
        ("domain", "complaint"),
        ("linkedin", "complaint"),
    ]
    assert (await _send(team.owner, path, "Name\nAda\n")).status_code == 422
