"""Exports from the request to the file: what a file holds, whom it is for, and how long."""

import csv
import io
import re
from datetime import timedelta
from typing import Any

import orjson
import pytest
from sqlalchemy import func, select

from persistence.models.job import ExportPart, JobStatus
from persistence.models.workspace import Workspace
from persistence.types import utc_now
from tests.factories.campaigns import make_campaign
from tests.factories.exports import CONTENT, make_export
from tests.factories.leads import make_lead
from tests.fixtures.api import Api
from tests.fixtures.exporting import take_snapshot_only
from tests.integration.api.exports.conftest import Exporter
from tests.integration.api.leads.crm import added, campaign, experiment, lead
from tests.integration.api.team import Team
from tools.exports import snapshot
from tools.sheets.reading import Row, open_sheet


def rows_of(data: bytes) -> list[dict[str, str]]:
    """The rows of a CSV file, as a spreadsheet reads them."""
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


async def parts(api: Api, export: str) -> int:
    """How many parts an export has."""
    async with api.services.database.unit_of_work() as uow:
        return (
            await uow.session.execute(select(func.count()).where(ExportPart.job_id == export))
        ).scalar_one()


async def test_a_csv_of_leads_is_readable_and_runs_nothing(exporter: Exporter, team: Team) -> None:
    path = await campaign(team, await experiment(team))
    await added(team, path, fullName="-Anne", jobTitle='=HYPERLINK("x")', aiSummary="two\nlines, a comma")
    await added(team, path, fullName="Jörg Öz", relevanceReasons=["Closes by hand"])
    data = await exporter.file()
    first, second = rows_of(data)
    assert (first["fullName"], first["jobTitle"]) == ("'-Anne", '\'=HYPERLINK("x")')
    assert first["aiSummary"] == "two\nlines, a comma"
    assert (second["fullName"], second["relevanceReasons"]) == ("Jörg Öz", '["Closes by hand"]')
    assert second["experiment"] == "Finance leads"
    assert second["campaign"].startswith("Campaign ")
    (read, _) = list(open_sheet(io.BytesIO(data)).rows(["fullName"]))
    assert isinstance(read, Row)
    assert read.cells["fullName"] == "-Anne"


async def test_an_exported_file_can_be_imported_elsewhere(exporter: Exporter, team: Team) -> None:
    path = await campaign(team)
    people = [await added(team, path, fullName=name) for name in ("-Anne", "Bob")]
    data = await exporter.file()
    elsewhere = (await team.owner.post("/workspaces", json={"name": "Second"})).json()["data"]["id"]
    made = await team.owner.post(f"/workspaces/{elsewhere}/campaigns", json={"name": "Again"})
    target = f"/campaigns/{made.json()['data']['id']}/leads"
    report = await team.owner.post(f"{target}/import", files={"file": ("leads.csv", data)})
    assert report.json()["data"]["added"] == 2, report.text
    listed = (await team.owner.get(target)).json()["data"]
    assert {row["email"] for row in listed} == {person["email"] for person in people}
    assert "-Anne" in {row["fullName"] for row in listed}


async def test_json_holds_the_deeper_fields_too(exporter: Exporter, team: Team) -> None:
    path = await campaign(team)
    made = await added(team, path, enrichmentData={"skills": ["closing"]})
    (row,) = orjson.loads(await exporter.file(form="json"))
    assert row["enrichmentData"] == {"skills": ["closing"]}
    assert {name: row[name] for name in made if name in row and name != "updatedAt"} == {
        name: value for name, value in made.items() if name in row and name != "updatedAt"
    }


