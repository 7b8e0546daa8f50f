"""From sign-in to the comparison of arms through the public API alone, in an empty workspace and in one of 100,000 leads."""

import asyncio
import csv
import io

import pytest

from tests.fixtures.product import Product
from tests.journeys.seller import Json, Seller, as_csv, people

CROWD = 100_000
CSV_COLUMNS = {
    "fullName": "Name",
    "jobTitle": "Title",
    "company": "Company",
    "companyDomain": "Domain",
    "linkedinUrl": "LinkedIn",
    "email": "E-mail",
}


async def add_leads(seller: Seller, arms: list[tuple[int, int]]) -> list[int]:
    """Leads by hand, in a batch and from a file; what is there already, or of the other arm, is told."""
    (_, control), (_, variable) = arms
    by_hand = people("Hand", range(1))[0]
    lead = await seller.send("POST", f"/campaigns/{control}/leads", by_hand, status=201)
    again = await seller.answer("POST", f"/campaigns/{control}/leads", status=409, json=by_hand)
    assert again.json()["leadId"] == lead["id"]
    other = people("Hand", range(1))[0] | {"linkedinUrl": None, "email": "two@hand0.example"}
    batch = {"leads": [*people("Batch", range(30)), by_hand, other]}
    added = (await seller.answer("POST", f"/campaigns/{variable}/leads", status=201, json=batch)).json()
    assert len(added["data"]) == 30
    assert [item["index"] for item in added["duplicates"]] == [30]
    assert [item["errors"][0]["code"] for item in added["rejected"]] == ["company_in_other_arm"]
    rows = [*people("File", range(30)), by_hand]
    file = {"file": ("leads.csv", as_csv(rows, header=CSV_COLUMNS), "text/csv")}
    report = (
        await seller.answer("POST", f"/campaigns/{control}/leads/import", status=202, files=file)
    ).json()["data"]
    assert (report["added"], report["duplicates"], report["refused"]) == (30, 1, 0), report
    return [lead["id"], *[row["id"] for row in added["data"]]]


async def write_and_hear(seller: Seller, arms: list[tuple[int, int]], leads: list[int]) -> None:
    """Write to some one by one, to the others at once; some answer, with outcomes."""
    by_hand, some = leads[0], leads[1:6]
    await asyncio.gather(*(seller.write_to(lead_id) for lead_id in (by_hand, *some)))
    for status in ("drafted", "queued", "sent"):
        for _, campaign in arms:
            before = {"drafted": "found", "queued": "drafted", "sent": "queued"}[status]
            await seller.bulk("status", status, campaignId=[campaign], status=[before])
    for lead_id, outcome in zip(some, ("interested", "meeting_booked", "rejected"), strict=False):
        body = {"outcome": outcome, "reason": "Said so on the phone"}
        judged = await seller.send("POST", f"/leads/{lead_id}/outcome", body)
        assert (judged["status"], judged["outcome"]) == ("responded", outcome)


async def sell(seller: Seller, *, crowd: int = 0) -> None:
    """The way from experiments to the comparison and the file. `crowd`: leads that are in the workspace already."""
    with seller.timed("experiments and campaigns"):
        arms = await seller.set_up_arms()
    (bullseye, control), (variable, beside) = arms
    with seller.timed("leads by hand, batch and file"):
        leads = await add_leads(seller, arms)
    with seller.timed("messages and outcomes"):
        await write_and_hear(seller, arms, leads)
    with seller.timed("lists"):
        await look_around(seller, beside, crowd)
    with seller.timed("comparison"):
        compared = await seller.get(f"{seller.path}/experiments/comparison")
    results = {row["experimentId"]: row for row in compared["experiments"]}
    assert (results[bullseye]["waiting"], results[variable]["waiting"]) == (31, 30)
    assert {result["n"] for result in results.values()} == {0}, "no window is over yet"
    assert compared["verdicts"] == [{"a": variable, "b": bullseye, "verdict": "not_enough_data", "more": 300}]
    with seller.timed("export of one arm"):
        file = await seller.export(what="leads", format="csv", filter={"experimentId": [bullseye]})
    rows = list(csv.DictReader(io.StringIO(file.content.decode("utf-8-sig"), newline="")))
    assert len(rows) == 31
    assert {row["status"] for row in rows} == {"sent"}
    assert {row["campaignId"] for row in rows} == {str(control)}


async def look_around(seller: Seller, campaign: int, crowd: int) -> None:
    """What the screens show: the campaign with its figures, its feed, lists in several orders, the whole count."""
    shown: Json = await seller.get(f"/campaigns/{campaign}")
    assert (shown["totalLeads"], shown["contactedCount"], shown["repliedCount"]) == (30, 30, 3)
    assert shown["meetingsBooked"] == 1
    assert shown["stats"]["byStatus"] == {"sent": 27, "responded": 3}
    assert await seller.get(f"/campaigns/{campaign}/activities")
    for sort in ("-createdAt", "fullName", "-relevanceScore"):
        assert await seller.get(f"{seller.path}/leads", sort=sort, limit=50)
    found = await seller.answer("GET", f"{seller.path}/leads", params={"q": "Batch 7", "count": "true"})
    assert [row["fullName"] for row in found.json()["data"]] == ["Batch 7"]
    everybody = await seller.answer("GET", f"{seller.path}/leads", params={"limit": 1, "count": "true"})
    assert everybody.json()["page"]["total"] == crowd + 61
    assert await seller.get(f"{seller.path}/audit") is not None


async def test_from_sign_in_to_the_comparison_of_arms(product: Product) -> None:
    async with product.client("seller@journeys.example") as client:
        seller = Seller(client)
        await seller.begin()
        await sell(seller)


@pytest.mark.full
@pytest.mark.timeout(1_500)
async def test_rest_the_same_with_a_hundred_thousand_leads(product: Product) -> None:
    async with product.client("big-seller@journeys.example") as client:
        client.timeout = 300
        seller = Seller(client)
        await seller.begin()
        await fill(seller)
        await sell(seller, crowd=CROWD)
        with seller.timed("export of everything as CSV"):
            file = await seller.export(what="leads", format="csv")
        rows = csv.reader(io.StringIO(file.content.decode("utf-8-sig"), newline=""))
        assert sum(1 for _ in rows) == CROWD + 61 + 1
        with seller.timed("export of everything as JSON"):
            file = await seller.export(what="leads", format="json")
        assert len(file.json()) == CROWD + 61
        with seller.timed("deletion of the workspace"):
            await seller.answer("DELETE", seller.path)
    print("\n".join(f"{what}: {seconds} s" for what, seconds in seller.seconds.items()))


async def fill(seller: Seller) -> None:
    """100,000 leads in campaigns of no experiment: nine in ten from files, the others in batches."""
    body = {"name": "Everybody"}
    campaign = (await seller.send("POST", f"{seller.path}/campaigns", body, status=201))["id"]
    for number in range(3):
        rows = people("Crowd", range(number * 30_000, (number + 1) * 30_000))
        file = {"file": ("crowd.csv", as_csv(rows, header=CSV_COLUMNS), "text/csv")}
        with seller.timed("90,000 leads from three files"):
            answer = await seller.answer(
                "POST", f"/campaigns/{campaign}/leads/import", status=202, files=file
            )
        assert answer.json()["data"]["added"] == 30_000, answer.text
    for start in range(90_000, CROWD, 1_000):
        batch = {"leads": people("Crowd", range(start, start + 1_000))}
        with seller.timed("10,000 leads in ten batches"):
            added = await seller.answer("POST", f"/campaigns/{campaign}/leads", status=201, json=batch)
        assert len(added.json()["data"]) == 1_000
