"""A talk of the product becomes a scrubbed case in one command's work; a thumbs-down is a case; what is left is refused."""

import asyncio
from pathlib import Path

import pytest
from sqlalchemy.exc import DBAPIError
from typer.testing import CliRunner

from evals.cli import importing
from evals.dataset.conversation import Conversation, to_line
from evals.dataset.lint import lint
from evals.dataset.reading import conversations
from evals.importing.building import conversation_of
from evals.importing.reading import Recorded, disliked, reading, run_of, talk_of
from evals.importing.scrub import Residue
from evals.replay.seeding import state_before
from evals.scorers.registry import score
from persistence.models.agent_run import AgentRun
from persistence.models.discovery import DiscoveryFeedback
from persistence.models.workspace import OnboardingData
from persistence.session import Database
from persistence.types import AgentRunID
from tests.factories.campaigns import make_campaign
from tests.factories.conversations import as_case
from tests.factories.leads import make_lead
from tests.factories.rows import insert
from tests.fixtures.discovery import DiscoveryTalk, OpenTalk

SECRET = "a secret of sixteen characters"
LINES = (
    "Our best customer is Stahlhof Passau, and Jürgen Riedmüller signed after the auditor complained.",
    "They lose nine days every month. Write to j.riedmueller@stahlhof.de if you like.",
    "I am sure that only finance buys this.",
)


async def recorded_talk(open_talk: OpenTalk) -> DiscoveryTalk:
    """A talk with the real graph whose turns stand in AgentRuns as the runner would write them."""
    talk = await open_talk(
        {"company": {"companyName": "Closewise"}}, name="Closewise GmbH", website="https://closewise.io"
    )
    before: AgentRunID | None = None
    async with talk.database.unit_of_work() as uow:
        campaign = await make_campaign(uow, talk.workspace)
        await make_lead(
            uow,
            campaign,
            full_name="Jürgen Riedmüller",
            company="Stahlhof Passau",
            company_domain="stahlhof.de",
        )
    for line in LINES:
        heard = await talk.say(line)
        state = {name: value for name, value in heard.state.items() if name != "turn"}
        async with talk.database.unit_of_work() as uow:
            run = await insert(
                uow, AgentRun,
                {
                    "workspace_id": talk.workspace.id, "user_id": talk.caller.user_id, "graph": "discovery",
                    "session_id": talk.session_id, "input": {"text": line}, "state": state, "model": "gpt-6-luna", "status": "done",
                    "events": [{"type": "node_entered", "node": "followup"}, {"type": "text_delta", "text": heard.text}],
                    "prompt_tags": ["discovery/followup@1#12345678"], "input_tokens": 100, "output_tokens": 20, "duration_ms": 900,
                },
                {},
            )  # fmt: skip
            before = run.id
    async with talk.database.unit_of_work() as uow:
        feedback = {
            "workspace_id": talk.workspace.id, "user_id": talk.caller.user_id, "session_id": talk.session_id,
            "agent_run_id": before, "rating": 1, "feedback": "It asked Riedmüller's question again",
        }  # fmt: skip
        await insert(uow, DiscoveryFeedback, feedback, {})
    return talk


async def read(database: Database, talk: DiscoveryTalk) -> Recorded:
    async with reading(database) as uow:
        found = await talk_of(uow, talk.session_id)
    assert found is not None
    return found


async def test_a_talk_becomes_a_case_without_anybody_s_name(
    open_talk: OpenTalk, database: Database, tmp_path: Path
) -> None:
    talk = await recorded_talk(open_talk)
    case = conversation_of(await read(database, talk), SECRET)
    line = to_line(case)
    path = tmp_path / "dev" / "imported.jsonl"
    path.parent.mkdir()
    path.write_text(line + "\n", encoding="utf-8")

    assert lint(tmp_path) == []
    for name in ("Stahlhof", "Passau", "Riedm", "Jürgen", "stahlhof.de", "Closewise"):
        assert name.casefold() not in line.casefold()
    assert case.source.origin == "production"
    assert len(case.turns) == 2 * len(LINES)
    assert "nine days every month" in case.turns[2].content
    assert [fact.slot for fact in case.facts]
    assert all(each.verdict != "error" for each in score(as_case(case)))
    state = state_before(case, 4)
    assert state is not None
    assert state["known"]["notes"]


async def test_a_thumbs_down_is_one_step_from_a_case_with_its_label(
    open_talk: OpenTalk, database: Database
) -> None:
    talk = await recorded_talk(open_talk)
    async with reading(database) as uow:
        assert talk.session_id in await disliked(uow, 5)
    (label,) = conversation_of(await read(database, talk), SECRET).labels

    assert (label.key, label.turn, label.value, label.made_by) == ("user_rating", 5, "fail", "person")
    assert "Riedmüller" not in label.note


async def test_one_command_makes_a_scrubbed_case_of_the_newest_thumbs_down(
    open_talk: OpenTalk, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await recorded_talk(open_talk)
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setenv("EVALS_SCRUB_SECRET", SECRET)
    out = tmp_path / "dev" / "imported.jsonl"
    asked = ["--thumbs-down", "1", "--yes", "--out", str(out)]
    done = await asyncio.to_thread(CliRunner().invoke, importing.app, asked)

    assert done.exit_code == 0, done.output
    assert "1 new" in done.output
    assert lint(tmp_path) == []
    (case,) = conversations(tmp_path)
    assert [label.value for label in case.labels] == ["fail"]
    assert len(case.turns) == 2 * len(LINES)
    assert "Stahlhof" not in out.read_text(encoding="utf-8") + done.output


async def test_the_same_talk_is_the_same_case_under_the_same_secret(
    open_talk: OpenTalk, database: Database
) -> None:
    recorded = await read(database, await recorded_talk(open_talk))

    assert conversation_of(recorded, SECRET) == conversation_of(recorded, SECRET)
    assert conversation_of(recorded, SECRET).cluster != conversation_of(recorded, SECRET + "2").cluster


async def test_what_would_be_left_is_refused(
    open_talk: OpenTalk, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    recorded = await read(database, await recorded_talk(open_talk))
    monkeypatch.setattr("evals.importing.scrub.Scrubber.scrub", lambda _self, value: value)

    with pytest.raises(Residue, match="holds"):
        conversation_of(recorded, SECRET)


async def test_reading_can_not_write(open_talk: OpenTalk, database: Database) -> None:
    talk = await open_talk()
    with pytest.raises(DBAPIError, match="read-only"):
        async with reading(database) as uow:
            await insert(uow, OnboardingData, {"workspace_id": talk.workspace.id, "data": {}}, {})


async def test_a_run_of_a_talk_brings_the_whole_talk(open_talk: OpenTalk, database: Database) -> None:
    talk = await recorded_talk(open_talk)
    whole = await read(database, talk)
    async with reading(database) as uow:
        found = await run_of(uow, whole.runs[1].id)

    assert found is not None
    assert isinstance(conversation_of(found, SECRET), Conversation)
    assert [run.id for run in found.runs] == [run.id for run in whole.runs]