@pytest.mark.parametrize("what", ["leads", "messages", "campaigns", "experiments", "activities"])
@pytest.mark.parametrize("form", ["csv", "json"])
async def test_everything_can_be_exported_and_holds_nothing_of_others(
    exporter: Exporter, team: Team, what: str, form: str
) -> None:
    path = await campaign(team, await experiment(team))
    made = await added(team, path)
    message = {"channel": "email", "body": "Hello"}
    assert (await team.owner.post(f"/leads/{made['id']}/messages", json=message)).status_code == 201
    elsewhere = (await team.stranger.post("/workspaces", json={"name": "Theirs"})).json()["data"]["id"]
    theirs = await team.stranger.post(f"/workspaces/{elsewhere}/campaigns", json={"name": "Theirs"})
    await team.stranger.post(f"/campaigns/{theirs.json()['data']['id']}/leads", json=lead())
    data = await exporter.file(what, form)
    rows: list[dict[str, Any]] = rows_of(data) if form == "csv" else orjson.loads(data)
    assert rows
    assert all(row["id"] for row in rows)
    assert "Theirs" not in data.decode()


@pytest.mark.parametrize(("form", "data"), [("csv", None), ("json", b"[\n]\n")])
async def test_an_empty_export_is_a_file_with_nothing_in_it(
    exporter: Exporter, form: str, data: bytes | None
) -> None:
    file = await exporter.file(form=form)
    assert file == data if data else rows_of(file) == []
    assert file


async def test_leads_are_chosen_as_lists_choose_them_and_deleted_campaigns_are_gone(
    exporter: Exporter, team: Team
) -> None:
    kept, other, gone = await campaign(team), await campaign(team), await campaign(team)
    for path in (kept, other, gone):
        await added(team, path, fullName=path, jobTitle="Controller")
    await team.owner.delete(gone)
    chosen = {"campaignId": [int(kept.rpartition("/")[2])], "q": "controller"}
    assert [row["fullName"] for row in rows_of(await exporter.file(filter=chosen))] == [kept]
    assert {row["fullName"] for row in rows_of(await exporter.file())} == {kept, other}


async def test_conditions_on_leads_are_refused_where_there_are_none(team: Team) -> None:
    body = {"what": "campaigns", "filter": {"status": ["found"]}}
    refused = await team.owner.post(f"{team.path}/exports", json=body)
    assert refused.status_code == 422
    assert "`filter`" in refused.json()["errors"][0]["reason"]


