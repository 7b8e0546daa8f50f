"""The brief tells what is stored about a company, bounded, and nothing of anybody else's."""

import pytest

from persistence.models.page_snapshot import PageSnapshot
from persistence.models.workspace import OnboardingData
from persistence.session import Database
from persistence.types import utc_now
from tests.factories.campaigns import make_campaign
from tests.factories.experiments import make_experiment
from tests.factories.rows import insert
from tests.factories.users import caller_of, make_user
from tests.factories.workspaces import make_workspace
from tools.discovery.brief import load_brief
from tools.discovery.brief_query import PAGE_LENGTH
from tools.errors import NotFound
from tools.read_models import InTransaction


async def test_it_holds_onboarding_pages_and_experiments_with_their_results(database: Database) -> None:
    async with database.unit_of_work() as uow:
        user = await make_user(uow)
        workspace = await make_workspace(uow, owner=user, name="Closewise", language="de")
        data = {"company": {"oneSentencePitch": "Two days."}}
        await insert(uow, OnboardingData, {"workspace_id": workspace.id, "data": data}, {})
        for content in ("An old reading.", "x" * 10_000):
            page = {
                "workspace_id": workspace.id,
                "url": "https://closewise.example",
                "final_url": "https://closewise.example/",
                "content": content,
                "content_hash": "0",
                "fetched_at": utc_now(),
            }
            await insert(uow, PageSnapshot, page, {"title": 'Close "fast"'})
        experiment = await make_experiment(uow, workspace, design={"minimumSample": 1506})
        for _ in range(2):
            counts = {"total_leads": 100, "contacted_count": 50, "replied_count": 2, "meetings_booked": 1}
            await make_campaign(uow, workspace, experiment=experiment, **counts)
        await make_campaign(uow, workspace, experiment=experiment, contacted_count=999, deleted_at=utc_now())
        brief = await load_brief(InTransaction(uow), caller_of(user), workspace.id)
    assert (brief["workspace"], brief["language"]) == ("Closewise", "de")
    assert brief["facts"] == [{"id": "onboarding:company.oneSentencePitch", "text": "Two days."}]
    (page_read,) = brief["pages"]
    assert (page_read["id"], len(page_read["text"]), page_read["title"]) == (
        "page:1",
        PAGE_LENGTH,
        "Close 'fast'",
    )
    (saved,) = brief["experiments"]
    results = saved["results"]
    assert (results["leads"], results["contacted"], results["replied"], results["needed"]) == (
        200,
        100,
        4,
        1406,
    )
    assert results["low"] < 4 < results["high"]


async def test_experiments_come_in_their_order_and_pages_newest_first(database: Database) -> None:
    async with database.unit_of_work() as uow:
        user = await make_user(uow)
        workspace = await make_workspace(uow, owner=user)
        other = await make_workspace(uow, owner=user)
        for place in (workspace, workspace, other):
            experiment = await make_experiment(uow, place)
            await make_campaign(uow, place, experiment=experiment, contacted_count=5)
        unused = await make_experiment(uow, workspace)
        for number in range(7):
            page = {
                "workspace_id": workspace.id,
                "url": f"https://closewise.example/{number}",
                "final_url": f"https://closewise.example/{number}",
                "content": f"Page {number}.",
                "content_hash": "0",
                "fetched_at": utc_now(),
            }
            await insert(uow, PageSnapshot, page, {})
        brief = await load_brief(InTransaction(uow), caller_of(user), workspace.id)
    assert [page["text"] for page in brief["pages"]] == [f"Page {number}." for number in (6, 5, 4, 3, 2)]
    saved = brief["experiments"]
    assert [item["id"] for item in saved] == sorted(item["id"] for item in saved)
    assert [item["results"]["contacted"] for item in saved] == [5, 5, 0]
    assert saved[-1]["id"] == unused.id


async def test_a_reading_that_was_imported_counts_as_a_page(database: Database) -> None:
    async with database.unit_of_work() as uow:
        user = await make_user(uow)
        workspace = await make_workspace(uow, owner=user, website_scrape={"content": "We close books."})
        brief = await load_brief(InTransaction(uow), caller_of(user), workspace.id)
    assert [page["text"] for page in brief["pages"]] == ["We close books."]


async def test_a_stranger_gets_nothing(database: Database) -> None:
    async with database.unit_of_work() as uow:
        workspace = await make_workspace(uow)
        with pytest.raises(NotFound):
            await load_brief(InTransaction(uow), caller_of(await make_user(uow)), workspace.id)
