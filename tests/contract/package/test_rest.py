"""The package's methods: what goes in, what comes out, what is thrown, what is sent again."""

from pathlib import Path

from tests.contract.clients.person import Person
from tests.contract.package.front_end import run


async def test_operations_are_methods_and_the_envelope_is_opened(
    person: Person, project: Path, version: str
) -> None:
    seen = await run(person, project, version, "rest")
    assert [campaign["name"] for campaign in seen["page"]["data"]] == ["First"]
    assert seen["page"]["page"]["total"] == 2
    assert seen["names"] == ["First", "Second"]
    assert [lead["fullName"] for lead in seen["batch"]["data"]] == ["Ada Lovelace"]
    assert seen["batch"]["duplicates"][0]["reason"] == "email"
    assert seen["imported"]["jobType"] if "jobType" in seen["imported"] else seen["imported"]["added"] == 1
    assert seen["saved"] == "Renamed"
    assert (seen["stale"]["name"], seen["stale"]["status"]) == ("StaleVersion", 412)


async def test_failures_are_typed_and_only_what_is_safe_is_sent_again(
    person: Person, project: Path, version: str
) -> None:
    seen = await run(person, project, version, "errors")
    assert (seen["missing"]["name"], seen["missing"]["known"]) == ("NotFound", True)
    assert seen["wrong"]["name"] == "Invalid"
    assert {field["pointer"] for field in seen["wrong"]["fields"]} == {"/name", "/colour"}
    assert (seen["stranger"]["name"], seen["stranger"]["status"]) == ("Unauthorized", 401)
    assert seen["nowhere"]["name"] == "NetworkError"
    *posts, put = seen["repeated"]
    assert [method for method, _ in posts] == ["POST"] * 3
    assert len({key for _, key in posts}) == 1
    assert posts[0][1]
    assert put == ["PUT", None]
    assert seen["put"]["name"] == "NetworkError"
    assert seen["campaigns"] == ["Once"]