async def test_a_file_of_many_parts_shows_one_moment(
    exporter: Exporter, team: Team, api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(snapshot, "PART_BYTES", 2_000)
    path = await campaign(team)
    people = [lead() for _ in range(40)]
    assert (await team.owner.post(f"{path}/leads", json={"leads": people})).status_code == 201
    export = await exporter.ask()
    await take_snapshot_only(exporter.services, export)
    total = await parts(api, export)
    assert total > 5
    assert (await exporter.job(export))["totalSteps"] == total + 1
    rows = (await team.owner.get(f"{team.path}/leads")).json()["data"]
    for row in rows[::3]:
        assert (await team.owner.delete(f"/leads/{row['id']}")).status_code == 200
    await added(team, path)
    await exporter.work(job_id=export)
    job = await exporter.job(export)
    assert (job["status"], job["progress"], job["output"]["rows"]) == ("completed", 100, 40)
    file = await team.owner.get(f"/exports/{export}/download")
    assert [row["email"] for row in rows_of(file.content)] == [person["email"] for person in people]
    assert await parts(api, export) == total


async def test_a_file_says_what_it_is(exporter: Exporter, team: Team) -> None:
    await added(team, await campaign(team))
    export = await exporter.ask()
    await exporter.work(job_id=export)
    answer = await team.owner.get(f"/exports/{export}/download")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert re.fullmatch(
        r'attachment; filename="leads-\d{4}-\d\d-\d\d\.csv"', answer.headers["content-disposition"]
    )
    assert int(answer.headers["content-length"]) == len(answer.content)
    output = (await exporter.job(export))["output"]
    assert answer.headers["etag"] == f'"{output["digest"]}"'
    assert output["downloadPath"] == f"/exports/{export}/download"
    assert (output["rows"], output["bytes"]) == (1, len(answer.content))
    again = await team.owner.get(f"/exports/{export}/download")
    assert again.content == answer.content


async def test_what_is_not_finished_can_not_be_fetched(exporter: Exporter, team: Team) -> None:
    export = await exporter.ask()
    early = await team.owner.get(f"/exports/{export}/download")
    assert (early.status_code, early.json()["code"]) == (409, "export_not_ready")
    assert (await team.owner.post(f"/jobs/{export}/cancel")).status_code == 200
    await exporter.work(job_id=export)
    late = await team.owner.get(f"/exports/{export}/download")
    assert (late.status_code, late.json()["code"]) == (409, "export_failed")


async def test_a_file_is_gone_after_its_day(api: Api, team: Team) -> None:
    async with api.services.database.unit_of_work() as uow:
        workspace = await uow.session.get_one(Workspace, team.workspace_id)
        fresh = await make_export(uow, workspace, completed_at=utc_now() - timedelta(hours=23))
        old = await make_export(uow, workspace, completed_at=utc_now() - timedelta(hours=25))
    answer = await team.owner.get(f"/exports/{fresh.id}/download")
    assert (answer.status_code, answer.content) == (200, CONTENT)
    assert (await team.owner.get(f"/exports/{old.id}/download")).status_code == 404


async def test_viewers_take_nothing_away_and_strangers_find_nothing(exporter: Exporter, team: Team) -> None:
    body = {"what": "leads"}
    assert (await team.clients["viewer"].post(f"{team.path}/exports", json=body)).status_code == 403
    assert (await team.stranger.post(f"{team.path}/exports", json=body)).status_code == 404
    export = await exporter.ask()
    await exporter.work(job_id=export)
    path = f"/exports/{export}/download"
    assert (await team.clients["viewer"].get(path)).status_code == 403
    assert (await team.stranger.get(path)).status_code == 404


async def test_asking_and_fetching_are_noted_without_whom_was_looked_for(
    exporter: Exporter, team: Team
) -> None:
    await exporter.file(filter={"q": "Lovelace"})
    log = (await team.owner.get(f"{team.path}/audit", params={"entity": "export"})).json()["data"]
    assert [entry["action"] for entry in log] == ["downloaded", "requested"]
    assert log[1]["to"] == {"what": "leads", "format": "csv", "filtered": True}
    assert {entry["actorUserId"] for entry in log} == {team.user_ids["member"]}


async def test_only_a_few_are_under_way_at_once(exporter: Exporter, team: Team) -> None:
    waiting = [await exporter.ask() for _ in range(3)]
    refused = await team.owner.post(f"{team.path}/exports", json={"what": "leads"})
    assert (refused.status_code, refused.json()["code"]) == (429, "too_many_exports")
    await exporter.work(job_id=waiting[0])
    await exporter.ask()


async def test_an_erased_person_is_in_no_file_and_what_is_under_way_fails(
    exporter: Exporter, team: Team, api: Api
) -> None:
    made = await added(team, await campaign(team))
    done, begun = await exporter.ask(), await exporter.ask()
    await exporter.work(job_id=done)
    await take_snapshot_only(exporter.services, begun)
    erased = await team.owner.delete(f"/persons/{made['personId']}")
    assert (erased.status_code, erased.json()["data"]["exports"]) == (200, 2), erased.text
    gone = await team.owner.get(f"/exports/{done}/download")
    assert (gone.status_code, gone.json()["code"]) == (404, "export_removed")
    await exporter.work(job_id=begun)
    job = await exporter.job(begun)
    assert (job["status"], job["output"]["failed"]) == ("failed", 1)
    assert "erased" in job["errorMessage"]


@pytest.mark.full
async def test_many_leads_of_many_words_are_cut_where_they_fit(
    api: Api, exporter: Exporter, team: Team
) -> None:
    async with api.services.database.unit_of_work() as uow:
        workspace = await uow.session.get_one(Workspace, team.workspace_id)
        made = await make_campaign(uow, workspace)
        for _ in range(60):
            await make_lead(uow, made, ai_summary="ö" * 100_000)
    export = await exporter.ask()
    await exporter.work(job_id=export)
    assert (await exporter.job(export))["status"] == JobStatus.COMPLETED.value
    assert await parts(api, export) >= 6
    file = (await team.owner.get(f"/exports/{export}/download")).content
    assert {len(row["aiSummary"]) for row in rows_of(file)} == {100_000}
